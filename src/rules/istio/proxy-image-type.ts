import { embeddedYaml } from '../../mesh/installations/embedded-yaml.ts';
import type { Mesh, Workload } from '../../mesh/mesh.ts';
import { matchesLabels } from '../../mesh/selectors.ts';
import type { Resource } from '../../render/resource.ts';
import { field, fields, labels, text } from '../body.ts';

const ANNOTATION = 'proxy.istio.io/config';
/** Longer annotations are not read. */
const LONGEST = 10_000;

/**
 * The variant of the proxy's image that a pod gets (`distroless`), '' for the plain one. Each place overrides the one before:
 * mesh config, ProxyConfig of the root namespace, of the namespace, of the workload, the pod's annotation.
 */
export function proxyImageType(mesh: Mesh, pod: Workload): string {
  const configs = mesh.resources('ProxyConfig');
  const said = [
    imageType(fields(mesh.meshConfig(), 'defaultConfig')),
    ...configs.filter(({ namespace }) => namespace === mesh.rootNamespace).map(imageTypeOf),
    ...configs
      .filter((config) => config.namespace === pod.namespace && !hasSelector(config))
      .map(imageTypeOf),
    ...configs.filter((config) => isFor(config, pod)).map(imageTypeOf),
    annotated(pod),
  ];
  const last = said.findLast((type) => type !== '') ?? '';
  return last === 'default' ? '' : last;
}

function imageType(proxyConfig: unknown): string {
  return text(fields(proxyConfig, 'image'), 'imageType');
}

function imageTypeOf({ body }: Resource): string {
  return imageType(fields(body, 'spec'));
}

function hasSelector({ body }: Resource): boolean {
  return field(fields(body, 'spec'), 'selector') !== undefined;
}

function isFor(config: Resource, { labels: own, namespace }: Workload): boolean {
  const wanted = labels(fields(fields(config.body, 'spec'), 'selector'), 'matchLabels');
  return config.namespace === namespace && hasSelector(config) && matchesLabels(wanted, own) === 'yes';
}

function annotated({ annotations, resource, metadataPath }: Workload): string {
  const written = annotations[ANNOTATION] ?? '';
  if (written === '' || written.length > LONGEST) return '';
  const at = resource.origin.at([...metadataPath, 'annotations', ANNOTATION]);
  return imageType(embeddedYaml(written, at)?.values);
}
