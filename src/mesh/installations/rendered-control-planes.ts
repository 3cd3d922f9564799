import type { Location, Path } from '../../vocabulary.ts';
import type { Resource } from '../../render/resource.ts';
import { listAt, textAt } from '../../untyped.ts';
import type { ControlPlane, RevisionTag } from '../mesh.ts';
import type { ContainerModel, Workload } from '../workloads.ts';
import { embeddedYaml } from './embedded-yaml.ts';
import { parseImage } from './image-reference.ts';
import type { Found, ValuesLayer } from './installation.ts';
import { objectVersion } from './rendered-version.ts';
import { imageVersion } from './version-fact.ts';
import type { VersionFact } from './version-fact.ts';
import { writtenValues } from './written-values.ts';

/** istiod as it stands in rendered manifests: its Deployment, ConfigMaps and webhooks. */
export function readRenderedControlPlanes(
  workloads: readonly Workload[],
  resources: readonly Resource[],
): Found {
  const istiods = workloads.flatMap((workload) => {
    const container = istiodContainer(workload);
    return container ? [controlPlaneOf(workload, container, resources)] : [];
  });
  return {
    controlPlanes: istiods,
    tags: renderedTags(resources),
  };
}

/** The container that runs istiod: image `pilot` in a pod named or labelled as Istio names and labels it. */
function istiodContainer({ kind, name, labels, containers }: Workload): ContainerModel | undefined {
  if (kind !== 'Deployment') return undefined;
  const named = /^(?:istiod|istio-pilot)(?:-|$)/.test(name);
  const labelled = labels['app'] === 'istiod' || labels['istio'] === 'pilot';
  if (!named && !labelled) return undefined;
  const application = containers.filter(({ init }) => !init);
  return (
    application.find(({ image }) => /^pilot(?:-|$)/.test(parseImage(image).name)) ??
    application.find((container) => container.name === 'discovery')
  );
}

function controlPlaneOf(
  workload: Workload,
  container: ContainerModel,
  resources: readonly Resource[],
): ControlPlane {
  const { resource, namespace } = workload;
  const revision = revisionOf(workload, container);
  const suffix = revision === 'default' ? '' : `-${revision}`;
  const near = resources.filter(
    (candidate) => candidate.kind === 'ConfigMap' && candidate.namespace === namespace,
  );
  const mesh = configMapText(near, `istio${suffix}`, 'mesh');
  const injector = configMapText(near, `istio-sidecar-injector${suffix}`, 'config');
  const policy = textAt(injector?.values, 'policy');
  const values = configMapText(near, `istio-sidecar-injector${suffix}`, 'values');
  // What the chart was given, since 1.26.
  const given = configMapText(near, `values${suffix}`, 'original-values');
  const fact = objectVersion(resource, container);
  return {
    revision,
    ...(fact.versionText === '' && values ? injectorVersion(values, fact) : fact),
    installer: 'manifests',
    release: resource.name,
    namespace: namespace === '' ? 'istio-system' : namespace,
    resource,
    meshConfig: mesh?.values ?? {},
    ...(mesh ? { meshConfigAt: (path: Path): Location => mesh.at(path) } : {}),
    env: container.env,
    injectsByDefault: injectsByDefault(resources, revision),
    neverInject: listAt(injector?.values, 'neverInjectSelector'),
    alwaysInject: listAt(injector?.values, 'alwaysInjectSelector'),
    ...(policy === '' ? {} : { autoInject: policy }),
    ...(given ? { values: writtenValues('istiod', given, false) } : {}),
  };
}

/** Where images are digests, the injector's values still say which tag they were made from. */
function injectorVersion(values: ValuesLayer, image: VersionFact): VersionFact {
  const fact = imageVersion(values, [['global', 'tag']], image);
  return fact.version ? { ...fact, confidence: 'likely' } : image;
}

/** The environment decides, then the label, then the name: `istiod-1-28-3`. */
function revisionOf({ resource, labels, name }: Workload, container: ContainerModel): string {
  const written = container.env['REVISION'] ?? labels['istio.io/rev'] ?? resource.labels['istio.io/rev'];
  if (written !== undefined) return written === '' ? 'default' : written;
  return /^istiod-(.+)$/.exec(name)?.[1] ?? 'default';
}

function configMapText(configMaps: readonly Resource[], name: string, key: string): ValuesLayer | undefined {
  const source = configMaps.findLast((candidate) => candidate.name === name);
  const text = source && textAt(source.body, 'data', key);
  return source && text ? embeddedYaml(text, source.origin.at(['data', key])) : undefined;
}

function isWebhookConfiguration(resource: Resource): boolean {
  return resource.kind === 'MutatingWebhookConfiguration';
}

/** `enableNamespacesByDefault` renders a webhook of its own, `auto.` (1.10 and later). */
function injectsByDefault(resources: readonly Resource[], revision: string): boolean {
  return resources.some(
    (resource) =>
      isWebhookConfiguration(resource) &&
      resource.labels['istio.io/rev'] === revision &&
      listAt(resource.body, 'webhooks').some((entry) => textAt(entry, 'name').startsWith('auto.')),
  );
}

/** Objects of a tag: its webhook configuration (1.10) and its Service (1.28). The webhooks do the injecting, so they win. */
function renderedTags(resources: readonly Resource[]): RevisionTag[] {
  const webhooks = resources.filter(isWebhookConfiguration).flatMap(tagOf);
  const names = new Set(webhooks.map(({ name }) => name));
  const services = resources.filter(({ kind, group }) => kind === 'Service' && group === '').flatMap(tagOf);
  return [...webhooks, ...services.filter(({ name }) => !names.has(name))];
}

function tagOf(resource: Resource): RevisionTag[] {
  const name = resource.labels['istio.io/tag'];
  const revision = resource.labels['istio.io/rev'];
  if (!name || !revision) return [];
  return [{ name, revision, at: resource.origin.at(['metadata', 'labels', 'istio.io/rev']), resource }];
}
