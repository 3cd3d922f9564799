/** A run of lines of the file at head that a review comment may point at: added lines and the context around them. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
}

const HEADER = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/;

/**
 * The lines of a file's new side that its `patch` shows, one run for each hunk. Lines are counted in the hunk's body and not
 * taken from its header, so that a patch that was cut short promises nothing it does not show. No patch, no hunks: GitHub
 * leaves it out for large and for binary files.
 */
export function newSideHunks(patch: string | undefined): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let start = 0;
  let next = 0;
  const close = () => {
    if (next > start) hunks.push({ start, end: next - 1 });
  };
  for (const line of (patch ?? '').split('\n')) {
    const header = HEADER.exec(line);
    if (header) {
      close();
      start = next = Number(header[1]);
    } else if (line.startsWith('+') || line.startsWith(' ')) {
      next += 1;
    }
  }
  close();
  return hunks;
}

/** Whether all of these lines are in one hunk: GitHub refuses a comment, and with it the whole review, when they are not. */
export function withinOneHunk(hunks: readonly Hunk[], startLine: number, endLine: number): boolean {
  if (startLine > endLine) return false;
  return hunks.some(({ start, end }) => start <= startLine && endLine <= end);
}
