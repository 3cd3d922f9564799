import { fieldAt, listAt, mappingAt, numberAt, textAt, textMapAt, textsAt, type Fields } from '../untyped.ts';

/** An istiod as it runs, as `ClusterState` holds it. */
export interface ControlPlaneEntry {
  readonly namespace: string;
  readonly name: string;
  readonly revision: string;
  readonly available: boolean;
  readonly ready: number;
  readonly desired: number;
}

/** The state of a Deployment that runs istiod; `undefined` for any other. */
export function controlPlaneEntry(deployment: Fields): ControlPlaneEntry | undefined {
  const metadata = mappingAt(deployment, 'metadata');
  const template = mappingAt(deployment, 'spec', 'template');
  const labels = { ...textMapAt(metadata, 'labels'), ...textMapAt(template, 'metadata', 'labels') };
  const name = textAt(metadata, 'name');
  if (labels['app'] !== 'istiod' && !/^istiod(?:-|$)/.test(name)) return undefined;
  const discovery = listAt(template, 'spec', 'containers').find((one) => textAt(one, 'name') === 'discovery');
  if (discovery === undefined) return undefined;
  const env = listAt(discovery, 'env').find((entry) => textAt(entry, 'name') === 'REVISION');
  const available = listAt(deployment, 'status', 'conditions').find(
    (condition) => textAt(condition, 'type') === 'Available',
  );
  const desired = numberAt(deployment, 'spec', 'replicas') ?? 1;
  return {
    namespace: textAt(metadata, 'namespace'),
    name,
    revision: textAt(env, 'value') || labels['istio.io/rev'] || 'default',
    // Kubernetes calls one of no replicas available.
    available: desired > 0 && textAt(available, 'status') === 'True',
    ready: numberAt(deployment, 'status', 'readyReplicas') ?? 0,
    desired,
  };
}

/** Webhooks of one configuration that call a Service and have no CA, as `ClusterState` holds them. */
export interface WebhookEntry {
  readonly kind: string;
  readonly name: string;
  readonly withoutCa: readonly string[];
}

/** Is it one of Istio's? Only those are read. */
export function isIstioWebhook(configuration: Fields): boolean {
  const names = listAt(configuration, 'webhooks').map((webhook) => textAt(webhook, 'name'));
  const labels = textMapAt(configuration, 'metadata', 'labels');
  return names.some((name) => name.endsWith('istio.io')) || labels['istio.io/rev'] !== undefined;
}

export function webhookEntry(configuration: Fields, kind: string): WebhookEntry {
  const withoutCa = listAt(configuration, 'webhooks').filter((webhook) => {
    const client = mappingAt(webhook, 'clientConfig');
    return fieldAt(client, 'service') !== undefined && textAt(client, 'caBundle') === '';
  });
  const names = withoutCa.map((webhook) => textAt(webhook, 'name'));
  return { kind, name: textAt(configuration, 'metadata', 'name'), withoutCa: names };
}

/** The configuration without its CAs: kilobytes that say nothing more. */
export function withoutCa(configuration: Fields): Fields {
  const webhooks = listAt(configuration, 'webhooks').map((webhook) => {
    const clientConfig = Object.entries(mappingAt(webhook, 'clientConfig'));
    const kept = clientConfig.filter(([key]) => key !== 'caBundle');
    return { ...mappingAt(webhook), clientConfig: Object.fromEntries(kept) };
  });
  return { ...configuration, webhooks };
}

/** A CustomResourceDefinition by its versions, as `ClusterState` holds it. */
export interface DefinitionEntry {
  readonly name: string;
  readonly served: readonly string[];
  readonly stored: readonly string[];
}

export function definitionEntry(definition: Fields): DefinitionEntry {
  const served = listAt(definition, 'spec', 'versions').filter((one) => fieldAt(one, 'served') === true);
  return {
    name: textAt(definition, 'metadata', 'name'),
    served: served.map((version) => textAt(version, 'name')),
    stored: textsAt(definition, 'status', 'storedVersions'),
  };
}
