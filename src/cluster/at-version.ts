import type { Environment } from '../environments/environment.ts';
import { formatVersion, type IstioVersion } from '../facts/versions.ts';
import { readInstallations } from '../mesh/control-planes.ts';
import { parseImage } from '../mesh/installations/image-reference.ts';
import { toResource } from '../render/plain.ts';
import type { Resource } from '../render/resource.ts';
import { asList, asMap, fieldAt, mappingAt, type Fields } from '../untyped.ts';

/** The images whose tag is the release of Istio. */
const IMAGES = new Set(['pilot', 'proxyv2', 'install-cni', 'ztunnel', 'operator']);

/** Labels in which charts repeat the release. */
const VERSION_LABELS = ['app.kubernetes.io/version', 'operator.istio.io/version', 'helm.sh/chart'];

/**
 * The cluster as if its Istio were of another release, everything else being as it is.
 * @param revision only the control plane of this revision, and the gateways that name it.
 */
export function atVersion(environment: Environment, version: IstioVersion, revision?: string): Environment {
  const { components } = readInstallations(environment);
  const parts = components.filter((part) => revision === undefined || part.revision === revision);
  const places = new Set(parts.map(({ namespace, name }) => `${namespace}/${name}`));
  const resources = environment.resources.map((resource) =>
    places.has(`${resource.namespace}/${resource.name}`) ? moved(resource, version) : resource,
  );
  return { ...environment, resources };
}

function moved(resource: Resource, version: IstioVersion): Resource {
  const text = formatVersion(version);
  const template = mappingAt(resource.body, 'spec', 'template');
  const pod = mappingAt(template, 'spec');
  if (asList(fieldAt(pod, 'containers')).length === 0) return resource;
  const body = {
    ...resource.body,
    metadata: withoutVersionLabels(mappingAt(resource.body, 'metadata')),
    spec: {
      ...mappingAt(resource.body, 'spec'),
      template: {
        ...template,
        spec: {
          ...pod,
          containers: asList(fieldAt(pod, 'containers')).map((container) => withImage(container, text)),
        },
      },
    },
  };
  return toResource(body, resource.origin, `${resource.digest}@${text}`) ?? resource;
}

function withoutVersionLabels(metadata: Fields): Fields {
  const labels = Object.entries(mappingAt(metadata, 'labels')).filter(
    ([key]) => !VERSION_LABELS.includes(key),
  );
  return { ...metadata, labels: Object.fromEntries(labels) };
}

function withImage(container: unknown, tag: string): unknown {
  const fields = asMap(container);
  const image = fieldAt(container, 'image');
  if (!fields || typeof image !== 'string') return container;
  const { hub, name } = parseImage(image);
  return IMAGES.has(name) ? { ...fields, image: `${hub === '' ? '' : `${hub}/`}${name}:${tag}` } : container;
}
