import { formatVersion } from '../facts/versions.ts';
import { clusterStateOf, type ProxyGroup } from './cluster-state.ts';
import type { Mesh } from './mesh.ts';

/** What runs on one revision of a live cluster. */
export interface RevisionInUse {
  readonly revision: string;
  /** Releases of the proxies, oldest first; [] where no image tells. */
  readonly versions: readonly string[];
  readonly workloads: number;
  readonly pods: number;
}

/** The running proxies of a live cluster by their revision, in its order; [] where nothing is live. */
export function dataPlaneOf(mesh: Pick<Mesh, 'resources'>): RevisionInUse[] {
  const proxies = (clusterStateOf(mesh)?.proxies ?? []).filter(({ revision }) => revision !== '');
  return [...new Set(proxies.map(({ revision }) => revision))].sort().map((revision) => {
    const own = proxies.filter((proxy) => proxy.revision === revision);
    return {
      revision,
      versions: [...new Set(own.flatMap(({ version }) => (version ? [formatVersion(version)] : [])))].sort(
        byNumber,
      ),
      workloads: new Set(own.map(workloadOf)).size,
      pods: own.reduce((sum, { pods }) => sum + pods, 0),
    };
  });
}

function workloadOf({ kind, namespace, name }: ProxyGroup): string {
  return `${kind} ${namespace}/${name}`;
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
