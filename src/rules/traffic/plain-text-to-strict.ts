import { serviceHost, toFqdn } from '../../mesh/host-names.ts';
import { fields, fieldName, qualifiedName, text } from '../body.ts';
import { defineRule } from '../rule.ts';
import { strictFor } from './policies.ts';
import { proxiedPods } from './service-pods.ts';

/** All releases: the proxies of callers do as the DestinationRule says, and those of the Service refuse it. */
export default defineRule({
  id: 'plain-text-to-strict',
  name: 'plain-text-to-strict',
  level: 'warning',
  inputs: ['DestinationRule', 'PeerAuthentication', 'services', 'workloads', 'injection', 'meshConfig'],
  summary: 'A DestinationRule turns TLS off for a Service whose pods take mTLS only.',
  messages: {
    disabled:
      'Callers send plain text to {host}, and all its pods demand mTLS: every request from a proxy fails.',
  },
  advice: 'Remove tls.mode DISABLE (proxies use mTLS by themselves), or let the pods take plain text, too.',
  check({ mesh, report }) {
    const services = new Map(mesh.services.map((one) => [serviceHost(one.name, one.namespace), one]));
    for (const rule of mesh.resources('DestinationRule')) {
      const spec = fields(rule.body, 'spec');
      const policy = fields(spec, 'trafficPolicy');
      const tls = fields(policy, 'tls');
      const service = services.get(toFqdn(text(spec, 'host'), rule.namespace));
      if (text(tls, 'mode') !== 'DISABLE' || !service) continue;
      const strict = strictFor(mesh, proxiedPods(mesh, service));
      if (!strict?.policy) continue;
      const says = `PeerAuthentication ${qualifiedName(strict.policy)} demands mTLS`;
      const evidence = [{ says, at: strict.policy.origin.at(strict.path) }];
      const path = ['spec', fieldName(spec, 'trafficPolicy'), 'tls', 'mode'];
      report(rule, path, 'disabled', { host: serviceHost(service.name, service.namespace) }, { evidence });
    }
  },
});
