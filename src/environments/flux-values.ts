import { isKnown } from '../yaml/placeholders.ts';
import type { Resource } from '../render/resource.ts';
import { asList, asMap, asText, fieldAt, valueAt } from '../untyped.ts';
import { withValueAt } from './with-value.ts';
import { mergedValues, setValue, valuesText, type ValuesLayer } from './values-layers.ts';

/** The values of a HelmRelease as far as its environment says. */
export interface FluxValues {
  /** The weakest first: `valuesFrom` in its order, then `values`. */
  readonly layers: readonly ValuesLayer[];
  /** Files of the ConfigMaps they come from. */
  readonly files: readonly string[];
  /** Why they are not all, without a full stop. */
  readonly doubt?: string;
}

export function fluxValues(release: Resource, objects: readonly Resource[]): FluxValues {
  const layers: ValuesLayer[] = [];
  const files: string[] = [];
  let doubt: string | undefined;
  for (const reference of asList(valueAt(release.body, ['spec', 'valuesFrom']))) {
    const found = referred(reference, release, objects);
    if ('layer' in found) {
      layers.push(found.layer);
      files.push(found.file);
    } else if (fieldAt(reference, 'optional') !== true || found.certain !== true) doubt ??= found.why;
  }
  const inline = asMap(valueAt(release.body, ['spec', 'values']));
  if (inline) layers.push({ values: inline, at: (path) => release.origin.at(['spec', 'values', ...path]) });
  if (JSON.stringify(mergedValues(layers)).includes('${')) doubt ??= 'its values hold placeholders';
  return { layers, files, ...(doubt === undefined ? {} : { doubt }) };
}

type Referred =
  | { readonly layer: ValuesLayer; readonly file: string }
  /** `certain`: the ConfigMap is there and lacks the key, so that an optional reference gives nothing. */
  | { readonly why: string; readonly certain?: boolean };

function referred(reference: unknown, release: Resource, objects: readonly Resource[]): Referred {
  const [kind, name] = [asText(fieldAt(reference, 'kind')), asText(fieldAt(reference, 'name'))];
  if (kind !== 'ConfigMap') return { why: `some of its values stand in ${kind} ${name}` };
  const why = `some of its values stand in ConfigMap ${name}, which is not in its environment`;
  const source = isKnown(name) ? configMap(name, release.namespace, objects) : undefined;
  if (!source) return { why };
  const key = asText(fieldAt(reference, 'valuesKey')) || 'values.yaml';
  const text = valueAt(source.body, ['data', key]);
  if (typeof text !== 'string') return { why: `ConfigMap ${name} has no key ${key}`, certain: true };
  const at = source.origin.at(['data', key]);
  const file = source.origin.file;
  const target = asText(fieldAt(reference, 'targetPath'));
  if (target === '') {
    const layer = valuesText(text, at);
    return layer ? { layer, file } : { why: `what ConfigMap ${name} holds under ${key} is no mapping` };
  }
  const path = /^[\w-]+(?:\.[\w-]+){0,19}$/.test(target) ? target.split('.') : undefined;
  if (!path || path.includes('__proto__')) return { why: `its target path ${target} is not read` };
  const values = asMap(withValueAt({}, path, setValue(text))) ?? {};
  return { layer: { values, at: () => at }, file };
}

/** A ConfigMap of the release's namespace. */
function configMap(name: string, namespace: string, objects: readonly Resource[]): Resource | undefined {
  return objects.find(
    (candidate) =>
      candidate.kind === 'ConfigMap' &&
      candidate.group === '' &&
      candidate.name === name &&
      (candidate.namespace === namespace || candidate.namespace === ''),
  );
}
