import type { Resource } from '../render/resource.ts';
import { listAt, textAt, type Fields } from '../untyped.ts';
import {
  controlPlaneEntry,
  definitionEntry,
  isIstioWebhook,
  webhookEntry,
  withoutCa,
  type ControlPlaneEntry,
  type DefinitionEntry,
  type WebhookEntry,
} from './installed.ts';
import type { ListedKind } from './kinds.ts';
import { labelsSetByHand, liveResource, resourceIn } from './live-object.ts';
import { controllerOf } from './pods.ts';

const SYSTEM_NAMESPACE = 'istio-system';

/** What is learnt of Istio and its workloads while objects go by. */
export class Observations {
  readonly #controlPlanes = new Map<string, ControlPlaneEntry>();
  readonly #webhooks = new Map<string, WebhookEntry>();
  readonly #definitions = new Map<string, DefinitionEntry>();
  readonly labelsByHand = new Map<string, Readonly<Record<string, string>>>();
  readonly #cronJobs = new Map<string, string>();
  readonly #webhookNamespaces = new Set<string>();

  get controlPlanes(): readonly ControlPlaneEntry[] {
    return inOrder(this.#controlPlanes);
  }

  get definitions(): readonly DefinitionEntry[] {
    return inOrder(this.#definitions);
  }

  get webhooks(): readonly WebhookEntry[] {
    return inOrder(this.#webhooks);
  }

  /** Where control planes run, as far as their webhooks and Deployments tell. */
  get systemNamespaces(): readonly string[] {
    const found = new Set([
      ...this.#webhookNamespaces,
      ...this.controlPlanes.map((plane) => plane.namespace),
    ]);
    return found.size > 0 ? [...found].sort() : [SYSTEM_NAMESPACE];
  }

  /** The first of them: where an installer would go. */
  get systemNamespace(): string {
    return this.systemNamespaces[0] ?? SYSTEM_NAMESPACE;
  }

  cronJobOf(namespace: string, job: string): string | undefined {
    return this.#cronJobs.get(`${namespace}/${job}`);
  }

  /** Takes note of an object, and says what of it is kept. */
  keep(object: Fields, kind: ListedKind): Resource | undefined {
    switch (kind.kind) {
      case 'CustomResourceDefinition': {
        const entry = definitionEntry(object);
        this.#definitions.set(entry.name, entry);
        // The schemas are the bulk of it, and no rule reads them.
        return liveResource({ metadata: object['metadata'] }, kind);
      }
      case 'Namespace':
        this.labelsByHand.set(textAt(object, 'metadata', 'name'), labelsSetByHand(object));
        return liveResource(object, kind);
      case 'Deployment':
        return this.#deployment(object, kind);
      case 'Job':
        return this.#job(object, kind);
      case 'MutatingWebhookConfiguration':
      case 'ValidatingWebhookConfiguration':
        return this.#webhook(object, kind);
      case 'DaemonSet':
      case 'IstioRevision':
        // What the Sail operator makes of its own objects would count twice.
        return isOfSail(object) ? undefined : liveResource(object, kind);
      default:
        return liveResource(object, kind);
    }
  }

  #deployment(object: Fields, kind: ListedKind): Resource | undefined {
    const entry = controlPlaneEntry(object);
    if (entry) this.#controlPlanes.set(`${entry.namespace}/${entry.name}`, entry);
    const resource = liveResource(object, kind);
    if (!resource || !isOfSail(object)) return resource;
    return resourceIn(resource.body, resource.digest, ['helm charts of the Sail operator']);
  }

  /** A Job that has ended runs no more; one of a CronJob is only its latest run. */
  #job(object: Fields, kind: ListedKind): Resource | undefined {
    const controller = controllerOf(object);
    if (controller?.kind === 'CronJob') {
      const place = `${textAt(object, 'metadata', 'namespace')}/${textAt(object, 'metadata', 'name')}`;
      this.#cronJobs.set(place, controller.name);
      return undefined;
    }
    const ended = listAt(object, 'status', 'conditions').some(
      (condition) =>
        ['Complete', 'Failed'].includes(textAt(condition, 'type')) && textAt(condition, 'status') === 'True',
    );
    return ended ? undefined : liveResource(object, kind);
  }

  #webhook(object: Fields, kind: ListedKind): Resource | undefined {
    if (!isIstioWebhook(object)) return undefined;
    const entry = webhookEntry(object, kind.kind);
    this.#webhooks.set(`${entry.kind}/${entry.name}`, entry);
    for (const webhook of listAt(object, 'webhooks')) {
      const namespace = textAt(webhook, 'clientConfig', 'service', 'namespace');
      if (namespace !== '') this.#webhookNamespaces.add(namespace);
    }
    return liveResource(withoutCa(object), kind);
  }
}

function isOfSail(object: Fields): boolean {
  return listAt(object, 'metadata', 'ownerReferences').some((owner) =>
    textAt(owner, 'apiVersion').startsWith('sailoperator.io/'),
  );
}

function inOrder<T>(entries: ReadonlyMap<string, T>): readonly T[] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}
