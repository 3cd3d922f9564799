/**
 * Does `name` match a target pattern of a patch? Kustomize takes anchored regular expressions; those of strangers are not
 * run. Literals, `.`, `.*`, `.+` and alternatives are understood; `undefined` for anything else.
 */
export function matchesNamePattern(pattern: string, name: string): boolean | undefined {
  if (pattern === '' || pattern === name) return true;
  const bare = pattern
    .replace(/^\^/, '')
    .replace(/\$$/, '')
    .replace(/^\((.*)\)$/, '$1');
  if (!/^[\w\-.*+|]*$/.test(bare) || /(?:^|[^.])[*+]/.test(bare)) return undefined;
  return bare.split('|').some((alternative) => matchesSteps(stepsOf(alternative), name));
}

/** One character to match: itself, or any; `many` for a run of any. */
interface Step {
  readonly any: boolean;
  readonly many: boolean;
  readonly char: string;
}

function stepsOf(pattern: string): Step[] {
  const steps: Step[] = [];
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern[index] ?? '';
    const next = pattern[index + 1];
    const any = char === '.';
    if (any && next === '+') steps.push({ any, many: false, char });
    if (any && (next === '*' || next === '+')) {
      steps.push({ any, many: true, char });
      index++;
    } else steps.push({ any, many: false, char });
  }
  return steps;
}

/** Glob matching with one point to go back to: at most pattern length times name length steps. */
function matchesSteps(steps: readonly Step[], name: string): boolean {
  let step = 0;
  let at = 0;
  let run = -1;
  let runAt = 0;
  while (at < name.length) {
    const current = steps[step];
    if (current?.many) {
      run = step++;
      runAt = at;
    } else if (current && (current.any || current.char === name[at])) {
      step++;
      at++;
    } else if (run >= 0) {
      step = run + 1;
      at = ++runAt;
    } else return false;
  }
  return steps.slice(step).every(({ many }) => many);
}
