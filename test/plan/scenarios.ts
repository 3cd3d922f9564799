import type { Wave } from '../../src/config/settings.ts';
import { Cluster } from './cluster.ts';
import { apply, manifestsIn, text } from './manifests.ts';
import { argocd, helmfile, istioctl, reconcilePath } from './tools.ts';

/** A starting situation: an installer, versions, and how namespaces ask for their sidecars. */
export interface Situation {
  readonly installer: 'istioctl' | 'helm' | 'argocd' | 'flux' | 'sail' | 'manifests';
  readonly from: string;
  readonly to: string;
  /** `injection`: an unnamed old revision. `tag`: namespaces follow the tag prod. `default-tag`: the tag default. */
  readonly asks: 'injection' | 'revision' | 'tag' | 'default-tag';
  readonly namespaces: number;
  readonly gateway: 'none' | 'labelled' | 'own-label' | 'chart';
  /** The repository's own waves; none: by risk. */
  readonly waves?: readonly Wave[];
}

export type Files = ReadonlyMap<string, string>;

const dashed = (version: string): string => version.replaceAll('.', '-');

export function revisionsOf({ from, to, asks, installer }: Situation): {
  readonly old: string;
  readonly next: string;
} {
  if (installer === 'sail') return { old: `default-v${dashed(from)}`, next: `default-v${dashed(to)}` };
  return { old: asks === 'injection' ? 'default' : dashed(from), next: dashed(to) };
}

/** The repository with one revision, and with the new one beside it. */
export function repositories(situation: Situation): { readonly base: Files; readonly head: Files } {
  const { old, next } = revisionsOf(situation);
  const common = { ...applications(situation), ...tags(situation), ...gitOps(situation) };
  const one = { ...common, ...planes(situation, [[old, situation.from]]) };
  const both = {
    ...common,
    ...planes(situation, [
      [old, situation.from],
      [next, situation.to],
    ]),
  };
  return { base: new Map(Object.entries(one)), head: new Map(Object.entries(both)) };
}

function applications({ namespaces, asks, gateway, ...situation }: Situation): Record<string, string> {
  const { old } = revisionsOf({ ...situation, namespaces, asks, gateway });
  const ask = {
    injection: 'istio-injection: enabled',
    'default-tag': 'istio-injection: enabled',
    tag: 'istio.io/rev: prod',
    revision: `istio.io/rev: ${old}`,
  }[asks];
  const files: Record<string, string> = {};
  for (let index = 0; index < namespaces; index += 1) {
    const name = `app-${index}`;
    const workloads = Array.from({ length: 1 + (index % 3) }, (_, n) =>
      workload(n === 2 ? 'StatefulSet' : 'Deployment', name, `w${n}`, {}),
    );
    files[`apps/${name}.yaml`] = [namespace(name, ask), ...workloads].join('---\n');
  }
  if (gateway === 'labelled')
    files['apps/edge.yaml'] = [
      namespace('edge', ask),
      workload('Deployment', 'edge', 'gateway', { 'sidecar.istio.io/inject': '"true"' }, 'auto'),
    ].join('---\n');
  if (gateway === 'own-label') {
    const labels: Record<string, string> = { 'sidecar.istio.io/inject': '"true"' };
    if (asks === 'revision') labels['istio.io/rev'] = old;
    if (asks === 'tag') labels['istio.io/rev'] = 'prod';
    files['apps/edge.yaml'] = [
      namespace('edge', ''),
      workload('Deployment', 'edge', 'gateway', labels, 'auto'),
    ].join('---\n');
  }
  if (gateway === 'chart') files['apps/edge.yaml'] = namespace('edge', '');
  return files;
}

function namespace(name: string, label: string): string {
  return `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n  labels:\n    team: a\n${label === '' ? '' : `    ${label}\n`}`;
}

