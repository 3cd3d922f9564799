import type { Fields } from '../../untyped.ts';
import type { Mesh, Workload } from '../../mesh/mesh.ts';
import { fields, text } from '../body.ts';
import { defineRule } from '../rule.ts';
import { InjectorConfigs } from './injector-config.ts';
import { INJECTION, REVISION } from './namespace-labels.ts';
import { proxyImageType } from './proxy-image-type.ts';

/**
 * IST0158 (all releases): running pods whose proxy is not of the image that the injector would give them now. The manifests
 * of a repository hold no injected proxies, so this says something only where the files are a dump of a cluster.
 */
export default defineRule({
  id: 'IST0158',
  name: 'proxy-image',
  level: 'warning',
  inputs: ['namespaces', 'workloads', 'ConfigMap', 'ProxyConfig', 'meshConfig'],
  summary: 'Pods run a proxy of another image than the injector gives now (closed world only).',
  messages: {
    outdated: 'In namespace {namespace} the proxies of {pods} are of another image than new pods get.',
  },
  advice: 'Restart the workloads, so that their pods get the present proxy.',
  check({ mesh, report }) {
    if (mesh.world === 'open') return;
    const injectors = new InjectorConfigs(mesh);
    if (injectors.size === 0) return;
    const outdated = new Map<string, string[]>();
    for (const pod of mesh.workloads) {
      const revision = pod.kind === 'Pod' ? revisionOf(mesh, pod.namespace) : undefined;
      const values = revision === undefined ? undefined : injectors.of(revision);
      if (!values || !isOutdated(mesh, pod, imageIn(values))) continue;
      outdated.set(pod.namespace, [...(outdated.get(pod.namespace) ?? []), pod.name]);
    }
    for (const [namespace, pods] of outdated) {
      const resource = mesh.namespaces.get(namespace)?.resource;
      if (resource) report(resource, ['metadata', 'name'], 'outdated', { namespace, pods: pods.sort() });
    }
  },
});

/** The revision that injects into a namespace by its labels, as Istio's analyzer reads them. */
function revisionOf({ namespaces }: Mesh, namespace: string): string | undefined {
  const labels = namespaces.get(namespace)?.labels ?? {};
  return labels[REVISION] ?? (labels[INJECTION] === 'enabled' ? 'default' : undefined);
}

/** The proxy's image by the injector's values: a complete one as it stands, else put together of hub, name and tag. */
function imageIn(values: Fields): string {
  const global = fields(values, 'global');
  const image = text(fields(global, 'proxy'), 'image');
  return image.includes('/') ? image : `${text(global, 'hub')}/${image}:${text(global, 'tag')}`;
}

function isOutdated(mesh: Mesh, pod: Workload, expected: string): boolean {
  if (Object.hasOwn(pod.annotations, 'sidecar.istio.io/proxyImage')) return false;
  const proxies = pod.containers.filter(({ name }) => name === 'istio-proxy');
  if (proxies.every(({ image }) => image === expected)) return false;
  const variant = `${expected}-${proxyImageType(mesh, pod)}`;
  return proxies.some(({ image }) => image !== expected && image !== variant);
}
