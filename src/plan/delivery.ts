import type { Fix, Installer } from '../vocabulary.ts';
import { textAt } from '../untyped.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { Resource } from '../render/resource.ts';
import { sh } from './shell.ts';
import { byHand, REVERT, type Action } from './step.ts';

/** How files of this repository reach the cluster: by hand, or by what a GitOps tool does with a commit. */
export interface Delivery {
  readonly by: 'kubectl' | 'flux' | 'argocd';
  /** Commands after the edit: apply the manifests, or have the tool look at the commit. */
  readonly apply: (places: readonly Place[]) => string[];
}

/** A file, and the resource in it when it is one that kubectl may apply. */
export interface Place {
  readonly file: string;
  readonly resource?: Resource | undefined;
}

/** The way that the environment itself shows, or that its installer implies. */
export function deliveryOf(mesh: Mesh, installer: Installer): Delivery {
  const applications = mesh.resources('Application.argoproj.io');
  const kustomizations = mesh.resources('Kustomization.kustomize.toolkit.fluxcd.io');
  if (installer === 'argocd' || (installer !== 'flux' && applications.length > 0)) {
    return { by: 'argocd', apply: (places) => argoSyncs(applications, places) };
  }
  if (installer === 'flux' || kustomizations.length > 0) {
    return { by: 'flux', apply: (places) => fluxReconciles(kustomizations, places) };
  }
  return { by: 'kubectl', apply: kubectlApplies };
}

/** An edit that is delivered and taken back the same way. `places` are where the edit would stand. */
export function deliveredEdit(
  delivery: Delivery,
  edits: readonly Fix[],
  places: readonly Place[],
  verify: readonly string[],
): Action {
  const run = delivery.apply(places);
  const openEdits = edits.length > 0 ? [] : [...new Set(places.map(({ file }) => byHand(file)))];
  return {
    preconditions: [...openEdits, ...withTheirCharts(delivery, places)],
    run,
    edits,
    verify: [...synced(delivery, places, run), ...verify],
    rollback: [REVERT, ...run],
  };
}

/** Where Argo CD's application is not known, a person looks at what it shows. */
function synced({ by }: Delivery, places: readonly Place[], run: readonly string[]): string[] {
  if (by !== 'argocd' || run.length > 0) return [];
  return places.map(({ file }) => `Argo CD shows the application that holds ${file} as Synced and Healthy.`);
}

/** What a chart of this repository renders goes with its release, which no file names: no command, but a word for people. */
export function withTheirCharts({ by }: Delivery, places: readonly Place[]): string[] {
  const charts = places.flatMap((place) => chartOf(place) ?? []);
  return by === 'kubectl'
    ? [...new Set(charts)].map((chart) => `The chart in ${chart} is deployed again, as it was before.`)
    : [];
}

/** The directory of the chart that renders it on its way out. */
function chartOf({ resource }: Place): string | undefined {
  return /^helm (.+)$/.exec(resource?.origin.through[0] ?? '')?.[1];
}

function kubectlApplies(places: readonly Place[]): string[] {
  const applied = places.filter((place) => chartOf(place) === undefined);
  const commands = applied.map(({ file, resource }) => {
    const overlay = /^kustomize (?!build )(.+)$/.exec(resource?.origin.through[0] ?? '')?.[1];
    return overlay === undefined ? sh`kubectl apply -f ${file}` : sh`kubectl apply -k ${overlay}`;
  });
  return [...new Set(commands)];
}

/** The bootstrap's own Kustomization stands for those that are not in this environment. */
function fluxReconciles(kustomizations: readonly Resource[], places: readonly Place[]): string[] {
  const commands = places.map(({ file }) => {
    const owner = longestPath(kustomizations, file, (one) => textAt(one.body, 'spec', 'path'));
    const [name, namespace] = owner ? [owner.name, owner.namespace] : ['flux-system', 'flux-system'];
    return sh`flux reconcile kustomization ${name} -n ${namespace || 'flux-system'} --with-source`;
  });
  return [...new Set(commands)];
}

function argoSyncs(applications: readonly Resource[], places: readonly Place[]): string[] {
  const commands = places.flatMap(({ file }) => {
    const owner = longestPath(applications, file, (one) => textAt(one.body, 'spec', 'source', 'path'));
    return owner ? argoSync(owner.name) : [];
  });
  return [...new Set(commands)];
}

/** Syncs an application with what its commit removes, and waits until it is healthy. */
export function argoSync(application: string): string[] {
  return [
    sh`argocd app sync ${application} --prune`,
    sh`argocd app wait ${application} --sync --health --timeout 600`,
  ];
}

/** Whose `path` is the longest that holds the file. */
function longestPath(
  owners: readonly Resource[],
  file: string,
  pathOf: (owner: Resource) => string,
): Resource | undefined {
  let best: Resource | undefined;
  let length = -1;
  for (const owner of owners) {
    const path = pathOf(owner)
      .replace(/^\.\/?/, '')
      .replace(/\/$/, '');
    const holds = pathOf(owner) !== '' && (path === '' || file.startsWith(`${path}/`));
    if (holds && path.length > length) [best, length] = [owner, path.length];
  }
  return best;
}
