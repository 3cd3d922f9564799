/**
 * YAML asks for flow collections to be indented more than what they belong to, and the parser insists. The libraries
 * Kubernetes tools use (go-yaml, after libyaml) do not look at indentation inside brackets, so manifests such as
 *
 *     hosts: [
 *       a
 *     ]
 *
 * are ordinary. Joining the offending line to the one before it says the same, and moves no offset.
 */
const MAX_JOINS = 500;

/** Characters parsed again at most, over all joins of one document. */
const MAX_REPARSED = 8_000_000;

export const DEFICIENT_INDENTATION = 'deficient indentation';

/** How often a document of this size may be parsed again. */
export function joinsAllowed(text: string): number {
  return Math.min(MAX_JOINS, Math.floor(MAX_REPARSED / Math.max(1, text.length)));
}

/**
 * The text with the line break before `offset` made a blank, and a comment at the end of that line with it; `undefined`
 * when there is none, or when what looks like a comment may be the end of a quoted text.
 */
export function joinToLineBefore(text: string, offset: number): string | undefined {
  const lineBreak = text.lastIndexOf('\n', offset - 1);
  if (lineBreak < 0) return undefined;
  const lineStart = text.lastIndexOf('\n', lineBreak - 1) + 1;
  const line = text.slice(lineStart, lineBreak);
  const comment = line.search(/(?:^|[ \t])#/);
  if (comment >= 0 && /["']/.test(line) && !/^[ \t]*#/.test(line)) return undefined;
  const from = comment < 0 ? lineBreak : lineStart + comment;
  return text.slice(0, from) + ' '.repeat(lineBreak + 1 - from) + text.slice(lineBreak + 1);
}
