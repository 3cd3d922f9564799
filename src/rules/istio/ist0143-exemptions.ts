import type { Injection, Mesh, Workload } from '../../mesh/mesh.ts';
import { matchesLabels } from '../../mesh/selectors.ts';
import type { Resource } from '../../render/resource.ts';
import { fieldAt, textAt } from '../../untyped.ts';
import type { Location } from '../../vocabulary.ts';
import { parseText } from '../../yaml/parse.ts';
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
    bypassOf(mesh, workload, injection, port) ??
    captureOf(mesh, workload, injection) ??
    ownEndpointOf(mesh, workload, port)
  );
}

const NEVER_REACHED =
  'traffic never passes the sidecar, so no version of Istio has ever brought it to localhost';

/** The ports that the sidecar captures: the annotation of the pods replaces what the control plane's values say for all. */
function bypassOf(
  mesh: Mesh,
  workload: Workload,
  { revision }: Injection,
  port: number,
): Exemption | undefined {
  const excluded = portsOf(mesh, workload, revision, 'excludeInboundPorts');
  if (excluded?.ports.has(String(port)) === true) return saidBy(excluded, 'excludes the port');
  const included = portsOf(mesh, workload, revision, 'includeInboundPorts');
  if (!included || included.ports.has('*') || included.ports.has(String(port))) return undefined;
  return saidBy(included, 'leaves the port out');
}

interface Ports extends Pick<Exemption, 'at'> {
  readonly ports: ReadonlySet<string>;
  readonly name: string;
}

function portsOf(mesh: Mesh, workload: Workload, revision: string, field: string): Ports | undefined {
  const annotation = `traffic.sidecar.istio.io/${field}`;
  const own = workload.annotations[annotation];
  if (own !== undefined) {
    const name = `the annotation ${annotation}`;
    return { ports: portsIn(own), name, at: annotationAt(workload, annotation) };
  }
  const values = mesh.controlPlanes.find((one) => one.revision === revision)?.values;
  const path = ['global', 'proxy', field];
  const written = fieldAt(values?.values, ...path);
  if (!values || (typeof written !== 'string' && typeof written !== 'number')) return undefined;
  const name = `global.proxy.${field} of the control plane`;
  return { ports: portsIn(String(written)), name, at: values.at(path) };
}

function portsIn(value: string): ReadonlySet<string> {
  return new Set(value.split(',').map((port) => port.trim()));
}

const MODE = 'sidecar.istio.io/interceptionMode';
const PROXY_CONFIG = 'proxy.istio.io/config';

/** Interception mode NONE: the sidecar captures nothing. TPROXY delivers as REDIRECT does. */
function captureOf(mesh: Mesh, workload: Workload, { revision }: Injection): Exemption | undefined {
  const own = workload.annotations[MODE];
  if (own !== undefined) {
    const says = { name: `the annotation ${MODE}`, at: annotationAt(workload, MODE) };
    return own === 'NONE' ? saidBy(says, 'is NONE') : undefined;
  }
  const config = parseText(workload.annotations[PROXY_CONFIG] ?? '').documents[0]?.value;
  const inConfig = textAt(config, 'interceptionMode');
  if (inConfig !== '') {
    const name = `interceptionMode in the annotation ${PROXY_CONFIG}`;
    const says = { name, at: annotationAt(workload, PROXY_CONFIG) };
    return inConfig === 'NONE' ? saidBy(says, 'is NONE') : undefined;
  }
  if (text(fields(mesh.meshConfig(revision), 'defaultConfig'), 'interceptionMode') !== 'NONE')
    return undefined;
  const controlPlane = mesh.controlPlanes.find((one) => one.revision === revision);
  const at = controlPlane?.meshConfigAt?.(['defaultConfig', 'interceptionMode']) ?? controlPlane?.at;
  return saidBy(
    { name: 'interceptionMode in the mesh config', at: at ?? workload.resource.origin.at([]) },
    'is NONE',
  );
}

function saidBy({ name, at }: Pick<Ports, 'name' | 'at'>, does: string): Exemption {
  return { because: `${name} ${does}: ${NEVER_REACHED}`, at };
}

function annotationAt({ resource, metadataPath }: Workload, name: string): Location {
  return resource.origin.at([...metadataPath, 'annotations', name]);
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

/** Those that select the workload, else those for its namespace, else those of the root namespace: each kind replaces the next. */
function sidecarsFor(mesh: Mesh, workload: Workload): Resource[] {
  const all = mesh.resources('Sidecar').map((resource) => ({
    resource,
    selector: labels(fields(fields(resource.body, 'spec'), 'workloadSelector'), 'labels'),
  }));
  const near = all.filter(
    ({ resource: { namespace } }) => namespace === workload.namespace || namespace === '',
  );
  const isGeneral = ({ selector }: { selector: Readonly<Record<string, string>> }): boolean =>
    Object.keys(selector).length === 0;
  const kinds = [
    near.filter((one) => !isGeneral(one) && matchesLabels(one.selector, workload.labels) !== 'no'),
    near.filter(isGeneral),
    all.filter((one) => isGeneral(one) && one.resource.namespace === mesh.rootNamespace),
  ];
  return (kinds.find((kind) => kind.length > 0) ?? []).map(({ resource }) => resource);
}
