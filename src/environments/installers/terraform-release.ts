import type { Location, Path } from '../../vocabulary.ts';
import { asList, asMap, asText, fieldAt, scalarText, textAt } from '../../untyped.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { parseText } from '../../yaml/parse.ts';
import type { DeclaredChart } from '../environment.ts';
import { isOfficialIstioChart } from '../istio-charts.ts';
import { mergedValues, placeOfValue, setValue, type ValuesLayer } from '../values-layers.ts';
import { withValueAt } from '../with-value.ts';
import type { HclBlock } from './hcl.ts';
import { written, type ModuleScope, type Written } from './terraform-values.ts';

/** `resource "helm_release"` of one of Istio's charts. */
export function releaseOf(block: HclBlock, file: string, scope: ModuleScope): DeclaredChart | undefined {
  const { attributes, blocks } = block.body;
  const at: Location = { file, line: block.line, column: 1, endLine: block.line };
  const get = (name: string): Written | undefined => {
    const value = attributes.get(name);
    return value && written(value, file, scope);
  };
  const set = blocks.flatMap(({ type, body }) =>
    type === 'set'
      ? [
          entryOf((name) => {
            const value = body.attributes.get(name);
            return value && written(value, file, scope);
          }),
        ]
      : [],
  );
  const isMaybe = attributes.has('count') || attributes.has('for_each');
  const elsewhere = blocks.some(
    ({ type }) => type === 'dynamic' || type === 'set_sensitive' || type === 'set_list',
  );
  return declared({ get, set, name: block.labels[1] ?? '', at, versionKey: 'version', isMaybe, elsewhere });
}

/** A mapping that describes a release to a module: `chart`, `repository`, `chart_version` (or `version`). */
export function asRelease(given: Written, name: string): DeclaredChart | undefined {
  const map = asMap(given.value);
  if (!map || typeof map['chart'] !== 'string') return undefined;
  const get = (key: string): Written | undefined =>
    map[key] === undefined
      ? undefined
      : { ...given, value: map[key], at: (path) => given.at([key, ...path]) };
  const versionKey = map['chart_version'] === undefined ? 'version' : 'chart_version';
  return declared({ get, set: [], name, at: given.at([]), versionKey, isMaybe: false, elsewhere: false });
}

interface Described {
  readonly get: (name: string) => Written | undefined;
  readonly set: readonly (ValuesLayer | undefined)[];
  readonly name: string;
  readonly at: Location;
  readonly versionKey: string;
  /** It may not be installed at all. */
  readonly isMaybe: boolean;
  readonly elsewhere: boolean;
}

function declared({
  get,
  set,
  name,
  at,
  versionKey,
  isMaybe,
  elsewhere,
}: Described): DeclaredChart | undefined {
  const text = (key: string): string => scalarText(get(key)?.value) ?? '';
  const chart = text('chart');
  const short = chart.slice(chart.lastIndexOf('/') + 1);
  const repository = text('repository') || chart.slice(0, Math.max(0, chart.lastIndexOf('/')));
  if (!isOfficialIstioChart({ name: short, repository })) return undefined;
  const version = get(versionKey);
  const values = get('values');
  const list = get('set');
  const listed = asList(list?.value).map((entry, index) =>
    entryOf((key) => {
      const value = fieldAt(entry, key);
      return value === undefined || !list ? undefined : { ...list, value, at: () => list.at([index, key]) };
    }),
  );
  const layers = [...valuesLayers(values), ...[...set, ...listed].filter((layer) => layer !== undefined)];
  const isSure = !isMaybe && version?.isDefault !== true && isKnown(text(versionKey));
  return {
    chart: short,
    repository,
    version: text(versionKey),
    releaseName: isKnown(text('name')) && text('name') !== '' ? text('name') : name,
    namespace: text('namespace'),
    values: mergedValues(layers),
    installer: 'helm',
    at: version?.at([]) ?? get('chart')?.at([]) ?? at,
    valueAt: (path) => placeOfValue(layers, path) ?? values?.at([]) ?? at,
    ...(isSure ? {} : { confidence: 'likely' as const }),
    ...(elsewhere || hidesValues(values) ? { valuesElsewhere: true } : {}),
  };
}

/** `values` is a list of YAML texts; `yamlencode` and `file` stand for their documents here. */
function valuesLayers(values: Written | undefined): ValuesLayer[] {
  return asList(values?.value).flatMap((item, index): ValuesLayer[] => {
    const place = (path: Path): Location => (values ? values.at([index, ...path]) : NOWHERE);
    const map = asMap(item);
    if (map) return [{ values: map, at: place }];
    const document = typeof item === 'string' ? parseText(item).documents[0] : undefined;
    const parsed = asMap(document?.value);
    if (!document || !parsed) return [];
    const start = place([]);
    const at = (path: Path): Location => {
      const { line, column, endLine } = document.locate(path);
      // The text begins on the line below `<<-EOT`.
      return { file: start.file, line: start.line + line, column, endLine: start.line + endLine };
    };
    return [{ values: parsed, at }];
  });
}

const NOWHERE: Location = { file: '', line: 1, column: 1, endLine: 1 };

function hidesValues(values: Written | undefined): boolean {
  if (!values) return false;
  return !Array.isArray(values.value) || values.value.some((item) => !asMap(item) && !isKnown(asText(item)));
}

function entryOf(get: (key: string) => Written | undefined): ValuesLayer | undefined {
  const name = textAt({ name: get('name')?.value }, 'name');
  const value = get('value');
  if (name === '' || !isKnown(name) || !value) return undefined;
  const path = name
    .replace(/\\\./g, '\0')
    .split('.')
    .map((step) => step.replaceAll('\0', '.'));
  return {
    values:
      asMap(withValueAt({}, path, typeof value.value === 'string' ? setValue(value.value) : value.value)) ??
      {},
    at: () => value.at([]),
  };
}
