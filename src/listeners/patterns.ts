/**
 * Matches the dotted patterns of the bind catalogue: `*` is one segment (or its rest, as in `prometheus*`), `**` in front
 * any number of segments.
 * @returns what each `*` stood for; `undefined` when the key is another.
 */
export function matchKey(pattern: string, key: readonly string[]): string[] | undefined {
  const { steps, anyFront } = stepsOf(pattern);
  if (anyFront ? key.length < steps.length : key.length !== steps.length) return undefined;
  const captured: string[] = [];
  for (const [index, step] of steps.entries()) {
    const segment = key[key.length - steps.length + index] ?? '';
    if (step === segment) continue;
    if (!step.endsWith('*') || !segment.startsWith(step.slice(0, -1))) return undefined;
    captured.push(segment);
  }
  return captured;
}

interface Steps {
  readonly steps: readonly string[];
  readonly anyFront: boolean;
}

/** Patterns are few, and the project's own; filled in ones are as many as a file has entries, and not kept. */
const STEPS = new Map<string, Steps>();

function stepsOf(pattern: string): Steps {
  const known = STEPS.get(pattern);
  if (known) return known;
  const all = pattern.split('.');
  const anyFront = all[0] === '**';
  const made = { steps: anyFront ? all.slice(1) : all, anyFront };
  if (pattern.includes('*')) STEPS.set(pattern, made);
  return made;
}

/** `pattern` with what its `*` stood for elsewhere. */
export function filledIn(pattern: string, captured: readonly string[]): string {
  let next = 0;
  return pattern
    .split('.')
    .map((step) => (step.endsWith('*') && step !== '**' ? (captured[next++] ?? step) : step))
    .join('.');
}

const COMPILED = new Map<string, RegExp>();

/** Whether a name fits a pattern in which `*` stands for anything but a slash. Patterns are few, and the project's own. */
export function fits(pattern: string, name: string): boolean {
  if (!pattern.includes('*')) return pattern === name;
  let compiled = COMPILED.get(pattern);
  if (!compiled) {
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    compiled = new RegExp(`^${parts.join('[^/]*')}$`);
    COMPILED.set(pattern, compiled);
  }
  return name.length <= 300 && compiled.test(name);
}
