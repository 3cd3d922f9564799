import { isDiscovered } from '../../../../mesh/discovery.ts';
import type { Mesh } from '../../../../mesh/mesh.ts';
import { type Hit, objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** Kinds that istiod reads and that a selector can hide from it. */
const KINDS = [
  'VirtualService',
  'DestinationRule',
  'Gateway',
  'ServiceEntry',
  'Sidecar',
  'WorkloadEntry',
  'WorkloadGroup',
  'EnvoyFilter',
  'ProxyConfig',
  'AuthorizationPolicy',
  'PeerAuthentication',
  'RequestAuthentication',
  'Telemetry',
  'WasmPlugin',
  'KubernetesGateway',
  'HTTPRoute',
  'GRPCRoute',
  'TLSRoute',
  'TCPRoute',
  'ReferenceGrant',
];

/** Configuration in namespaces whose labels no discovery selector matches. */
export const outsideDiscovery: OddLook = {
  inputs: ['meshConfig', 'namespaces', ...KINDS],
  hits: (mesh) => {
    const hidden = hiddenNamespaces(mesh);
    if (hidden.size === 0) return [];
    return KINDS.flatMap((kind) =>
      mesh
        .resources(kind)
        .filter(({ namespace }) => hidden.has(namespace))
        .map((resource): Hit => objectHit(resource, ['metadata', 'namespace'])),
    );
  },
};

function hiddenNamespaces(mesh: Mesh): ReadonlySet<string> {
  const config = mesh.meshConfig();
  const hidden = [...mesh.namespaces.values()].filter((one) => isDiscovered(config, one) === 'no');
  return new Set(hidden.map(({ name }) => name));
}
