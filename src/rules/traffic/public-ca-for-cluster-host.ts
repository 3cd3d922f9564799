import { atLeast } from '../../facts/versions.ts';
import { toFqdn } from '../../mesh/host-names.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { field, fieldName, fields, hasPlaceholder, list, text, texts } from '../body.ts';
import { verifiesBySystem } from '../istio/system-certificates.ts';
import { defineRule } from '../rule.ts';
import { isOriginating } from './tls-origination.ts';

const CLUSTER_SUFFIX = '.svc.cluster.local';

/** `system`, and where the proxy's image keeps the certificates of the public CAs. */
const PUBLIC_CAS = new Set([
  'system',
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/ssl/certs/ca-bundle.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
]);

/** The minor since which the public CAs count where none are named. */
const PUBLIC_BY_DEFAULT = 21;

interface ClientTls {
  readonly tls: unknown;
  readonly path: Path;
}

/** All releases for written CAs; since 1.21 the public ones are the default. */
export default defineRule({
  id: 'public-ca-for-cluster-host',
  name: 'public-ca-for-cluster-host',
  level: 'warning',
  inputs: ['DestinationRule', 'controlPlanes'],
  summary: 'TLS to a Service of the cluster is verified against the public CAs, which sign no such name.',
  messages: {
    written: 'TLS to {host} is verified against the public CAs ({ca}), which sign no certificate for it.',
    byDefault:
      'TLS to {host} names no CA: since Istio 1.21 the public CAs count then, and they sign no certificate for it.',
  },
  advice:
    'Name the CA that signs it: caCertificates with a mounted file, or credentialName. If the certificate is for another name, set sni and subjectAltNames. To accept any server: insecureSkipVerify: true.',
  check({ mesh, report }) {
    const byDefault = defaultIsPublic(mesh);
    for (const rule of mesh.resources('DestinationRule')) {
      const host = toFqdn(text(fields(rule.body, 'spec'), 'host'), rule.namespace);
      if (!host.endsWith(CLUSTER_SUFFIX) || host.startsWith('*') || hasPlaceholder(host)) continue;
      for (const { tls, path } of clientTlsOf(rule)) {
        const ca = text(tls, 'caCertificates');
        if (ca === '' ? !byDefault : !PUBLIC_CAS.has(ca)) continue;
        const message = ca === '' ? 'byDefault' : 'written';
        const at = [...path, ca === '' ? 'mode' : fieldName(tls, 'caCertificates')];
        report(rule, at, message, { host, ca }, { confidence: 'likely' });
      }
    }
  },
});

/** Every version is known, and none of them leaves servers unverified. */
function defaultIsPublic(mesh: Mesh): boolean {
  const { controlPlanes } = mesh;
  const isKnown = controlPlanes.every(({ version }) => atLeast(version, PUBLIC_BY_DEFAULT) === true);
  return controlPlanes.length > 0 && isKnown && verifiesBySystem(mesh);
}

/** The places that originate TLS and leave it to the CAs whom to trust. */
function clientTlsOf(rule: Resource): ClientTls[] {
  const spec = fields(rule.body, 'spec');
  const policy = fields(spec, 'trafficPolicy');
  const path: Path = ['spec', fieldName(spec, 'trafficPolicy')];
  const ports = fieldName(policy, 'portLevelSettings');
  const places = [
    { tls: field(policy, 'tls'), path: [...path, 'tls'] },
    ...list(policy, 'portLevelSettings').map((settings, index) => ({
      tls: field(settings, 'tls'),
      path: [...path, ports, index, 'tls'],
    })),
  ];
  return places.filter(({ tls }) => leavesItToTheCas(tls));
}

function leavesItToTheCas(tls: unknown): boolean {
  if (!isOriginating(tls)) return false;
  if (text(tls, 'sni') !== '' || texts(tls, 'subjectAltNames').length > 0) return false;
  return field(tls, 'credentialName') === undefined && field(tls, 'insecureSkipVerify') !== true;
}
