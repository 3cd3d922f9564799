import { reportUnknownHost } from '../absent.ts';
import { fields, hasPlaceholder, text, texts } from '../body.ts';
import { defineRule } from '../rule.ts';

/** IST0174 (since 1.27): a DestinationRule for a host that no service provides has no effect. */
export default defineRule({
  id: 'IST0174',
  name: 'unknown-destination-rule-host',
  level: 'warning',
  inputs: ['DestinationRule', 'hosts'],
  summary: 'The host of a DestinationRule is not in the service registry.',
  messages: {
    host: 'No service provides the host {host}, so the DestinationRule has no effect.',
    hostSlip:
      'No service provides the host {host}, so the DestinationRule has no effect; there is one called {nearMiss}.',
  },
  advice: {
    host: 'Correct the host, or remove the DestinationRule. A Service of another namespace is written name.namespace.svc.cluster.local.',
    hostSlip: 'Write {nearMiss}.',
  },
  check(context) {
    const { mesh } = context;
    for (const rule of mesh.resources('DestinationRule')) {
      const spec = fields(rule.body, 'spec');
      const host = text(spec, 'host');
      if (hasPlaceholder(host)) continue;
      // A wildcard may cover hosts that come and go, such as those of other clusters.
      if (mesh.world === 'open' && (host === '' || host.startsWith('*'))) continue;
      const answer = mesh.lookupHost(host, rule.namespace, texts(spec, 'exportTo'));
      const message = answer.nearMiss === undefined ? 'host' : 'hostSlip';
      const data = { host, nearMiss: answer.nearMiss ?? '' };
      reportUnknownHost(context, answer, rule, ['spec', 'host'], message, data);
    }
  },
});
