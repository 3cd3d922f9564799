import { isMapping, textAt } from '../../untyped.ts';

const SHOWN = 80;

/** Names of settings whose values are nobody's to read. */
const SECRET = /token|secret|password|passwd|credential|api[-_]?key|private/i;

/**
 * A value of the mesh config for a person: short, lists of named things by their names, and nothing whose name speaks of
 * a secret.
 */
export function shownValue(path: readonly string[], value: unknown): string {
  if (value === undefined) return 'not set';
  if (path.some((step) => SECRET.test(step))) return 'a value that is not shown';
  if (Array.isArray(value) && value.length > 0 && value.every((item) => textAt(item, 'name') !== '')) {
    return cut(value.map((item) => textAt(item, 'name')).join(', '));
  }
  return cut(typeof value === 'string' ? value : canonical(value, hidden));
}

function cut(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

function hidden(key: string, value: unknown): unknown {
  return SECRET.test(key) && typeof value === 'string' ? '…' : value;
}

/** JSON with sorted keys: equal values give equal texts. */
export function canonical(
  value: unknown,
  replace = (_key: string, inner: unknown): unknown => inner,
): string {
  const text = JSON.stringify(value, (key, inner: unknown) => {
    const shown = replace(key, inner);
    return isMapping(shown)
      ? Object.fromEntries(Object.entries(shown).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : shown;
  }) as string | undefined;
  return text ?? 'not set';
}
