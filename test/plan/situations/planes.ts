import { releasesOf, tagsOfRelease, type Plane, type Release } from './releases.ts';
import { revisionsOf, type Situation } from './situation.ts';
import { webhookObject } from './webhooks.ts';
import { documents, some } from './yaml.ts';

const CHARTS = 'https://istio-release.storage.googleapis.com/charts';

/** How each installer writes its control planes, base chart and gateway. */
export function planes(situation: Situation, list: readonly Plane[]): Record<string, string> {
  switch (situation.installer) {
    case 'istioctl':
      return perPlane(list, 'istio/iop', (plane) => operatorObject(situation, plane));
    case 'manifests':
      return perPlane(list, 'istio/istiod', rendered);
    case 'helmfile':
      return { 'helmfile.yaml': helmfile(releasesOf(situation, list)) };
    case 'helm':
      return { 'install.sh': script(releasesOf(situation, list)) };
    case 'umbrella':
      return umbrella(releasesOf(situation, list));
    case 'flux':
      return fluxFiles(releasesOf(situation, list));
    case 'argocd':
      return argoFiles(releasesOf(situation, list));
    case 'sail':
      return { 'istio/istio.yaml': sailObject(situation, list) };
  }
}

function perPlane(
  list: readonly Plane[],
  file: string,
  write: (plane: Plane) => string,
): Record<string, string> {
  return Object.fromEntries(list.map((plane) => [`${file}-${plane[0]}.yaml`, write(plane)]));
}

function operatorObject(situation: Situation, [revision, version]: Plane): string {
  const revisionTags = tagsOfRelease(situation, revision);
  return documents({
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    metadata: { name: `istio-${revision}`, namespace: 'istio-system' },
    spec: {
      profile: 'minimal',
      tag: version,
      ...(revision === 'default' ? {} : { revision }),
      ...(revisionTags.length > 0 ? { values: { revisionTags } } : {}),
    },
  });
}

function sailObject({ way }: Situation, list: readonly Plane[]): string {
  const [, version] = list.at(-1) ?? ['', ''];
  return documents({
    apiVersion: 'sailoperator.io/v1',
    kind: 'Istio',
    metadata: { name: 'default' },
    spec: {
      version: `v${version}`,
      namespace: 'istio-system',
      ...(way === 'canary' ? { updateStrategy: { type: 'RevisionBased' } } : {}),
    },
  });
}

function rendered([revision, version]: Plane): string {
  const suffix = revision === 'default' ? '' : `-${revision}`;
  const labels = { app: 'istiod', 'istio.io/rev': revision };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `istiod${suffix}`, namespace: 'istio-system', labels: { 'istio.io/rev': revision } },
    spec: {
      selector: { matchLabels: { app: 'istiod' } },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'discovery',
              image: `docker.io/istio/pilot:${version}`,
              env: [{ name: 'REVISION', value: revision }],
            },
          ],
        },
      },
    },
  };
  return documents(deployment, webhookObject(`istio-sidecar-injector${suffix}`, revision, revision));
}

function helmfile(releases: readonly Release[]): string {
  return documents({
    repositories: [{ name: 'istio', url: CHARTS }],
    releases: releases.map(({ name, namespace, chart, version, values }) => ({
      name,
      namespace,
      chart: `istio/${chart}`,
      version,
      ...(Object.keys(values).length > 0 ? { values: [values] } : {}),
    })),
  });
}

function script(releases: readonly Release[]): string {
  const commands = releases.map(({ name, namespace, chart, version, values }) => {
    const set = Object.entries(values).map(([key, value]) => ` --set ${key}=${shown(value)}`);
    return `helm upgrade --install ${name} istio/${chart} -n ${namespace} --version ${version}${set.join('')}`;
  });
  return `#!/bin/sh\nset -e\nhelm repo add istio ${CHARTS}\n${commands.join('\n')}\n`;
}

function shown(value: string | readonly string[]): string {
  return typeof value === 'string' ? value : `"{${value.join(',')}}"`;
}

