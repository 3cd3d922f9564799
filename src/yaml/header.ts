/** What a document says it is. Empty where it does not say so in plain sight. */
export interface Header {
  readonly apiVersion: string;
  readonly kind: string;
}

const LONGEST_LINE = 300;

/**
 * Reads `apiVersion` and `kind` of a block-style document off its lines, without parsing: they stand at column 0.
 * Cheap enough to ask of every document, so that kinds of no interest never cost a parse.
 */
export function scanHeader(text: string): Header {
  return { apiVersion: topLevelValue(text, 'apiVersion'), kind: topLevelValue(text, 'kind') };
}

/** Where the top-level key stands at column 0; -1 when it does not. */
export function topLevelKey(text: string, key: string): number {
  const marker = `${key}:`;
  for (let at = text.indexOf(marker); at >= 0; at = text.indexOf(marker, at + marker.length)) {
    if (at === 0 || text.charCodeAt(at - 1) === 0x0a) return at;
  }
  return -1;
}

function topLevelValue(text: string, key: string): string {
  const at = topLevelKey(text, key);
  if (at < 0) return '';
  const from = at + key.length + 1;
  const line = /^[^\r\n]*/.exec(text.slice(from, from + LONGEST_LINE))?.[0] ?? '';
  return /^[ \t]*(?:"([^"]*)"|'([^']*)'|([^\s#"']\S*))[ \t]*(?:#|$)/.exec(line)?.slice(1).find(Boolean) ?? '';
}
