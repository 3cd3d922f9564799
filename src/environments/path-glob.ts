/**
 * Does `path` match `glob`? `*` is any run of characters within a segment, `**` any run of segments, `?` one character.
 * No regular expressions: a pattern of strangers takes at most pattern length times path length steps per segment pair.
 */
export function matchesPathGlob(glob: string, path: string): boolean {
  return matchesSegments(segmentsOf(glob), segmentsOf(path));
}

function segmentsOf(text: string): string[] {
  return text.split('/').filter((segment) => segment !== '' && segment !== '.');
}

/** `**` and `*` follow the same rule one level apart: on failure, let the last run take one more. */
function matchesSegments(glob: readonly string[], path: readonly string[]): boolean {
  return matchesRun(
    glob.length,
    path.length,
    (index) => glob[index] === '**',
    (index, at) => matchesText(glob[index] ?? '', path[at] ?? ''),
  );
}

function matchesText(glob: string, text: string): boolean {
  return matchesRun(
    glob.length,
    text.length,
    (index) => glob[index] === '*',
    (index, at) => glob[index] === '?' || glob[index] === text[at],
  );
}

function matchesRun(
  patternLength: number,
  length: number,
  isRun: (index: number) => boolean,
  equal: (index: number, at: number) => boolean,
): boolean {
  let index = 0;
  let at = 0;
  let run = -1;
  let runAt = 0;
  while (at < length) {
    if (index < patternLength && isRun(index)) {
      run = index++;
      runAt = at;
    } else if (index < patternLength && equal(index, at)) {
      index++;
      at++;
    } else if (run >= 0) {
      index = run + 1;
      at = ++runAt;
    } else return false;
  }
  while (index < patternLength && isRun(index)) index++;
  return index === patternLength;
}