/** All in one chart; a control plane with a name has an alias. */
function umbrella(releases: readonly Release[]): Record<string, string> {
  const alias = ({ chart, name }: Release): string => (chart === name ? '' : chart === 'istiod' ? name : '');
  return {
    'charts/istio/Chart.yaml': documents({
      apiVersion: 'v2',
      name: 'istio',
      version: '1.0.0',
      dependencies: releases.map((one) => ({
        name: one.chart,
        version: one.version,
        repository: CHARTS,
        ...(alias(one) === '' ? {} : { alias: alias(one) }),
      })),
    }),
    'charts/istio/values.yaml': documents(
      Object.fromEntries<unknown>([
        ['global', { note: 'for all parts' }],
        ...releases
          .filter(({ values }) => Object.keys(values).length > 0)
          .map((one) => [alias(one) || one.chart, one.values] as const),
      ]),
    ),
  };
}

function fluxFiles(releases: readonly Release[]): Record<string, string> {
  const files = releases.map(({ name, chart, version, namespace, values }) => [
    `infra/${name}.yaml`,
    documents({
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name, namespace },
      spec: {
        interval: '1h',
        chart: {
          spec: {
            chart,
            version,
            sourceRef: { kind: 'HelmRepository', name: 'istio', namespace: 'istio-system' },
          },
        },
        ...some('values', values),
      },
    }),
  ]);
  const names = ['source.yaml', ...releases.map(({ name }) => `${name}.yaml`)];
  return {
    ...(Object.fromEntries(files) as Record<string, string>),
    'infra/source.yaml': documents({
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmRepository',
      metadata: { name: 'istio', namespace: 'istio-system' },
      spec: { url: CHARTS, interval: '1h' },
    }),
    'infra/kustomization.yaml': documents({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: names,
    }),
  };
}

function argoFiles(releases: readonly Release[]): Record<string, string> {
  const files = releases.map(({ name, chart, version, namespace, values }) => [
    `infra/${name}.yaml`,
    documents({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name, namespace: 'argocd' },
      spec: {
        project: 'default',
        destination: { server: 'https://kubernetes.default.svc', namespace },
        source: {
          repoURL: CHARTS,
          chart,
          targetRevision: version,
          ...(Object.keys(values).length > 0 ? { helm: { valuesObject: values } } : {}),
        },
      },
    }),
  ]);
  return Object.fromEntries(files) as Record<string, string>;
}

/** Objects of their own for the tags that namespaces follow. */
export function tagFiles(situation: Situation): Record<string, string> {
  const { tags, tagsIn, installer } = situation;
  const { old } = revisionsOf(situation);
  if (tags.length === 0 || tagsIn === 'release') return {};
  const objects = tags.map((name) =>
    installer === 'sail'
      ? {
          apiVersion: 'sailoperator.io/v1',
          kind: 'IstioRevisionTag',
          metadata: { name },
          spec: { targetRef: { kind: 'IstioRevision', name: old } },
        }
      : webhookObject(`istio-revision-tag-${name}`, old, name, name),
  );
  return Object.fromEntries(
    objects.map((object, index) => [`tags/${tags[index] ?? ''}.yaml`, documents(object)]),
  );
}

/** What has a GitOps tool look at the folders. */
export function gitOps({ installer }: Situation): Record<string, string> {
  const folders = ['infra', 'apps', 'tags'];
  if (installer === 'flux') return { 'clusters/prod.yaml': documents(...folders.map(fluxFolder)) };
  return installer === 'argocd' ? { 'clusters/prod.yaml': documents(...folders.map(argoFolder)) } : {};
}

function fluxFolder(name: string): object {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name, namespace: 'flux-system' },
    spec: {
      interval: '10m',
      path: `./${name}`,
      prune: true,
      sourceRef: { kind: 'GitRepository', name: 'flux-system' },
    },
  };
}

function argoFolder(name: string): object {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name, namespace: 'argocd' },
    spec: {
      project: 'default',
      destination: { server: 'https://kubernetes.default.svc' },
      source: { repoURL: 'https://git.example.com/mesh', targetRevision: 'main', path: name },
    },
  };
}
