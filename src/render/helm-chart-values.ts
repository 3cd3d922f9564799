import { asList, asMap, asText, fieldAt, type Fields, valueAt } from '../untyped.ts';

/** A chart, or one that takes part in it, with the values its templates see. */
export interface ChartInstance {
  /** Path of the chart inside the whole one: '' or `charts/db/`. */
  readonly prefix: string;
  /** As Helm calls it in `# Source`: a subchart by its alias. */
  readonly shown: string;
  /** Its Chart.yaml. */
  readonly about: unknown;
  readonly values: Fields;
}

/** What the YAML file at a path inside the chart says. */
type Read = (path: string) => unknown;

/** Charts nest at most this deep. */
const MOST_NESTED = 5;

/**
 * The chart with those of its subcharts that are in the repository and switched on, each with its values: its own values.yaml
 * below what the parent gives it under its name or alias, and everybody's `global`.
 * @param given values of the release, on top of the chart's own
 */
export function chartInstances(
  paths: readonly string[],
  read: Read,
  given: readonly unknown[],
): ChartInstance[] {
  const values = mergeValues([read('values.yaml'), ...given]);
  return instancesAt({ prefix: '', shown: '', values }, paths, read, 0);
}

interface At {
  readonly prefix: string;
  readonly shown: string;
  readonly values: Fields;
}

function instancesAt(at: At, paths: readonly string[], read: Read, depth: number): ChartInstance[] {
  const about = read(`${at.prefix}Chart.yaml`);
  const own = { ...at, about };
  if (depth >= MOST_NESTED) return [own];
  const asked = [about, read(`${at.prefix}requirements.yaml`)].flatMap((source) =>
    asList(fieldAt(source, 'dependencies')),
  );
  const below = subchartsIn(paths, at.prefix).flatMap((name) => {
    const ways = asked.filter((dependency) => fieldAt(dependency, 'name') === name);
    const keys = ways.length === 0 ? [name] : ways.filter((way) => !isOff(way, at.values)).map(nameOf);
    return keys.flatMap((key) => {
      const prefix = `${at.prefix}charts/${name}/`;
      const values = subchartValues(read(`${prefix}values.yaml`), at.values, key);
      return instancesAt({ prefix, shown: `${at.shown}charts/${key}/`, values }, paths, read, depth + 1);
    });
  });
  return [...below, own];
}

function nameOf(dependency: unknown): string {
  return asText(fieldAt(dependency, 'alias')) || asText(fieldAt(dependency, 'name'));
}

/** `condition`: the first of these paths that exists decides. */
function isOff(dependency: unknown, values: Fields): boolean {
  for (const path of asText(fieldAt(dependency, 'condition')).split(',')) {
    const value = path.trim() === '' ? undefined : valueAt(values, path.trim().split('.'));
    if (typeof value === 'boolean') return !value;
  }
  return false;
}

function subchartsIn(paths: readonly string[], prefix: string): string[] {
  const start = `${prefix}charts/`;
  return paths.flatMap((path) => {
    if (!path.startsWith(start)) return [];
    const [, name] = /^([^/]+)\/Chart\.yaml$/.exec(path.slice(start.length)) ?? [];
    return name ?? [];
  });
}

function subchartValues(own: unknown, parent: Fields, key: string): Fields {
  const values = mergeValues([own, fieldAt(parent, key)]);
  const global = mergeValues([values['global'], parent['global']]);
  return mergeValues([values, { global }]);
}

/** Later ones win; mappings are merged, and `null` takes a key away. */
export function mergeValues(layers: readonly unknown[]): Fields {
  const merged = Object.create(null) as Record<string, unknown>;
  for (const layer of layers) {
    for (const [key, value] of Object.entries(asMap(layer) ?? {})) {
      if (value === null && Object.hasOwn(merged, key)) Reflect.deleteProperty(merged, key);
      else if (asMap(value)) merged[key] = mergeValues([merged[key], value]);
      else merged[key] = value;
    }
  }
  return merged;
}