function workload(
  kind: string,
  where: string,
  name: string,
  labels: Record<string, string>,
  image = 'app:1',
): string {
  const extra = Object.entries(labels)
    .map(([key, value]) => `        ${key}: ${value}\n`)
    .join('');
  return `apiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: ${where}\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app: ${name}\n  template:\n    metadata:\n      labels:\n        app: ${name}\n${extra}    spec:\n      containers:\n        - name: main\n          image: ${image}\n`;
}

/** An object of its own for the tag that namespaces follow. */
function tags(situation: Situation): Record<string, string> {
  const { asks, installer } = situation;
  const { old } = revisionsOf(situation);
  if (asks !== 'tag' && asks !== 'default-tag') return {};
  const name = asks === 'tag' ? 'prod' : 'default';
  if (installer === 'sail') {
    return {
      'tags/prod.yaml': `apiVersion: sailoperator.io/v1\nkind: IstioRevisionTag\nmetadata:\n  name: prod\nspec:\n  targetRef:\n    kind: IstioRevision\n    name: ${old}\n`,
    };
  }
  return { 'tags/tags.yaml': webhook(`istio-revision-tag-${name}`, old, [name], name) };
}

function webhook(object: string, revision: string, answers: readonly string[], tag?: string): string {
  const service = revision === 'default' ? 'istiod' : `istiod-${revision}`;
  const client = `    clientConfig:\n      service:\n        name: ${service}\n        namespace: istio-system\n        path: /inject\n    rules:\n      - operations: [CREATE]\n        apiGroups: ['']\n        apiVersions: [v1]\n        resources: [pods]\n    failurePolicy: Fail\n    sideEffects: None\n    admissionReviewVersions: [v1]\n`;
  const absent = '        - { key: istio-injection, operator: DoesNotExist }\n';
  const byRevision = `  - name: rev.namespace.sidecar-injector.istio.io\n${client}    namespaceSelector:\n      matchExpressions:\n        - { key: istio.io/rev, operator: In, values: [${answers.join(', ')}] }\n${absent}    objectSelector:\n      matchExpressions:\n        - { key: sidecar.istio.io/inject, operator: NotIn, values: ['false'] }\n  - name: rev.object.sidecar-injector.istio.io\n${client}    namespaceSelector:\n      matchExpressions:\n        - { key: istio.io/rev, operator: DoesNotExist }\n${absent}    objectSelector:\n      matchExpressions:\n        - { key: sidecar.istio.io/inject, operator: NotIn, values: ['false'] }\n        - { key: istio.io/rev, operator: In, values: [${answers.join(', ')}] }\n`;
  const byDefault = `  - name: namespace.sidecar-injector.istio.io\n${client}    namespaceSelector:\n      matchExpressions:\n        - { key: istio-injection, operator: In, values: [enabled] }\n    objectSelector:\n      matchExpressions:\n        - { key: sidecar.istio.io/inject, operator: NotIn, values: ['false'] }\n  - name: object.sidecar-injector.istio.io\n${client}    namespaceSelector:\n      matchExpressions:\n        - { key: istio-injection, operator: DoesNotExist }\n        - { key: istio.io/rev, operator: DoesNotExist }\n    objectSelector:\n      matchExpressions:\n        - { key: sidecar.istio.io/inject, operator: In, values: ['true'] }\n        - { key: istio.io/rev, operator: DoesNotExist }\n`;
  const label = tag === undefined ? '' : `    istio.io/tag: ${tag}\n`;
  return `apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\nmetadata:\n  name: ${object}\n  labels:\n    app: sidecar-injector\n    istio.io/rev: ${revision}\n${label}webhooks:\n${byRevision}${answers.includes('default') ? byDefault : ''}`;
}

type Plane = readonly [revision: string, version: string];

