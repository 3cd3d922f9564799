import { hasPlaceholder, text } from '../body.ts';
import { defineRule } from '../rule.ts';
import { externalWebhooks, hostOfUrl, isIpAddress } from './external-control-plane-webhooks.ts';

/** IST0164 (since 1.19): an address changes with the load balancer, and certificates are for names. */
export default defineRule({
  id: 'IST0164',
  name: 'external-control-plane-ip',
  level: 'info',
  inputs: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
  summary: 'A webhook calls an external control plane by its IP address.',
  messages: {
    address: 'Webhook {webhook} calls the external control plane by its IP address {address}.',
  },
  advice: 'Use a host name for production.',
  check({ mesh, report }) {
    for (const { configuration, name, client, path } of externalWebhooks(mesh)) {
      const url = text(client, 'url');
      const host = hasPlaceholder(url) ? undefined : hostOfUrl(url);
      if (host === undefined || !isIpAddress(host)) continue;
      report(configuration, [...path, 'url'], 'address', { webhook: name, address: host });
    }
  },
});
