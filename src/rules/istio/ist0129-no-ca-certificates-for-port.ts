import { field, fieldName, fields, integer, list, text } from '../body.ts';
import { defineRule } from '../rule.ts';
import { verifiesNothing } from './destination-rule-verification.ts';
import { verifiesBySystem } from './system-certificates.ts';

/** IST0129 (all releases): IST0128 for the TLS settings of a single port. */
export default defineRule({
  id: 'IST0129',
  name: 'no-ca-certificates-for-port',
  level: 'warning',
  inputs: ['DestinationRule', 'controlPlanes'],
  summary:
    'A DestinationRule originates TLS for a port and does not say which CA signs the server certificate.',
  messages: {
    unverified:
      'TLS mode {mode} for port {port} of {host} names no caCertificates, so the server is not verified.',
  },
  advice:
    'Set caCertificates (system for the public CAs) and sni or subjectAltNames. Since Istio 1.21 the public CAs are the default.',
  check({ mesh, report }) {
    if (verifiesBySystem(mesh)) return;
    for (const rule of mesh.resources('DestinationRule')) {
      const spec = fields(rule.body, 'spec');
      const policy = fields(spec, 'trafficPolicy');
      const path = ['spec', fieldName(spec, 'trafficPolicy'), fieldName(policy, 'portLevelSettings')];
      list(policy, 'portLevelSettings').forEach((settings, index) => {
        const tls = field(settings, 'tls');
        if (!verifiesNothing(tls, rule)) return;
        const port = integer(field(settings, 'port'), 'number') ?? '(none)';
        const data = { mode: text(tls, 'mode'), host: text(spec, 'host'), port };
        report(rule, [...path, index, 'tls', 'mode'], 'unverified', data);
      });
    }
  },
});
