import { parseIstioVersion, type IstioVersion } from '../facts/versions.ts';
import type { Resource } from '../render/resource.ts';
import type { Path } from '../vocabulary.ts';
import { fieldAt, listAt, numberAt, textAt, textsAt } from '../untyped.ts';
import type { Mesh } from './mesh.ts';

/**
 * What is known of a live cluster beside its objects: what `precheck` asked the API server and saw in its pods. It stands in
 * an object of its own (`ClusterState`), so that rules read it like any other, and an overlay of manifests leaves it alone.
 */
export interface ClusterState {
  readonly resource: Resource;
  /** The minor of Kubernetes 1; `undefined` when the server did not say. */
  readonly kubernetes: number | undefined;
  /** As the server says it: `v1.30.2+k3s1`. */
  readonly kubernetesText: string;
  readonly permissions: readonly Permission[];
  readonly controlPlanes: readonly RunningControlPlane[];
  readonly webhooks: readonly WebhookState[];
  readonly definitions: readonly DefinitionState[];
  readonly proxies: readonly ProxyGroup[];
}

/** Where an entry stands in the object. */
interface Entry {
  readonly path: Path;
}

/** Whether the account that asked may create objects of a kind. */
export interface Permission extends Entry {
  /** `deployments.apps`. */
  readonly resource: string;
  /** '' for the whole cluster. */
  readonly namespace: string;
  readonly allowed: boolean;
  readonly why: string;
}

/** The Deployment of an istiod as it runs. */
export interface RunningControlPlane extends Entry {
  readonly namespace: string;
  readonly name: string;
  readonly revision: string;
  readonly available: boolean;
  readonly ready: number;
  readonly desired: number;
}

/** Webhooks of one configuration that call a Service without a CA to trust. */
export interface WebhookState extends Entry {
  readonly kind: string;
  readonly name: string;
  readonly withoutCa: readonly string[];
}

/** A CustomResourceDefinition by its versions. */
export interface DefinitionState extends Entry {
  /** `gateways.gateway.networking.k8s.io`. */
  readonly name: string;
  readonly served: readonly string[];
  readonly stored: readonly string[];
}

/** Running pods of one workload that have the same sidecar, or none. */
export interface ProxyGroup extends Entry {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly pods: number;
  /** '' for pods without a proxy. */
  readonly revision: string;
  readonly version: IstioVersion | undefined;
  /** The webhook put it there; otherwise it is all that the pod runs, or was written by hand. */
  readonly injected: boolean;
}

/** The state of the live cluster; `undefined` where the environment is only what files say. */
export function clusterStateOf(mesh: Pick<Mesh, 'resources'>): ClusterState | undefined {
  const [resource] = mesh.resources('ClusterState');
  return resource && read(resource);
}

function read(resource: Resource): ClusterState {
  const { body } = resource;
  const kubernetesText = textAt(body, 'kubernetes');
  const minor = /^v?1\.(\d{1,3})(?!\d)/.exec(kubernetesText)?.[1];
  return {
    resource,
    kubernetes: minor === undefined ? undefined : Number(minor),
    kubernetesText,
    permissions: entries(body, 'permissions', (entry) => ({
      resource: textAt(entry, 'resource'),
      namespace: textAt(entry, 'namespace'),
      allowed: fieldAt(entry, 'allowed') === true,
      why: textAt(entry, 'why'),
    })),
    controlPlanes: entries(body, 'controlPlanes', (entry) => ({
      ...placeOf(entry),
      revision: textAt(entry, 'revision'),
      available: fieldAt(entry, 'available') === true,
      ready: numberAt(entry, 'ready') ?? 0,
      desired: numberAt(entry, 'desired') ?? 0,
    })),
    webhooks: entries(body, 'webhooks', (entry) => ({
      kind: textAt(entry, 'kind'),
      name: textAt(entry, 'name'),
      withoutCa: textsAt(entry, 'withoutCa'),
    })),
    definitions: entries(body, 'definitions', (entry) => ({
      name: textAt(entry, 'name'),
      served: textsAt(entry, 'served'),
      stored: textsAt(entry, 'stored'),
    })),
    proxies: entries(body, 'proxies', (entry) => ({
      ...placeOf(entry),
      kind: textAt(entry, 'kind'),
      pods: numberAt(entry, 'pods') ?? 0,
      revision: textAt(entry, 'revision'),
      version: parseIstioVersion(textAt(entry, 'version')),
      injected: fieldAt(entry, 'injected') === true,
    })),
  };
}

function placeOf(entry: unknown): { readonly namespace: string; readonly name: string } {
  return { namespace: textAt(entry, 'namespace'), name: textAt(entry, 'name') };
}

function entries<T>(body: unknown, field: string, of: (entry: unknown) => T): (T & Entry)[] {
  return listAt(body, field).map((entry, index) => ({ ...of(entry), path: [field, index] }));
}
