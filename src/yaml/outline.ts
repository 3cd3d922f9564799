const SCHEMA = /^( *)(?:- )?(?:schema|validation):[ \t]*\r?$/;

/**
 * The text of a custom resource definition with the schemas of its versions blanked out, which are nearly all of it. Every
 * character keeps its place.
 */
export function withoutSchemas(text: string): string {
  let within = -1;
  return text
    .split('\n')
    .map((line) => {
      if (within >= 0 && (line.trim() === '' || indentOf(line) > within)) return ' '.repeat(line.length);
      const opens = SCHEMA.exec(line);
      // The keys of a list item stand two further in than its dash.
      within = opens ? line.search(/[a-z]/) : -1;
      return line;
    })
    .join('\n');
}

function indentOf(line: string): number {
  const first = line.search(/[^ ]/);
  return first < 0 ? line.length : first;
}
