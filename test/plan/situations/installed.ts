import { Cluster } from '../world/cluster.ts';
import { argocd, reconcilePath } from '../world/gitops.ts';
import { helm, helmfile } from '../world/helm.ts';
import { istioctl } from '../world/istioctl.ts';
import { apply, manifestsIn, text } from '../world/manifests.ts';
import { pipeline } from '../world/shell-words.ts';
import { revisionsOf, type Files, type Situation } from './situation.ts';

/** The cluster that this repository was installed into, every pod created once. */
export function installed(situation: Situation, files: Files): Cluster {
  const cluster = new Cluster();
  const { installer } = situation;
  installPlanes(situation, cluster, files);
  const folders = installer === 'istioctl' ? ['tags', 'apps'] : ['infra', 'istio', 'tags', 'apps'];
  for (const folder of folders) applyFolder(situation, cluster, files, folder);
  cluster.settle();
  return cluster;
}

function installPlanes(situation: Situation, cluster: Cluster, files: Files): void {
  const { old } = revisionsOf(situation);
  switch (situation.installer) {
    case 'istioctl':
      istioctl(['install', '-f', `istio/iop-${old}.yaml`, '-y'], cluster, files, situation.from);
      return;
    case 'helmfile':
      for (const name of [
        ...(files.get('helmfile.yaml') ?? '').matchAll(/^ {2}- name: (\S+)\n {4}namespace/gm),
      ])
        helmfile(['-f', 'helmfile.yaml', '-l', `name=${name[1] ?? ''}`, 'apply'], cluster, files);
      return;
    case 'helm':
      for (const line of (files.get('install.sh') ?? '').split('\n'))
        if (line.startsWith('helm upgrade')) runHelm(line, cluster, files);
      return;
    case 'umbrella':
      helm(['upgrade', '--install', 'istio', 'charts/istio'], cluster, files);
      return;
    case 'argocd':
      for (const one of manifestsIn(files, 'clusters/prod.yaml')) apply(cluster, one);
      return;
    default:
  }
}

function runHelm(line: string, cluster: Cluster, files: Files): void {
  const [[, ...words] = []] = pipeline(line.replaceAll('"', "'"));
  helm(words, cluster, files);
}

function applyFolder({ installer }: Situation, cluster: Cluster, files: Files, folder: string): void {
  const inside = [...files.keys()].filter((name) => name.startsWith(`${folder}/`));
  if (inside.length === 0) return;
  if (installer === 'flux' || installer === 'argocd') {
    reconcilePath(cluster, files, folder, installer === 'flux');
    if (installer === 'argocd' && folder === 'infra') syncAll(cluster, files);
    return;
  }
  for (const file of inside) for (const manifest of manifestsIn(files, file)) apply(cluster, manifest);
}

function syncAll(cluster: Cluster, files: Files): void {
  for (const object of [...cluster.objects.values()]) {
    if (text(object, 'spec', 'source', 'chart') !== '')
      argocd(['app', 'sync', text(object, 'metadata', 'name'), '--prune'], cluster, files);
  }
}
