import type { Environment, OpaqueSource } from '../environments/environment.ts';
import type { Resource } from '../render/resource.ts';
import { isKnown } from '../yaml/placeholders.ts';
import { fieldAt, listAt, textAt } from '../untyped.ts';
import { chartReleases } from './installations/gateway-chart.ts';
import { kindName } from './kinds.ts';
import { remembered } from '../remember.ts';
import { isPlace } from './resource-index.ts';
import type { ResourceIndex } from './resource-index.ts';

/** Objects that deploy others: a chart, or a path of some repository (of this one: then we see the content). */
const GITOPS_KINDS = [
  'Application.argoproj.io',
  'ApplicationSet.argoproj.io',
  'GitRepo.fleet.cattle.io',
  'HelmChart.helm.cattle.io',
  'HelmRelease.helm.fluxcd.io',
  'HelmRelease.helm.toolkit.fluxcd.io',
  'Kustomization.kustomize.toolkit.fluxcd.io',
];

/**
 * Custom kinds that make no Services, workloads or Istio objects, by group; `*` for the whole group. A kind that is not
 * here may make anything: operators do.
 */
const HARMLESS: ReadonlyMap<string, '*' | ReadonlySet<string>> = new Map<string, '*' | ReadonlySet<string>>([
  ['gateway.networking.k8s.io', '*'],
  ['networking.k8s.io', '*'],
  ['storage.k8s.io', '*'],
  ['snapshot.storage.k8s.io', '*'],
  ['scheduling.k8s.io', '*'],
  ['coordination.k8s.io', '*'],
  ['apiregistration.k8s.io', '*'],
  ['discovery.k8s.io', '*'],
  ['autoscaling.k8s.io', '*'],
  ['cert-manager.io', '*'],
  ['external-secrets.io', '*'],
  ['generators.external-secrets.io', '*'],
  ['bitnami.com', '*'],
  ['secrets-store.csi.x-k8s.io', '*'],
  ['apps.openshift.io', '*'],
  ['route.openshift.io', '*'],
  ['security.openshift.io', '*'],
  ['image.openshift.io', '*'],
  ['source.toolkit.fluxcd.io', '*'],
  ['image.toolkit.fluxcd.io', '*'],
  ['notification.toolkit.fluxcd.io', '*'],
  // HelmReleases and Kustomizations are deployers, judged by where they deploy to.
  ['helm.toolkit.fluxcd.io', '*'],
  ['kustomize.toolkit.fluxcd.io', '*'],
  ['helm.cattle.io', '*'],
  ['helm.fluxcd.io', '*'],
  ['fleet.cattle.io', '*'],
  ['keda.sh', '*'],
  ['traefik.io', '*'],
  ['traefik.containo.us', '*'],
  ['projectcontour.io', '*'],
  ['cilium.io', '*'],
  ['crd.projectcalico.org', '*'],
  ['metallb.io', '*'],
  ['networking.gke.io', '*'],
  ['cloud.google.com', '*'],
  ['elbv2.k8s.aws', '*'],
  ['config.istio.io', '*'],
  ['authentication.istio.io', '*'],
  ['rbac.istio.io', '*'],
  [
    'monitoring.coreos.com',
    new Set([
      'ServiceMonitor',
      'PodMonitor',
      'PrometheusRule',
      'Probe',
      'AlertmanagerConfig',
      'ScrapeConfig',
    ]),
  ],
  [
    'argoproj.io',
    new Set(['Application', 'ApplicationSet', 'AppProject', 'Rollout', 'AnalysisTemplate', 'AnalysisRun']),
  ],
]);

/** May the object itself make other objects (an operator's custom resource)? Istio's own and Kubernetes' kinds do not. */
export function mayCreateObjects(resource: Resource): boolean {
  if (!kindName(resource.group, resource.kind).includes('.')) return false;
  const harmless = HARMLESS.get(resource.group);
  return harmless !== '*' && !harmless?.has(resource.kind);
}

/**
 * Everything that deploys objects we cannot see: the environment's opaque sources; charts other than Istio's own;
 * IstioOperators, which make gateways; GitOps objects whose path is not part of this environment. One entry for each, in a
 * fixed order.
 */
