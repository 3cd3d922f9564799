import { load } from 'js-yaml';
import type { ChartInstall, Cluster } from './cluster.ts';
import { deployChart } from './charts.ts';
import { apply, at, keyOf, manifestsIn, remove, text, type Manifest } from './manifests.ts';
import { parsed } from './shell-words.ts';

type Files = ReadonlyMap<string, string>;

/** `flux reconcile`: a Kustomization applies what its path holds, and deletes what it held before. */
export function flux(words: readonly string[], cluster: Cluster, files: Files): void {
  const { words: args } = parsed(words, ['-n'], ['--with-source']);
  const [verb, kind, name = ''] = args;
  if (verb !== 'reconcile') throw new Error(`flux ${verb}`);
  if (kind === 'helmrelease') {
    const objects = [...cluster.objects.keys()];
    if (!objects.some((key) => key.startsWith('HelmRelease ') && key.endsWith(`/${name}`)))
      throw new Error(`there is no HelmRelease ${name}`);
    return;
  }
  const own = ownerPath(files, 'Kustomization', name, (one) => text(one, 'spec', 'path'));
  reconcilePath(cluster, files, own, true);
}

export function argocd(words: readonly string[], cluster: Cluster, files: Files): void {
  const { words: args, options } = parsed(
    words,
    ['--timeout'],
    ['--prune', '--sync', '--health', '--cascade', '--yes'],
  );
  const [group, verb, name = ''] = args;
  if (group !== 'app') throw new Error(`argocd ${group}`);
  const application = cluster.objects.get(`Application argocd/${name}`) as Manifest | undefined;
  if (!application) throw new Error(`there is no application ${name}`);
  if (verb === 'wait') return;
  if (verb === 'delete') return remove(cluster, `Application argocd/${name}`);
  if (verb !== 'sync' || !options.has('--prune')) throw new Error(`argocd app ${verb}`);
  const path = text(application, 'spec', 'source', 'path');
  if (path !== '') return reconcilePath(cluster, files, path, false);
  const install: ChartInstall = {
    chart: text(application, 'spec', 'source', 'chart'),
    version: text(application, 'spec', 'source', 'targetRevision'),
    namespace: text(application, 'spec', 'destination', 'namespace'),
    values: (at(application, 'spec', 'source', 'helm', 'valuesObject') ?? {}) as ChartInstall['values'],
  };
  // Argo CD applies CRDs as any other object.
  const release = text(application, 'spec', 'source', 'helm', 'releaseName') || name;
  deployChart(cluster, release, install, { replaces: true });
}

function ownerPath(files: Files, kind: string, name: string, pathOf: (one: Manifest) => string): string {
  const all = [...files.keys()]
    .filter((file) => /^clusters\//.test(file))
    .flatMap((file) => manifestsIn(files, file));
  const owner = all.find((one) => one.kind === kind && one.metadata.name === name);
  if (!owner) throw new Error(`there is no ${kind} ${name}`);
  return pathOf(owner).replace(/^\.\//, '');
}

/** Applies every manifest below a path, its kustomization's list when it has one, and prunes what is gone. */
export function reconcilePath(cluster: Cluster, files: Files, path: string, deploys: boolean): void {
  const list = files.get(`${path}/kustomization.yaml`);
  const names = list === undefined ? undefined : (load(list) as { resources: string[] }).resources;
  const paths =
    names?.map((name) => `${path}/${name}`) ??
    [...files.keys()].filter((file) => file.startsWith(`${path}/`)).sort();
  const manifests = paths.flatMap((file) => {
    const found = manifestsIn(files, file);
    if (names && found.length === 0) throw new Error(`${file} is listed and empty`);
    return found;
  });
  for (const manifest of manifests) apply(cluster, { ...manifest, $path: path }, deploys);
  const keys = new Set(manifests.map(keyOf));
  for (const [key, object] of [...cluster.objects]) {
    if (object['$path'] === path && !keys.has(key)) remove(cluster, key);
  }
}
