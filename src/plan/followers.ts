import type { Location } from '../vocabulary.ts';
import { decidingLabel, namespaceLabelAt, type DecidingLabel } from '../mesh/deciding-label.ts';
import { SYSTEM_NAMESPACES } from '../mesh/injector-selectors.ts';
import { isDeployedByIstio } from '../mesh/gateway-workloads.ts';
import type { Mesh, MeshComponent, Workload } from '../mesh/mesh.ts';
import type { Resource } from '../render/resource.ts';

/** Something whose pods get their sidecar or proxy from a revision, by the name it asks for. */
export interface Follower {
  readonly kind: 'namespace' | 'workload' | 'gateway';
  /** Where it lives; of a namespace, itself. */
  readonly namespace: string;
  readonly name: string;
  /** The label that asks, and its value; for a gateway chart the value `revision`. */
  readonly key: string;
  readonly value: string;
  /** The revision, tag or `default` it asks for. */
  readonly asksFor: string;
  /** The line of the asking label or value. */
  readonly at: Location | undefined;
  readonly workload?: Workload;
  readonly component?: MeshComponent;
  /** A Gateway of the Gateway API, whose proxies istiod deploys and rolls by itself. */
  readonly gateway?: Resource;
}

/** Everything here that asks for a revision or tag: namespaces by label, pods and Gateways by their own, gateway charts. */
export function followersIn(mesh: Mesh): Follower[] {
  return [
    ...namespaceFollowers(mesh),
    ...workloadFollowers(mesh),
    ...chartGateways(mesh),
    ...apiGateways(mesh),
  ];
}

function namespaceFollowers(mesh: Mesh): Follower[] {
  return [...mesh.namespaces.values()].flatMap((namespace) => {
    const { name, labels, resource, managedBy } = namespace;
    const label = decidingLabel(labels, {});
    if ((!resource && !managedBy) || label?.asksFor === undefined) return [];
    // The injector passes these over, whatever their labels say.
    if (SYSTEM_NAMESPACES.includes(name)) return [];
    const at = namespaceLabelAt(namespace, label.key);
    return [{ kind: 'namespace', namespace: name, name, ...asked(label), at }];
  });
}

function workloadFollowers(mesh: Mesh): Follower[] {
  return mesh.workloads.flatMap((workload) => {
    const around = mesh.namespaces.get(workload.namespace)?.labels ?? {};
    const label = decidingLabel(around, workload.labels);
    if (label?.on !== 'pod' || label.asksFor === undefined || workload.hostNetwork) return [];
    // Where it runs is decided elsewhere, and so is what its namespace's labels make of its own.
    if (workload.namespace === '' || isControlPlanePod(workload)) return [];
    if (SYSTEM_NAMESPACES.includes(workload.namespace)) return [];
    if (workload.labels['sidecar.istio.io/inject'] === 'false') return [];
    const { resource, namespace, name, metadataPath } = workload;
    const at = resource.origin.at([...metadataPath, 'labels', label.key], 'key');
    const kind = isGatewayPod(workload) ? 'gateway' : 'workload';
    return [{ kind, namespace, name, ...asked(label), at, workload }];
  });
}

function asked({ key, value, asksFor = '' }: DecidingLabel): Pick<Follower, 'key' | 'value' | 'asksFor'> {
  return { key, value, asksFor };
}

/** Installers whose gateway pods stand in no manifest. IstioOperator's gateways are upgraded by istioctl, not followers. */
const CHART_INSTALLERS = new Set<MeshComponent['installer']>(['helm', 'argocd', 'flux']);

function chartGateways(mesh: Mesh): Follower[] {
  return mesh.components.flatMap((component) => {
    const { component: part, installer, revision, name, namespace, at } = component;
    if (part !== 'gateway' || !CHART_INSTALLERS.has(installer)) return [];
    if (decidingLabel(mesh.namespaces.get(namespace)?.labels ?? {}, {})) return [];
    const value = revision ?? 'default';
    return [{ kind: 'gateway', namespace, name, key: 'revision', value, asksFor: value, at, component }];
  });
}

/**
 * Gateways of the Gateway API, waypoints among them, by their own label; those without one follow their namespace's
 * `istio.io/rev`, whatever else it says, or else the default (the controller's rule, 1.18 and later).
 */
function apiGateways(mesh: Mesh): Follower[] {
  return mesh.resources('KubernetesGateway').flatMap((gateway) => {
    const { namespace, name, labels, origin } = gateway;
    const own = labels[REVISION];
    const around = mesh.namespaces.get(namespace);
    const isSettledAround = around?.labelsKnown !== 'yes' || around.labels[REVISION] !== undefined;
    if (!isDeployedByIstio(gateway) || namespace === '' || (own === undefined && isSettledAround)) return [];
    const common = { kind: 'gateway', namespace, name, gateway } as const;
    if (own === undefined)
      return [
        { ...common, key: '', value: '', asksFor: 'default', at: origin.at(['metadata', 'name'], 'key') },
      ];
    const at = origin.at(['metadata', 'labels', REVISION], 'key');
    return [{ ...common, key: REVISION, value: own, asksFor: own, at }];
  });
}

const REVISION = 'istio.io/rev';

/** istiod's own pods bear the label of their revision, and never get a sidecar. */
export function isControlPlanePod({ labels }: Workload): boolean {
  return labels['app'] === 'istiod' || labels['istio'] === 'pilot' || labels['istio'] === 'istiod';
}

/** A pod whose proxy is the application: injected by the gateway template, or nothing but a proxy of image `auto`. */
export function isGatewayPod({ annotations, containers }: Workload): boolean {
  if (annotations['inject.istio.io/templates'] === 'gateway') return true;
  return containers.length > 0 && containers.every(({ image }) => image === 'auto');
}

/** Names before the rest is counted. */
const MOST_NAMES = 4;

/** `namespaces catalog and shop`, `namespace shop, gateway istio-ingress/public`; of many, how many more. */
export function followersText(followers: readonly Follower[]): string {
  const names = [...new Set(followers.map(followerText))];
  const namespaces = names.filter((name) => name.startsWith('namespace ')).map((name) => name.slice(10));
  const others = names.filter((name) => !name.startsWith('namespace '));
  const noun = namespaces.length > 1 ? 'namespaces' : 'namespace';
  return [
    ...(namespaces.length > 0 ? [`${noun} ${few(namespaces)}`] : []),
    ...(others.length > 0 ? [few(others)] : []),
  ].join(', ');
}

function few(names: readonly string[]): string {
  const rest = names.length - MOST_NAMES;
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

/** `namespace shop`, `Deployment shop/cart`, `gateway istio-ingress/public`. */
export function followerText({ kind, namespace, name, workload, gateway }: Follower): string {
  if (kind === 'namespace') return `namespace ${name}`;
  const title = workload?.kind ?? (gateway ? 'Gateway' : 'gateway');
  return `${title} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}