export function deployersOf(environment: Environment, index: ResourceIndex): readonly OpaqueSource[] {
  const folders = remembered(() => foldersOf(index.all));
  const ofIstio = new Set(chartReleases(environment).map(({ resource }) => resource?.digest));
  const isHidden = (object: Resource) => {
    if (ofIstio.has(object.digest) && sourcesOf(object).length <= 1) return false;
    return object.kind.startsWith('Helm') || !deploysVisiblePath(object, folders(''));
  };
  const objects = GITOPS_KINDS.flatMap((kind) => index.ofKind(kind)).filter(isHidden);
  const found = [
    ...environment.opaque,
    ...objects.map(asDeployer),
    ...index.ofKind('IstioOperator').map(istioOperator),
  ];
  return [...new Map(found.map((source) => [sourceKey(source), source])).values()];
}

/** Equal for the same source with the same reach. */
export function sourceKey({ what, namespaces }: OpaqueSource): string {
  return `${what}\0${namespaces === undefined ? '*' : [...namespaces].sort().join('\0')}`;
}

/** Every folder that holds a resource's file, with its parents. */
function foldersOf(resources: readonly Resource[]): ReadonlySet<string> {
  const folders = new Set<string>(['']);
  for (const { origin } of resources) {
    let folder = origin.file;
    for (let slash = folder.lastIndexOf('/'); slash > 0; slash = folder.lastIndexOf('/')) {
      folder = folder.slice(0, slash);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

function deploysVisiblePath(object: Resource, folders: ReadonlySet<string>): boolean {
  const paths = sourcesOf(object).map((source) => staticFolder(textAt(source, 'path')));
  const generated = paths.includes('') ? gitPaths(listAt(object.body, 'spec', 'generators')) : [];
  const all = [...paths.filter((path) => path !== ''), ...generated.map(staticFolder)];
  // The root of some repository (`.`) says nothing: every repository has one.
  return all.length > 0 && all.every((path) => path !== '' && folders.has(path));
}

/** The folders and files an ApplicationSet's git generators look at; generators nest at most twice (matrix, merge). */
function gitPaths(generators: readonly unknown[], depth = 0): string[] {
  return generators.flatMap((generator) => [
    ...listAt(generator, 'git', 'directories').map((entry) => textAt(entry, 'path')),
    ...listAt(generator, 'git', 'files').map((entry) => textAt(entry, 'path')),
    ...(depth < 2
      ? ['matrix', 'merge'].flatMap((kind) => gitPaths(listAt(generator, kind, 'generators'), depth + 1))
      : []),
  ]);
}

function sourcesOf(object: Resource): readonly unknown[] {
  const spec =
    object.kind === 'ApplicationSet' ? fieldAt(object.body, 'spec', 'template', 'spec') : undefined;
  const from = spec ?? fieldAt(object.body, 'spec');
  if (object.kind === 'Kustomization') return [from];
  const several = listAt(from, 'sources');
  // A Helm chart brings objects of its own; a `ref` source only lends values files.
  return (several.length > 0 ? several : [fieldAt(from, 'source')]).filter(
    (source) => textAt(source, 'chart') !== '' || textAt(source, 'path') !== '',
  );
}

/** `./apps/{{name}}/x` and `apps/*` give `apps`: as much as is written plainly. */
function staticFolder(path: string): string {
  const plain: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (!isKnown(part) || part.includes('*')) break;
    plain.push(part);
  }
  return plain.join('/');
}

function asDeployer(object: Resource): OpaqueSource {
  const destination =
    textAt(object.body, 'spec', 'destination', 'namespace') ||
    textAt(object.body, 'spec', 'template', 'spec', 'destination', 'namespace') ||
    textAt(object.body, 'spec', 'targetNamespace');
  // A chart goes into the namespace of the object that installs it, unless it names another.
  const byDefault = object.kind.startsWith('Helm') ? object.namespace : '';
  return deployer(object, [destination || byDefault]);
}

/** An IstioOperator installs into its namespaces what its components and their defaults say. */
function istioOperator(object: Resource): OpaqueSource {
  const gateways = ['ingressGateways', 'egressGateways'].flatMap((field) =>
    listAt(object.body, 'spec', 'components', field).map((entry) => textAt(entry, 'namespace')),
  );
  const own = textAt(object.body, 'spec', 'namespace') || object.namespace;
  return deployer(
    object,
    [...new Set(['istio-system', own, ...gateways])].filter((name) => name !== ''),
  );
}

function deployer(object: Resource, namespaces: readonly string[]): OpaqueSource {
  return {
    what: `${object.kind} ${object.namespace === '' ? '' : `${object.namespace}/`}${object.name}`,
    namespaces: namespaces.every(isPlace) ? [...namespaces].sort() : undefined,
    at: object.origin.at(['metadata', 'name']),
  };
}