/** How each installer writes its control planes, base chart and gateway. */
function planes(situation: Situation, list: readonly Plane[]): Record<string, string> {
  switch (situation.installer) {
    case 'istioctl':
      return Object.fromEntries(
        list.map(([revision, version]) => [
          `istio/iop-${revision}.yaml`,
          `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata:\n  name: istio-${revision}\n  namespace: istio-system\nspec:\n  profile: minimal\n  tag: ${version}\n${revision === 'default' ? '' : `  revision: ${revision}\n`}`,
        ]),
      );
    case 'manifests':
      return Object.fromEntries(
        list.map(([revision, version]) => [`istio/istiod-${revision}.yaml`, rendered(revision, version)]),
      );
    case 'helm':
      return { 'helmfile.yaml': helmfileOf(situation, list) };
    case 'flux':
      return fluxPlanes(situation, list);
    case 'argocd':
      return argoPlanes(situation, list);
    case 'sail': {
      const [, version] = list.at(-1) ?? ['', ''];
      return {
        'istio/istio.yaml': `apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata:\n  name: default\nspec:\n  version: v${version}\n  namespace: istio-system\n  updateStrategy:\n    type: RevisionBased\n`,
      };
    }
  }
}

function rendered(revision: string, version: string): string {
  const name = revision === 'default' ? 'istiod' : `istiod-${revision}`;
  const deployment = `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  namespace: istio-system\n  labels:\n    istio.io/rev: ${revision}\nspec:\n  selector:\n    matchLabels:\n      app: istiod\n  template:\n    metadata:\n      labels:\n        app: istiod\n        istio.io/rev: ${revision}\n    spec:\n      containers:\n        - name: discovery\n          image: docker.io/istio/pilot:${version}\n          env:\n            - name: REVISION\n              value: ${revision}\n`;
  const suffix = revision === 'default' ? '' : `-${revision}`;
  return [deployment, webhook(`istio-sidecar-injector${suffix}`, revision, [revision])].join('---\n');
}

/** Releases as every chart-based installer has them: CRDs, one istiod for each revision, a gateway. */
interface Release {
  readonly name: string;
  readonly chart: string;
  readonly version: string;
  readonly namespace: string;
  readonly values: Readonly<Record<string, string>>;
}

function releasesOf(situation: Situation, list: readonly Plane[]): Release[] {
  const { from, asks, gateway } = situation;
  const { old } = revisionsOf(situation);
  const named = old === 'default' ? {} : { defaultRevision: old };
  const edge = asks === 'revision' ? { revision: old } : asks === 'tag' ? { revision: 'prod' } : {};
  return [
    { name: 'istio-base', chart: 'base', version: from, namespace: 'istio-system', values: named },
    { name: 'istio-cni', chart: 'cni', version: from, namespace: 'istio-system', values: {} },
    ...list.map(([revision, version]) => ({
      name: revision === 'default' ? 'istiod' : `istiod-${revision}`,
      chart: 'istiod',
      version,
      namespace: 'istio-system',
      values: revision === 'default' ? {} : { revision },
    })),
    ...(gateway === 'chart'
      ? [{ name: 'edge-gateway', chart: 'gateway', version: from, namespace: 'edge', values: edge }]
      : []),
  ];
}

function valueLines(values: Readonly<Record<string, string>>, indent: number): string {
  return Object.entries(values)
    .map(([key, value]) => `${' '.repeat(indent)}${key}: ${value}\n`)
    .join('');
}

function helmfileOf(situation: Situation, list: readonly Plane[]): string {
  const releases = releasesOf(situation, list).map(({ name, chart, version, namespace: where, values }) => {
    const set =
      Object.keys(values).length === 0 ? '' : `    values:\n      - ${valueLines(values, 8).trimStart()}`;
    return `  - name: ${name}\n    namespace: ${where}\n    chart: istio/${chart}\n    version: ${version}\n${set}`;
  });
  return `repositories:\n  - name: istio\n    url: https://istio-release.storage.googleapis.com/charts\nreleases:\n${releases.join('')}`;
}

