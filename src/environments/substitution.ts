import type { Resource } from '../render/resource.ts';
import { transformed } from './derived-resource.ts';
import { asMap, asText, fieldAt, scalarText, type Fields } from '../untyped.ts';
import { withEntry } from './with-value.ts';

/** Variables of Flux's `postBuild`. */
export interface Variables {
  readonly values: ReadonlyMap<string, string>;
  /** Are these all there are? Not when a Secret or a missing ConfigMap may hold more: defaults then prove nothing. */
  readonly complete: boolean;
}

const VARIABLE = /\$\{([A-Za-z_]\w*)(?:(:?[-=])([^${}]*))?\}/g;
const OPT_OUT = 'kustomize.toolkit.fluxcd.io/substitute';

/**
 * `${NAME}` and `${NAME:=default}` filled in, as Flux does after the build. What is not known stays as written, so that it
 * reads as a placeholder. Other forms of envsubst stay too.
 */
export function substituted(resource: Resource, variables: Variables, through: string): Resource {
  if (
    asText(resource.annotations[OPT_OUT]) === 'disabled' ||
    asText(resource.labels[OPT_OUT]) === 'disabled'
  ) {
    return resource;
  }
  const used = new Set<string>();
  const fill = (text: string): string => filled(text, variables, used);
  const body = asMap(mapped(resource.body, fill, false)) ?? resource.body;
  if (body === resource.body) return resource;
  const signature = [...used].sort().join(',');
  return transformed(resource, body, { name: through, signature }, (path) => ({ before: path }));
}

function filled(text: string, { values, complete }: Variables, used: Set<string>): string {
  return text.replace(VARIABLE, (whole, name: string, _operator?: string, fallback?: string) => {
    const value = values.get(name) ?? (complete ? fallback : undefined);
    if (value === undefined) return whole;
    used.add(`${name}=${value}`);
    return value;
  });
}

/** Strings of a value through `fill`; what does not change stays the same object. Mapping keys stay as they are. */
function mapped(value: unknown, fill: (text: string) => string, isText: boolean): unknown {
  if (typeof value === 'string') return value.includes('${') ? retyped(value, fill(value), isText) : value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => mapped(item, fill, isText));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const map = asMap(value);
  if (!map) return value;
  return Object.keys(map).reduce<Fields>((current, key) => {
    const before = fieldAt(map, key);
    const after = mapped(before, fill, isText || TEXT_MAPS.has(key));
    return after === before ? current : withEntry(current, key, after);
  }, map);
}

/** Mappings whose values are text, whatever they look like. */
const TEXT_MAPS = new Set([
  'labels',
  'annotations',
  'matchLabels',
  'data',
  'stringData',
  'env',
  'args',
  'command',
]);

/** Flux substitutes before the YAML is read again, so a field that is one variable takes the type its value looks like. */
function retyped(before: string, after: string, isText: boolean): unknown {
  if (isText || before === after || !/^\$\{[^{}]*\}$/.test(before)) return after;
  if (/^(0|[1-9]\d{0,14})$/.test(after)) return Number(after);
  if (after === 'true' || after === 'false') return after === 'true';
  return after;
}

/** The data of a ConfigMap as variables. */
export function configMapVariables(configMap: Resource): [string, string][] {
  return Object.entries(asMap(configMap.body['data']) ?? {}).flatMap(([key, value]) => {
    const text = scalarText(value);
    return text === undefined || text.includes('${') ? [] : [[key, text]];
  });
}
