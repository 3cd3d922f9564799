import { field, fieldName, fields, text } from '../body.ts';
import { defineRule } from '../rule.ts';
import { verifiesNothing } from './destination-rule-verification.ts';
import { verifiesBySystem } from './system-certificates.ts';

/** IST0128 (all releases): before 1.21 TLS origination without CA certificates accepts any server. */
export default defineRule({
  id: 'IST0128',
  name: 'no-ca-certificates',
  level: 'warning',
  inputs: ['DestinationRule', 'controlPlanes'],
  summary: 'A DestinationRule originates TLS and does not say which CA signs the server certificate.',
  messages: {
    unverified: 'TLS mode {mode} for {host} names no caCertificates, so the server is not verified.',
  },
  advice:
    'Set caCertificates (system for the public CAs) and sni or subjectAltNames. Since Istio 1.21 the public CAs are the default.',
  check({ mesh, report }) {
    if (verifiesBySystem(mesh)) return;
    for (const rule of mesh.resources('DestinationRule')) {
      const spec = fields(rule.body, 'spec');
      const policy = fields(spec, 'trafficPolicy');
      const tls = field(policy, 'tls');
      if (!verifiesNothing(tls, rule)) continue;
      const path = ['spec', fieldName(spec, 'trafficPolicy'), 'tls', 'mode'];
      report(rule, path, 'unverified', { mode: text(tls, 'mode'), host: text(spec, 'host') });
    }
  },
});
