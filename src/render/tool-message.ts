/** A message of more than twice as many characters is passed on without its middle. */
const HALF = 150;

/** What a tool says is wrong, fit for one line: without our temporary paths and control characters. */
export function toolMessage(stderr: string, root: string): string {
  const text = stderr.replaceAll(`${root}/`, '').replaceAll(root, '.');
  const said = text.slice(Math.max(0, text.search(/^error:/im))).split(/\n\s*\n/, 1)[0] ?? '';
  const clean = said
    .replace(/^error: */i, '')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  // The innermost cause comes last.
  return clean.length > 2 * HALF ? `${clean.slice(0, HALF)} ... ${clean.slice(-HALF)}` : clean;
}
