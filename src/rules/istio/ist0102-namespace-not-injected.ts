import type { Mesh } from '../../mesh/mesh.ts';
import { defineRule } from '../rule.ts';
import { InjectorConfigs } from './injector-config.ts';
import {
  applicationNamespaces,
  DATAPLANE_MODE,
  INJECTION,
  REVISION,
  type WrittenNamespace,
} from './namespace-labels.ts';

/** Kinds whose presence says that somebody wants the namespace's traffic to be ruled by the mesh. */
const MESH_CONFIGURATION = [
  'VirtualService',
  'DestinationRule',
  'Sidecar',
  'PeerAuthentication',
  'AuthorizationPolicy',
  'RequestAuthentication',
] as const;

/** IST0102 (all releases): a namespace with no word about injection. IST0148 speaks where injection is the default. */
export default defineRule({
  id: 'IST0102',
  name: 'namespace-not-injected',
  level: 'info',
  inputs: ['namespaces', 'ConfigMap', 'controlPlanes', 'injection', 'workloads', ...MESH_CONFIGURATION],
  summary: 'A namespace says neither that its pods are injected nor that they are not.',
  messages: {
    silent: 'Namespace {namespace} carries no injection label, so its pods get no sidecar.',
  },
  advice:
    'Label it istio-injection=enabled (or istio.io/rev=<revision or tag>) to bring it into the mesh, or istio-injection=disabled to say that this is meant.',
  check({ mesh, report }) {
    const injectors = new InjectorConfigs(mesh);
    const configured = namespacesWithMeshConfiguration(mesh);
    // Istio's analyzer knows no other source than the injector's ConfigMap.
    let byDefault = mesh.world === 'open' && mesh.controlPlanes.some((one) => one.injectsByDefault);
    for (const namespace of applicationNamespaces(mesh)) {
      const { labels, name, resource } = namespace;
      if (labels[DATAPLANE_MODE] === 'ambient') continue;
      byDefault = injectors.enablesByDefault(labels[REVISION] ?? '') ?? byDefault;
      if ((labels[INJECTION] ?? '') !== '' || Object.hasOwn(labels, REVISION) || byDefault) continue;
      if (mesh.world === 'open' && !isForgotten(mesh, namespace, configured)) continue;
      report(resource, ['metadata', 'name'], 'silent', { namespace: name });
    }
  },
});

function namespacesWithMeshConfiguration(mesh: Mesh): ReadonlySet<string> {
  return new Set(
    MESH_CONFIGURATION.flatMap((kind) => mesh.resources(kind).map(({ namespace }) => namespace)),
  );
}

/**
 * Most namespaces of a cluster are rightly outside the mesh. One is called forgotten where the mesh is in use here, it holds
 * mesh configuration or workloads that nobody marked, and no pod of it asks for a sidecar itself.
 */
function isForgotten(mesh: Mesh, namespace: WrittenNamespace, configured: ReadonlySet<string>): boolean {
  if (namespace.labelsKnown !== 'yes' || !meshIsUsed(mesh)) return false;
  const workloads = mesh.workloads.filter((workload) => workload.namespace === namespace.name);
  if (workloads.some((workload) => mesh.injectionOf(workload).injected !== 'no')) return false;
  return configured.has(namespace.name) || workloads.length > 0;
}

function meshIsUsed(mesh: Mesh): boolean {
  if (mesh.controlPlanes.length === 0) return false;
  for (const { labels } of mesh.namespaces.values()) {
    if (labels[INJECTION] === 'enabled' || (labels[REVISION] ?? '') !== '') return true;
  }
  return false;
}
