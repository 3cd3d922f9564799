import type { Workspace } from './workspace.ts';
import { fluxKustomization, isFluxKustomization, type FluxKustomization } from './flux-kustomization.ts';
import { FluxSources } from './flux-sources.ts';
import { baseName, byText, isUnder, parentOf } from './repository-path.ts';
import { steeringObjectsOf } from './manifest-files.ts';

/** The Kustomizations somebody applies by hand to bootstrap a cluster; everything else is reached from them. */
export interface FluxCluster {
  readonly name: string;
  readonly entries: readonly FluxKustomization[];
  readonly sources: FluxSources;
}

/** The clusters a Flux repository describes; empty when it is none. */
export function fluxClusters(workspace: Workspace): FluxCluster[] {
  const written = [...workspace.repository.files.values()]
    .flatMap(steeringObjectsOf)
    .filter(isFluxKustomization)
    .map(fluxKustomization);
  if (written.length === 0) return [];
  const sources = new FluxSources(written, workspace);
  const all = written
    .map((kustomization) => sources.place(kustomization))
    .filter(({ dir }) => dir !== undefined && workspace.directories.has(dir));
  const entries = entryPoints(all, workspace);
  const homes = [...new Set(entries.map(clusterHome))];
  const clusters = new Map<string, FluxKustomization[]>();
  for (const entry of entries) {
    const home = outermostHome(clusterHome(entry), homes);
    clusters.set(home, [...(clusters.get(home) ?? []), entry]);
  }
  const kept = [...clusters.keys()];
  return [...clusters]
    .map(([home, members]) => ({ name: clusterName(home, members, kept), entries: members, sources }))
    .sort((a, b) => byText(a.name, b.name));
}

/**
 * A Kustomization is an entry point when no other reaches it. One that lies below a path another one applies without
 * being reached was left out there on purpose, and one in an archive is no longer deployed.
 */
function entryPoints(all: readonly FluxKustomization[], workspace: Workspace): FluxKustomization[] {
  const byKey = new Map(all.map((kustomization) => [kustomization.key, kustomization]));
  const children = new Map(all.map((parent) => [parent.key, childrenOf(parent, byKey, workspace)]));
  const reached = new Map(all.map(({ key }) => [key, reachOf(key, children)]));
  const reaches = (from: string, to: string): boolean => reached.get(from)?.has(to) ?? false;
  const free = all.filter(
    ({ key, resource }) =>
      !workspace.directories.isSetAside(resource.origin.file) &&
      !all.some((other) => reaches(other.key, key) && !(reaches(key, other.key) && key <= other.key)),
  );
  return free.filter(
    ({ key, resource }) =>
      !free.some(
        (other) =>
          other.key !== key &&
          [other.key, ...(reached.get(other.key) ?? [])].some((via) => {
            const dir = byKey.get(via)?.dir;
            return dir !== undefined && dir !== '' && isUnder(resource.origin.file, dir);
          }),
      ),
  );
}

function childrenOf(
  parent: FluxKustomization,
  byKey: ReadonlyMap<string, FluxKustomization>,
  workspace: Workspace,
): string[] {
  if (parent.dir === undefined) return [];
  return workspace
    .tree(parent.dir)
    .resources.filter(isFluxKustomization)
    .map((resource) => fluxKustomization(resource).key)
    .filter((key) => key !== parent.key && byKey.has(key));
}

function reachOf(start: string, children: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [...(children.get(start) ?? [])];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    pending.push(...(children.get(next) ?? []));
  }
  return reached;
}

/** Directory names that say "Flux is set up here" and not which cluster it is. */
const GENERIC = new Set([
  '',
  'apps',
  'base',
  'bootstrap',
  'cluster',
  'clusters',
  'config',
  'configs',
  'deploy',
  'flux',
  'flux-system',
  'gitops',
  'gotk-system',
  'infrastructure',
  'k8s',
  'kubernetes',
  'kustomizations',
  'main',
  'manifests',
  'namespaces',
  'sync',
  'vars',
]);

/** The directory that stands for the cluster: `clusters/prod`, `kubernetes/cobra`. */
function clusterHome({ resource }: FluxKustomization): string {
  let home = parentOf(resource.origin.file);
  while (home !== '' && GENERIC.has(baseName(home))) home = parentOf(home);
  return home;
}

/** Entry points in a folder of a directory that stands for a cluster itself are of that cluster. */
function outermostHome(home: string, homes: readonly string[]): string {
  const above = homes.filter((other) => other !== home && isUnder(home, other) && NAMED_CLUSTER.test(other));
  return above.sort((a, b) => a.length - b.length)[0] ?? home;
}

const NAMED_CLUSTER = /(?:^|\/)(?:clusters?|environments?|envs?)\/[^/]+$/;

/** The shortest name that no other cluster has. */
function clusterName(home: string, entries: readonly FluxKustomization[], homes: readonly string[]): string {
  const name = baseName(home);
  const twins = homes.filter((other) => baseName(other) === name).length > 1;
  if (name !== '') return twins ? home : name;
  const path = entries.length === 1 ? baseName(entries[0]?.dir ?? '') : '';
  return GENERIC.has(path) ? 'default' : path;
}
