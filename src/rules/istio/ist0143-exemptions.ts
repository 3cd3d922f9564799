import { compareVersions, type IstioVersion } from '../../facts/versions.ts';
import type { ControlPlane, Mesh, Workload } from '../../mesh/mesh.ts';
import { matchesLabels } from '../../mesh/selectors.ts';
import { field, fields, integer, labels, list, text } from '../body.ts';

/** What the proxies of a revision do with inbound traffic for a port that listens on loopback. */
export type Delivery =
  | 'refused' // since 1.10: sent to the pod's address
  | 'served' // sent to loopback, as before 1.10
  | 'served-for-now'; // the control plane is older than 1.10

const V1_10: IstioVersion = { major: 1, minor: 10, patch: 0 };
const V1_21: IstioVersion = { major: 1, minor: 21, patch: 0 };
const V1_22: IstioVersion = { major: 1, minor: 22, patch: 0 };

/**
 * How a control plane has inbound traffic delivered. Istio 1.10 changed the target from loopback to the pod's address;
 * `PILOT_ENABLE_INBOUND_PASSTHROUGH=false` (1.10 to 1.20) and `inboundTrafficPolicy.mode: LOCALHOST` (1.22 and later) undo
 * that. Of an unknown version the switch is believed.
 */
export function deliveryOf(mesh: Mesh, controlPlane: ControlPlane | undefined, revision: string): Delivery {
  const version = controlPlane?.version;
  if (version && compareVersions(version, V1_10) < 0) return 'served-for-now';
  const passthroughOff = controlPlane?.env['PILOT_ENABLE_INBOUND_PASSTHROUGH'] === 'false';
  if (passthroughOff && (!version || compareVersions(version, V1_21) < 0)) return 'served';
  const mode = text(fields(mesh.meshConfig(revision), 'inboundTrafficPolicy'), 'mode');
  if (mode === 'LOCALHOST' && (!version || compareVersions(version, V1_22) >= 0)) return 'served';
  return 'refused';
}

/** Why the sidecar leaves this port alone, or delivers it elsewhere; `undefined` when it does neither. */
export function isExempt(mesh: Mesh, workload: Workload, port: number): boolean {
  return workload.hostNetwork || bypassesProxy(workload, port) || hasOwnEndpoint(mesh, workload, port);
}

function bypassesProxy({ annotations }: Workload, port: number): boolean {
  const excluded = annotations['traffic.sidecar.istio.io/excludeInboundPorts'];
  if (excluded !== undefined && portsIn(excluded).has(String(port))) return true;
  const included = annotations['traffic.sidecar.istio.io/includeInboundPorts'];
  return included !== undefined && included !== '*' && !portsIn(included).has(String(port));
}

function portsIn(value: string): ReadonlySet<string> {
  return new Set(value.split(',').map((port) => port.trim()));
}

/** A Sidecar's `ingress` names the endpoint for the port: loopback or a socket, on purpose. */
function hasOwnEndpoint(mesh: Mesh, workload: Workload, port: number): boolean {
  return mesh.resources('Sidecar').some((sidecar) => {
    const spec = fields(sidecar.body, 'spec');
    const selector = labels(fields(spec, 'workloadSelector'), 'labels');
    const applies =
      (sidecar.namespace === workload.namespace || sidecar.namespace === '') &&
      matchesLabels(selector, workload.labels) !== 'no';
    return (
      applies &&
      list(spec, 'ingress').some(
        (listener) =>
          integer(field(listener, 'port'), 'number') === port &&
          /^(?:127\.|\[::1\]|unix:)/.test(text(listener, 'defaultEndpoint')),
      )
    );
  });
}
