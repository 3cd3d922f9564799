import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { field, list, text } from '../body.ts';

/** A webhook of Istio as a remote cluster has it: it calls a control plane that runs elsewhere. */
export interface ExternalWebhook {
  readonly configuration: Resource;
  readonly name: string;
  readonly client: unknown;
  /** Of `clientConfig`. */
  readonly path: Path;
}

export function externalWebhooks(mesh: Mesh): ExternalWebhook[] {
  const validating = mesh
    .resources('ValidatingWebhookConfiguration')
    .filter(({ name }) => name === 'istiod-default-validator' || name.startsWith('istio-validator'));
  const mutating = mesh
    .resources('MutatingWebhookConfiguration')
    .filter(({ name }) => name.startsWith('istio-sidecar-injector'));
  return [...validating, ...mutating].flatMap((configuration) =>
    list(configuration.body, 'webhooks').map((webhook, index) => ({
      configuration,
      name: text(webhook, 'name'),
      client: field(webhook, 'clientConfig'),
      path: ['webhooks', index, 'clientConfig'],
    })),
  );
}

/** The host of a URL; `undefined` when it is none. */
export function hostOfUrl(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : undefined;
}

/** Whether a host is an IP address in plain notation. */
export function isIpAddress(host: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host) || (host.includes(':') && /^[\da-fA-F:.]+$/.test(host));
}
