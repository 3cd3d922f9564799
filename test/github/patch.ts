const CONTEXT = 3;

/** One line of a comparison: kept, taken away, or added. */
interface Step {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** The `patch` of a changed file, as GitHub's list of files has it: hunks without the two header lines. */
export function patchOf(before: string, after: string): string {
  return hunksOf(steps(linesOf(before), linesOf(after))).join('\n');
}

/** Lines of the new side that a review comment may stand on: added ones and their context. */
export function commentableLines(patch: string): Set<number> {
  const lines = new Set<number>();
  let line = 0;
  for (const text of patch.split('\n')) {
    const start = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(text)?.[1];
    if (start !== undefined) line = Number(start) - 1;
    else if (!text.startsWith('-') && !text.startsWith('\\')) lines.add((line += 1));
  }
  return lines;
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** By the longest common subsequence of what lies between the equal beginning and the equal end. */
function steps(a: readonly string[], b: readonly string[]): Step[] {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const kept = (lines: readonly string[]): Step[] => lines.map((text) => ({ mark: ' ', text }));
  return [
    ...kept(a.slice(0, start)),
    ...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...kept(a.slice(a.length - end)),
  ];
}

function middle(a: readonly string[], b: readonly string[]): Step[] {
  const longest = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i]![j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const result: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      result.push({ mark: ' ', text: a[i]! });
      i += 1;
      j += 1;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) {
      result.push({ mark: '-', text: a[i]! });
      i += 1;
    } else {
      result.push({ mark: '+', text: b[j]! });
      j += 1;
    }
  }
  return result;
}

function hunksOf(all: readonly Step[]): string[] {
  const changed = all.flatMap(({ mark }, index) => (mark === ' ' ? [] : [index]));
  const hunks: string[] = [];
  for (let k = 0; k < changed.length;) {
    const from = Math.max(0, changed[k]! - CONTEXT);
    let last = k;
    while (last + 1 < changed.length && changed[last + 1]! - changed[last]! <= 2 * CONTEXT) last += 1;
    const to = Math.min(all.length, changed[last]! + CONTEXT + 1);
    hunks.push(hunk(all, from, to));
    k = last + 1;
  }
  return hunks;
}

function hunk(all: readonly Step[], from: number, to: number): string {
  const count = (steps: readonly Step[], without: '-' | '+') =>
    steps.filter(({ mark }) => mark !== without).length;
  const before = all.slice(0, from);
  const inside = all.slice(from, to);
  const range = (without: '-' | '+'): string => {
    const length = count(inside, without);
    return `${count(before, without) + (length > 0 ? 1 : 0)},${length}`;
  };
  return [`@@ -${range('+')} +${range('-')} @@`, ...inside.map(({ mark, text }) => `${mark}${text}`)].join(
    '\n',
  );
}
