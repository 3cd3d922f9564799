import type { Location, Path } from '../vocabulary.ts';
import type { Resource } from '../render/resource.ts';
import { asList, asMap, asText, fieldAt, valueAt, type Fields } from '../untyped.ts';
import type { Instructions } from './kustomize-transform.ts';

/** A Flux Kustomization: a path of a source that is applied to a cluster. Not to be mixed up with `kustomization.yaml`. */
export interface FluxKustomization {
  readonly resource: Resource;
  /** The same object however it was transformed: the place it is written in. */
  readonly key: string;
  /** As written. */
  readonly path: string;
  /** Directory of this repository; `undefined` while its source is not known to be this repository. */
  readonly dir: string | undefined;
  /** `GitRepository flux-system`: what its path counts from. */
  readonly source: string;
  /** The Secret that holds another cluster's kubeconfig; '' for the cluster it runs in. */
  readonly otherCluster: string;
}

export function isFluxKustomization({ group, kind }: Resource): boolean {
  return group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization';
}

export function fluxKustomization(resource: Resource): FluxKustomization {
  const spec = resource.body['spec'];
  const { file, line } = resource.origin.at(['kind']);
  return {
    resource,
    key: `${file}:${line}`,
    path: asText(fieldAt(spec, 'path')),
    dir: undefined,
    source: `${asText(valueAt(spec, ['sourceRef', 'kind']))} ${asText(valueAt(spec, ['sourceRef', 'name']))}`,
    otherCluster: asText(valueAt(spec, ['kubeConfig', 'secretRef', 'name'])),
  };
}

/** What it does to the objects of its path, in kustomize's vocabulary: Flux writes these fields into a kustomization. */
export function instructionsOf({ resource, dir }: FluxKustomization): Instructions {
  const spec = asMap(resource.body['spec']) ?? {};
  const copied = [
    'namePrefix',
    'nameSuffix',
    'patches',
    'images',
    'patchesStrategicMerge',
    'patchesJson6902',
  ];
  const value: Record<string, unknown> = { namespace: fieldAt(spec, 'targetNamespace') };
  for (const key of copied) value[key] = fieldAt(spec, key);
  return {
    name: `Flux Kustomization ${resource.name}`,
    dir: dir ?? '',
    value,
    digest: resource.digest,
    at: (path, what) => resource.origin.at(['spec', ...specPath(path)], what),
  };
}

function specPath(path: Path): Path {
  return path[0] === 'namespace' ? ['targetNamespace'] : path;
}

/** `commonMetadata`: labels and annotations for every object, but not for pod templates. */
export function commonMetadata({ resource }: FluxKustomization): {
  readonly labels: unknown;
  readonly annotations: unknown;
  at(kind: 'labels' | 'annotations', key: string): Location;
} {
  const path = ['spec', 'commonMetadata'];
  const value = valueAt(resource.body, path);
  return {
    labels: fieldAt(value, 'labels'),
    annotations: fieldAt(value, 'annotations'),
    at: (kind, key) => resource.origin.at([...path, kind, key]),
  };
}

/** Where the variables of `postBuild` come from, in order of precedence: later wins, `inline` last. */
export interface PostBuild {
  readonly inline: Fields;
  readonly from: readonly { readonly kind: string; readonly name: string }[];
}

/** `undefined` when the Kustomization substitutes nothing: `${X}` then stays as it is. */
export function postBuildOf({ resource }: FluxKustomization): PostBuild | undefined {
  const value = asMap(valueAt(resource.body, ['spec', 'postBuild']));
  if (!value) return undefined;
  return {
    inline: asMap(fieldAt(value, 'substitute')) ?? {},
    from: asList(fieldAt(value, 'substituteFrom')).map((entry) => ({
      kind: asText(fieldAt(entry, 'kind')),
      name: asText(fieldAt(entry, 'name')),
    })),
  };
}
