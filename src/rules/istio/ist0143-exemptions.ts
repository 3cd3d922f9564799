import type { Injection, Mesh, Workload } from '../../mesh/mesh.ts';
import { matchesLabels } from '../../mesh/selectors.ts';
import type { Resource } from '../../render/resource.ts';
import type { Location } from '../../vocabulary.ts';
import { field, fields, integer, labels, list, text } from '../body.ts';

/** Why a port of a workload is not reached in the way that changed with 1.10, and where that is written. */
export interface Exemption {
  readonly because: string;
  readonly at: Location;
}

/** Why the sidecar leaves this port alone, or delivers it elsewhere; `undefined` when it does neither. */
export function exemptionOf(
  mesh: Mesh,
  workload: Workload,
  injection: Injection,
  port: number,
): Exemption | undefined {
  return (
    bypassOf(workload, port) ?? captureOf(mesh, workload, injection) ?? ownEndpointOf(mesh, workload, port)
  );
}

const ANNOTATIONS = 'traffic.sidecar.istio.io';
const NEVER_REACHED =
  'traffic never passes the sidecar, so no version of Istio has ever brought it to localhost';

function bypassOf(workload: Workload, port: number): Exemption | undefined {
  const excluded = workload.annotations[`${ANNOTATIONS}/excludeInboundPorts`];
  if (excluded !== undefined && portsIn(excluded).has(String(port))) {
    return annotated(workload, `${ANNOTATIONS}/excludeInboundPorts`, 'excludes the port');
  }
  const included = workload.annotations[`${ANNOTATIONS}/includeInboundPorts`];
  if (included !== undefined && included !== '*' && !portsIn(included).has(String(port))) {
    return annotated(workload, `${ANNOTATIONS}/includeInboundPorts`, 'leaves the port out');
  }
  return undefined;
}

function portsIn(value: string): ReadonlySet<string> {
  return new Set(value.split(',').map((port) => port.trim()));
}

const MODE = 'sidecar.istio.io/interceptionMode';

/** Interception mode NONE: the sidecar captures nothing. TPROXY delivers as REDIRECT does. */
function captureOf(mesh: Mesh, workload: Workload, { revision }: Injection): Exemption | undefined {
  const own = workload.annotations[MODE];
  if (own === 'NONE') return annotated(workload, MODE, 'is NONE');
  const mesh_ = text(fields(mesh.meshConfig(revision), 'defaultConfig'), 'interceptionMode');
  if (own !== undefined || mesh_ !== 'NONE') return undefined;
  const at = workload.resource.origin.at([]);
  return { because: `interceptionMode is NONE in the mesh config: ${NEVER_REACHED}`, at };
}

function annotated({ resource, metadataPath }: Workload, name: string, does: string): Exemption {
  const at = resource.origin.at([...metadataPath, 'annotations', name]);
  return { because: `the annotation ${name} ${does}: ${NEVER_REACHED}`, at };
}

/** The ingress of the Sidecar that holds for the workload names an endpoint for the port: loopback or a socket, on purpose. */
function ownEndpointOf(mesh: Mesh, workload: Workload, port: number): Exemption | undefined {
  for (const sidecar of sidecarsFor(mesh, workload)) {
    for (const [index, listener] of list(fields(sidecar.body, 'spec'), 'ingress').entries()) {
      const endpoint = text(listener, 'defaultEndpoint');
      // `:8080`, 0.0.0.0 and no endpoint at all are the pod's address.
      const isLocal = /^(?:127\.|\[::1\]|unix:)/.test(endpoint);
      if (!isLocal || integer(field(listener, 'port'), 'number') !== port) continue;
      const at = sidecar.origin.at(['spec', 'ingress', index, 'defaultEndpoint']);
      return { because: `Sidecar ${sidecar.name} sends the port to ${endpoint}`, at };
    }
  }
  return undefined;
}

/** Those that select the workload, else those for its whole namespace: the first kind replaces the second. */
function sidecarsFor(mesh: Mesh, workload: Workload): Resource[] {
  const near = mesh
    .resources('Sidecar')
    .filter(({ namespace }) => namespace === workload.namespace || namespace === '')
    .map((resource) => ({
      resource,
      selector: labels(fields(fields(resource.body, 'spec'), 'workloadSelector'), 'labels'),
    }));
  const isGeneral = ({ selector }: { selector: Readonly<Record<string, string>> }): boolean =>
    Object.keys(selector).length === 0;
  const chosen = near.filter(
    (one) => !isGeneral(one) && matchesLabels(one.selector, workload.labels) !== 'no',
  );
  return (chosen.length > 0 ? chosen : near.filter(isGeneral)).map(({ resource }) => resource);
}
