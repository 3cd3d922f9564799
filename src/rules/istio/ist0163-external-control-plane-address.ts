import { field, hasPlaceholder, text } from '../body.ts';
import { defineRule } from '../rule.ts';
import { externalWebhooks, hostOfUrl } from './external-control-plane-webhooks.ts';

/** IST0163 (since 1.19): a webhook without a place to call fails every pod or configuration it matches. */
export default defineRule({
  id: 'IST0163',
  name: 'external-control-plane-address',
  level: 'warning',
  inputs: ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'],
  summary: 'A webhook of an external control plane has no address, or one that is no URL.',
  messages: {
    blank: 'Webhook {webhook} has neither a URL nor a Service to call.',
    invalid: 'Webhook {webhook} is to call {url}, which is not a URL.',
  },
  advice:
    'Give the address of the gateway in front of the external control plane: https://<host>:15017/inject.',
  check({ mesh, report }) {
    for (const { configuration, name, client, path } of externalWebhooks(mesh)) {
      const url = text(client, 'url');
      if (url === '' && field(client, 'service') === undefined) {
        report(configuration, path, 'blank', { webhook: name });
      } else if (url !== '' && !hasPlaceholder(url) && hostOfUrl(url) === undefined) {
        report(configuration, [...path, 'url'], 'invalid', { webhook: name, url });
      }
    }
  },
});
