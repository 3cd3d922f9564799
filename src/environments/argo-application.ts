import type { Resource } from '../render/resource.ts';
import { asList, asMap, asText, fieldAt, valueAt, type Fields } from '../untyped.ts';
import { resolvePath } from './repository-path.ts';

/** One source of an Application: a path of a Git repository, or a chart. */
export interface ArgoSource {
  readonly repoURL: string;
  /** Directory of a repository; `undefined` for a chart or a path that leaves the repository. */
  readonly dir: string | undefined;
  readonly chart: string;
  readonly recurse: boolean;
  /** The name by which values files of other sources refer to this one; '' for none. */
  readonly ref: string;
  readonly kustomize: Fields;
  /** Where it stands in the Application's body. */
  readonly path: readonly (string | number)[];
}

/** An Argo CD Application, written or made by an ApplicationSet. */
export interface ArgoApplication {
  readonly resource: Resource;
  readonly sources: readonly ArgoSource[];
  /** `in-cluster`, a cluster's name, or its API server's address. May hold a placeholder. */
  readonly cluster: string;
  readonly namespace: string;
  /** Files that an ApplicationSet took its parameters from. */
  readonly parameterFiles?: readonly string[];
}

/** The cluster Argo CD runs in, under all its names. */
export const IN_CLUSTER = 'in-cluster';
const IN_CLUSTER_NAMES = new Set([
  '',
  IN_CLUSTER,
  'https://kubernetes.default.svc',
  'https://kubernetes.default',
]);

export function isApplication({ group, kind }: Resource): boolean {
  return group === 'argoproj.io' && kind === 'Application';
}

export function argoApplication(resource: Resource): ArgoApplication {
  const spec = resource.body['spec'];
  const destination = fieldAt(spec, 'destination');
  const cluster = asText(fieldAt(destination, 'name')) || asText(fieldAt(destination, 'server'));
  return {
    resource,
    sources: sourcesOf(spec),
    cluster: IN_CLUSTER_NAMES.has(cluster.replace(/\/$/, '')) ? IN_CLUSTER : cluster,
    namespace: asText(fieldAt(destination, 'namespace')),
  };
}

/** `sources` wins over `source`, as in Argo CD. */
function sourcesOf(spec: unknown): ArgoSource[] {
  const several = asList(fieldAt(spec, 'sources'));
  if (several.length > 0) return several.map((source, index) => sourceOf(source, ['spec', 'sources', index]));
  const single = fieldAt(spec, 'source');
  return single === undefined ? [] : [sourceOf(single, ['spec', 'source'])];
}

function sourceOf(source: unknown, path: readonly (string | number)[]): ArgoSource {
  const written = fieldAt(source, 'path');
  return {
    repoURL: asText(fieldAt(source, 'repoURL')),
    dir: typeof written === 'string' ? resolvePath('', written) : undefined,
    chart: asText(fieldAt(source, 'chart')),
    recurse: valueAt(source, ['directory', 'recurse']) === true,
    ref: asText(fieldAt(source, 'ref')),
    kustomize: asMap(fieldAt(source, 'kustomize')) ?? {},
    path,
  };
}
