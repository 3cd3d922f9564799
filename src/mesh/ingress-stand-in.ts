import type { Origin, Resource } from '../render/resource.ts';
import { servicesOf } from './services.ts';
import type { ServiceModel } from './services.ts';
import { workloadsOf } from './workloads.ts';
import type { Workload } from './workloads.ts';

/** The default ingress gateway as a pod and a Service, written in no file and never reported on. */
export interface IngressStandIn {
  readonly workload: Workload;
  readonly service: ServiceModel;
}

const SYSTEM_NAMESPACE = 'istio-system';
const LABELS = { istio: 'ingressgateway' };
const PORTS = [
  { name: 'http2', port: 80 },
  { name: 'https', port: 443 },
  { name: 'tcp', port: 31400 },
  { name: 'tls', port: 15443 },
];

/**
 * What Istio's analyzers add to files when `ingressControllerMode` is not `OFF`: the pod and the Service of the default
 * ingress gateway. `undefined` when the mesh config turns it off.
 */
export function ingressStandIn(meshConfig: Readonly<Record<string, unknown>>): IngressStandIn | undefined {
  if (meshConfig['ingressControllerMode'] === 'OFF') return undefined;
  const written = meshConfig['ingressService'];
  const name = typeof written === 'string' && written !== '' ? written : 'istio-ingressgateway';
  const [workload] = workloadsOf([
    unwritten('Pod', `${name}-dummypod`, { containers: [{ name: 'istio-proxy' }] }),
  ]);
  const [service] = servicesOf([
    unwritten('Service', name, {
      selector: LABELS,
      ports: PORTS.map(({ name: portName, port }) => ({
        name: portName,
        port,
        protocol: 'TCP',
        targetPort: port,
      })),
    }),
  ]);
  return workload && service && { workload, service };
}

const NOWHERE: Origin = {
  file: '',
  at: () => ({ file: '', line: 1, column: 1, endLine: 1 }),
  through: [],
};

function unwritten(kind: string, name: string, spec: Record<string, unknown>): Resource {
  const metadata = { name, namespace: SYSTEM_NAMESPACE, labels: LABELS };
  return {
    apiVersion: 'v1',
    group: '',
    kind,
    namespace: SYSTEM_NAMESPACE,
    name,
    labels: LABELS,
    annotations: {},
    body: { apiVersion: 'v1', kind, metadata, spec },
    origin: NOWHERE,
    digest: `stand-in ${kind} ${name}`,
  };
}
