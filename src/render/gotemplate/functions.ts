import { asMap } from '../../untyped.ts';
import { COLLECTION_FUNCTIONS } from './collection-functions.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';
import { toYaml } from './to-yaml.ts';
import { HOLE, Unknown } from './unknown.ts';
import { copied, holdsUnknown, TemplateError, textOf, truthOf, type TemplateFunction } from './values.ts';

/** Functions that can answer although something is unknown. */
export const LENIENT: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['default', (fallback, value) => chosen(truthOf(value), value, fallback)],
  ['coalesce', (...values) => firstTrue(values)],
  ['or', (...values) => firstTrue(values, values.at(-1))],
  ['and', (...values) => firstFalse(values)],
  ['ternary', (yes, no, test) => chosen(truthOf(test), yes, no)],
  ['required', (_, value) => required(value)],
  ['list', (...items) => items],
  ['tuple', (...items) => items],
  ['dict', (...entries) => COLLECTION_FUNCTIONS.get('dict')?.(...entries)],
  ['set', (...args) => COLLECTION_FUNCTIONS.get('set')?.(...args)],
  ['get', (map, key) => (key instanceof Unknown ? key : (asMap(map)?.[String(key)] ?? ''))],
  ['deepCopy', (value) => copied(value)],
  ['toYaml', (value) => yamlOf(value)],
  ['indent', (width, text) => laidOut(Number(width), text, '')],
  ['nindent', (width, text) => laidOut(Number(width), text, '\n')],
  [
    'trim',
    (text) =>
      text instanceof Unknown && text.isLaidOut ? new Unknown(text.text.trim(), true) : applied('trim', text),
  ],
  ['quote', (...texts) => quoted('"', texts)],
  ['squote', (...texts) => quoted("'", texts)],
]);

/** Everything else that is worked out. What is not here (random names, dates, certificates, expressions) is unknown. */
export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ...TEXT_FUNCTIONS,
  ...COLLECTION_FUNCTIONS,
  ['not', (value) => truthOf(value) === false],
  ['empty', (value) => truthOf(value) === false],
  ['fail', () => stop('fail')],
  ['eq', (first, ...others) => others.some((other) => same(first, other))],
  ['ne', (a, b) => !same(a, b)],
  ['lt', (a, b) => order(a, b) < 0],
  ['le', (a, b) => order(a, b) <= 0],
  ['gt', (a, b) => order(a, b) > 0],
  ['ge', (a, b) => order(a, b) >= 0],
  ['int', (value) => integer(value)],
  ['int64', (value) => integer(value)],
  ['float64', (value) => Number(value) || 0],
  ['atoi', (value) => integer(value)],
  ['add', (...values) => values.reduce<number>((sum, value) => sum + integer(value), 0)],
  ['add1', (value) => integer(value) + 1],
  ['sub', (a, b) => integer(a) - integer(b)],
  ['mul', (...values) => values.reduce<number>((product, value) => product * integer(value), 1)],
  ['max', (...values) => Math.max(...values.map(integer))],
  ['min', (...values) => Math.min(...values.map(integer))],
  ['kindOf', (value) => kindOf(value)],
  ['kindIs', (kind, value) => kindOf(value) === kind],
  ['typeIs', (kind, value) => kindOf(value) === kind],
  ['toJson', (value) => JSON.stringify(value ?? null)],
]);

function applied(name: string, value: unknown): unknown {
  return value instanceof Unknown ? value : FUNCTIONS.get(name)?.(value);
}

function chosen(test: boolean | undefined, yes: unknown, no: unknown): unknown {
  return test === undefined ? Unknown.of('choice') : test ? yes : no;
}

function firstTrue(values: readonly unknown[], otherwise?: unknown): unknown {
  for (const value of values) {
    if (value instanceof Unknown) return value;
    if (truthOf(value) === true) return value;
  }
  return otherwise;
}

function firstFalse(values: readonly unknown[]): unknown {
  const unknown = values.find((value) => value instanceof Unknown);
  const no = values.find((value) => truthOf(value) === false);
  if (values.some((value) => truthOf(value) === false)) return no;
  return unknown ?? values.at(-1);
}

function required(value: unknown): unknown {
  return value === undefined || value === null || value === '' ? stop('required') : value;
}

function stop(by: string): never {
  throw new TemplateError(`${by} stops the template`);
}

/** Columns a text is indented by, at most. */
const WIDEST = 40;

function laidOut(width: number, value: unknown, before: string): unknown {
  if (value instanceof Unknown && !value.isLaidOut) return new Unknown(before + HOLE, true);
  const pad = ' '.repeat(Math.min(Math.max(width, 0), WIDEST));
  const text = value instanceof Unknown ? value.text : textOf(value);
  const lines =
    before +
    text
      .split('\n')
      .map((line) => pad + line)
      .join('\n');
  return value instanceof Unknown ? new Unknown(lines, true) : lines;
}

function yamlOf(value: unknown): unknown {
  if (value instanceof Unknown) return value;
  return holdsUnknown(value) ? new Unknown(toYaml(value), true) : toYaml(value);
}

function quoted(mark: string, values: readonly unknown[]): unknown {
  const given = values.filter((value) => value !== undefined && value !== null);
  const isUnknown = given.some((value) => value instanceof Unknown);
  const texts = given.map((value) => {
    const text = value instanceof Unknown ? value.text : textOf(value);
    return mark === '"' ? JSON.stringify(text) : `'${text}'`;
  });
  return isUnknown ? new Unknown(texts.join(' '), true) : texts.join(' ');
}

function same(a: unknown, b: unknown): boolean {
  if (typeof a === 'object' && a !== null) throw new TemplateError('not comparable');
  return a === b || ((a ?? undefined) === undefined && (b ?? undefined) === undefined);
}

function order(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : Number(a > b);
  throw new TemplateError('not comparable');
}

function integer(value: unknown): number {
  const number = typeof value === 'boolean' ? Number(value) : Number(textOf(value));
  return Number.isFinite(number) ? Math.trunc(number) : 0;
}

function kindOf(value: unknown): string {
  if (value === undefined || value === null) return 'invalid';
  if (Array.isArray(value)) return 'slice';
  if (asMap(value)) return 'map';
  return typeof value === 'boolean' ? 'bool' : typeof value === 'number' ? 'float64' : typeof value;
}
