import type {
  AllSignal,
  ChartSignal,
  Condition,
  Conditions,
  EnvSignal,
  FieldPath,
  MeshConfigSignal,
  MetadataSignal,
  ObjectSignal,
  OddSignal,
  PodSignal,
  ProxyConfigSignal,
  Scalar,
  ScriptSignal,
  Signal,
  UnlessSignal,
  ValueSignal,
  WayBack,
} from './hazard.ts';

/** Short ways to write the signals and conditions of hazards. */

type Several<T> = T | readonly T[];

export const present: Condition = { test: 'present' };
export const absent: Condition = { test: 'absent' };
export const empty: Condition = { test: 'empty' };
/** One of these, compared as text, so that `false` and `"false"` are the same. */
export const is = (...values: Scalar[]): Condition => ({ test: 'is', values });
/** There, and none of these. */
export const isNot = (...values: Scalar[]): Condition => ({ test: 'isNot', values });
export const like = (pattern: RegExp): Condition => ({ test: 'like', pattern });
/** There, and unlike this. */
export const unlike = (pattern: RegExp): Condition => ({ test: 'unlike', pattern });
export const below = (than: number): Condition => ({ test: 'below', than });
export const above = (than: number): Condition => ({ test: 'above', than });
/** A mapping with a key like this. */
export const hasKey = (pattern: RegExp): Condition => ({ test: 'key', pattern });
export const items = (atLeast: number): Condition => ({ test: 'items', atLeast });

const many = <T>(one: Several<T>): readonly T[] => (Array.isArray(one) ? (one as readonly T[]) : [one as T]);

/** Parts of an object: each of `each` (the whole without) that meets all of `where`. */
export function object(
  kinds: Several<string>,
  look: { each?: Several<FieldPath>; where?: Conditions; api?: Several<string> } = {},
): ObjectSignal {
  const { each, where, api } = look;
  return {
    look: 'object',
    kinds: many(kinds),
    ...(api !== undefined && { api: many(api) }),
    ...(each !== undefined && { each: many(each) }),
    ...(where !== undefined && { where }),
  };
}

export function pod(look: {
  each?: Several<FieldPath>;
  where?: Conditions;
  pods?: PodSignal['pods'];
}): PodSignal {
  const { each, where, pods } = look;
  return {
    look: 'pod',
    ...(each !== undefined && { each: many(each) }),
    ...(where !== undefined && { where }),
    ...(pods !== undefined && { pods }),
  };
}

export function value(
  paths: Several<FieldPath>,
  condition: Condition = present,
  of?: ValueSignal['of'],
): ValueSignal {
  return { look: 'value', paths: many(paths), is: condition, ...(of !== undefined && { of }) };
}

/** Parts of the Helm values that meet conditions together: `values('gateways.*.ports[]', { port: below(1024) })`. */
export function values(each: Several<FieldPath>, where: Conditions, of?: ValueSignal['of']): ValueSignal {
  return { ...value(each, present, of), where };
}

export function env(of: EnvSignal['of'], names: Several<string>, condition: Condition = present): EnvSignal {
  return { look: 'env', of, names: many(names), is: condition };
}

/** Fields of MeshConfig: `meshConfig('certificates')`, or parts that meet conditions together. */
export function meshConfig(
  each: Several<FieldPath>,
  where: Conditions | Condition = present,
): MeshConfigSignal {
  return { look: 'meshConfig', ...partsAndConditions(each, where) };
}

export function proxyConfig(
  each: Several<FieldPath>,
  where: Conditions | Condition = present,
): ProxyConfigSignal {
  return { look: 'proxyConfig', ...partsAndConditions(each, where) };
}

function partsAndConditions(
  each: Several<FieldPath>,
  where: Conditions | Condition,
): { each: readonly FieldPath[]; where: Conditions } {
  const alone = 'test' in where && typeof where.test === 'string';
  return { each: many(each), where: alone ? { '': where } : where };
}

export function annotation(
  key: string | RegExp,
  condition: Condition = present,
  on?: Several<string>,
): MetadataSignal {
  return { look: 'annotation', key, is: condition, ...(on !== undefined && { on: many(on) }) };
}

export function label(
  key: string | RegExp,
  condition: Condition = present,
  on?: Several<string>,
): MetadataSignal {
  return { look: 'label', key, is: condition, ...(on !== undefined && { on: many(on) }) };
}

export const chart = (...charts: string[]): ChartSignal => ({ look: 'chart', charts });
export const script = (pattern: RegExp): ScriptSignal => ({ look: 'script', pattern });
/** All of them are there; the first is what is told. */
export const all = (...of: Signal[]): AllSignal => ({ look: 'all', of });
export const unless = (
  signal: Signal,
  other: Signal,
  scope: UnlessSignal['scope'] = 'mesh',
): UnlessSignal => ({
  look: 'unless',
  signal,
  other,
  scope,
});
export const odd = (name: string, ...args: string[]): OddSignal => ({ look: 'odd', name, with: args });
/** The signal as a hint only: what it finds is likely, and a level milder. */
export const hint = <S extends Signal>(signal: S): S => ({ ...signal, hint: true });

/** A variable that keeps the old behaviour until a minor drops it. */
export function envWayBack(
  of: EnvSignal['of'],
  name: string,
  value: string,
  since: string,
  until?: string,
): WayBack {
  const holder = of === 'proxy' ? 'proxies' : of === 'gateway' ? 'gateways' : of;
  return {
    setting: env(of, name, is(value)),
    says: `${name}=${value} on ${holder}`,
    since,
    ...(until !== undefined && { until }),
  };
}

/** A Helm value that keeps the old behaviour. */
export function valueWayBack(
  path: FieldPath,
  wanted: Scalar,
  since: string,
  until?: string,
  of?: ValueSignal['of'],
): WayBack {
  return {
    setting: value(path, is(wanted), of),
    says: `the value ${path}: ${String(wanted)}`,
    since,
    ...(until !== undefined && { until }),
  };
}

/** `compatibilityVersion` of a minor or an older one, as long as the charts ship that profile. */
export function compatibilityWayBack(minor: string, since: string, until?: string): WayBack {
  return {
    setting: value('compatibilityVersion', like(minorsUpTo(minor))),
    says: `compatibilityVersion ${minor}`,
    since,
    ...(until !== undefined && { until }),
  };
}

/** The profiles begin with 1.20. */
function minorsUpTo(minor: string): RegExp {
  const last = Number(minor.split('.')[1]);
  const minors = Array.from({ length: Math.max(0, last - 19) }, (_, step) => String(20 + step));
  return new RegExp(`^1\\.(?:${minors.join('|')})(?:\\.|$)`);
}