function fluxPlanes(situation: Situation, list: readonly Plane[]): Record<string, string> {
  const releases = releasesOf(situation, list);
  const files = releases.map(({ name, chart, version, namespace: where, values }) => [
    `infra/${name}.yaml`,
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: ${name}\n  namespace: ${where}\nspec:\n  interval: 1h\n  chart:\n    spec:\n      chart: ${chart}\n      version: ${version}\n      sourceRef:\n        kind: HelmRepository\n        name: istio\n        namespace: istio-system\n${Object.keys(values).length === 0 ? '' : `  values:\n${valueLines(values, 4)}`}`,
  ]);
  const source =
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata:\n  name: istio\n  namespace: istio-system\nspec:\n  url: https://istio-release.storage.googleapis.com/charts\n  interval: 1h\n';
  const names = ['source.yaml', ...releases.map(({ name }) => `${name}.yaml`)];
  return {
    ...(Object.fromEntries(files) as Record<string, string>),
    'infra/source.yaml': source,
    'infra/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${names.map((name) => `  - ${name}\n`).join('')}`,
  };
}

function argoPlanes(situation: Situation, list: readonly Plane[]): Record<string, string> {
  const files = releasesOf(situation, list).map(({ name, chart, version, namespace: where, values }) => [
    `infra/${name}.yaml`,
    `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\n  namespace: argocd\nspec:\n  project: default\n  destination:\n    server: https://kubernetes.default.svc\n    namespace: ${where}\n  source:\n    repoURL: https://istio-release.storage.googleapis.com/charts\n    chart: ${chart}\n    targetRevision: ${version}\n${Object.keys(values).length === 0 ? '' : `    helm:\n      valuesObject:\n${valueLines(values, 8)}`}`,
  ]);
  return Object.fromEntries(files) as Record<string, string>;
}

/** What has a GitOps tool look at the folders. */
function gitOps({ installer }: Situation): Record<string, string> {
  const folders = ['infra', 'apps', 'tags'];
  if (installer === 'flux') {
    const all = folders.map(
      (name) =>
        `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${name}\n  namespace: flux-system\nspec:\n  interval: 10m\n  path: ./${name}\n  prune: true\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n`,
    );
    return { 'clusters/prod.yaml': all.join('---\n') };
  }
  if (installer !== 'argocd') return {};
  const all = folders.map(
    (name) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\n  namespace: argocd\nspec:\n  project: default\n  destination:\n    server: https://kubernetes.default.svc\n  source:\n    repoURL: https://git.example.com/mesh\n    targetRevision: main\n    path: ${name}\n`,
  );
  return { 'clusters/prod.yaml': all.join('---\n') };
}

/** The cluster that this repository was installed into, every pod created once. */
export function installed(situation: Situation, files: Files): Cluster {
  const cluster = new Cluster();
  const { old } = revisionsOf(situation);
  const folders = [...new Set([...files.keys()].map((file) => file.split('/')[0] ?? ''))];
  if (situation.installer === 'istioctl') {
    const install = ['install', '-f', `istio/iop-${old}.yaml`, '-y'];
    istioctl(install, cluster, files, situation.from);
  }
  if (situation.installer === 'helm')
    for (const { name } of releasesOf(situation, [[old, situation.from]]))
      helmfile(['-f', 'helmfile.yaml', '-l', `name=${name}`, 'apply'], cluster, files);
  if (situation.installer === 'argocd')
    for (const one of manifestsIn(files, 'clusters/prod.yaml')) apply(cluster, one);
  for (const folder of ['infra', 'istio', 'tags', 'apps'].filter((name) => folders.includes(name))) {
    if (folder === 'istio' && situation.installer === 'istioctl') continue;
    if (['istioctl', 'helm', 'manifests', 'sail'].includes(situation.installer)) {
      for (const file of [...files.keys()].filter((name) => name.startsWith(`${folder}/`))) {
        for (const manifest of manifestsIn(files, file)) apply(cluster, manifest);
      }
    } else reconcilePath(cluster, files, folder, situation.installer === 'flux');
    if (situation.installer === 'argocd' && folder === 'infra') syncAll(cluster, files);
  }
  cluster.settle();
  return cluster;
}

function syncAll(cluster: Cluster, files: Files): void {
  for (const object of [...cluster.objects.values()]) {
    if (text(object, 'spec', 'source', 'chart') !== '')
      argocd(['app', 'sync', text(object, 'metadata', 'name'), '--prune'], cluster, files);
  }
}
