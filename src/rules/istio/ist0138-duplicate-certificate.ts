import type { Resource } from '../../render/resource.ts';
import { field, fields, hasPlaceholder, labels, list, qualifiedName, text } from '../body.ts';
import { defineRule } from '../rule.ts';
import { soleResources } from './sole-resources.ts';

interface CertifiedGateway {
  readonly gateway: Resource;
  readonly selector: Readonly<Record<string, string>>;
  /** Identities of the certificates its servers show. */
  readonly certificates: ReadonlyMap<string, number>;
}

/** IST0138 (all releases): browsers reuse an HTTP/2 connection for any host its certificate covers. */
export default defineRule({
  id: 'IST0138',
  name: 'duplicate-certificate',
  level: 'warning',
  inputs: ['Gateway'],
  summary: 'Two Gateways of the same workload show the same certificate, so reused connections get 404.',
  messages: {
    duplicate:
      'The Gateways {gateways} show the same certificate: clients that reuse HTTP/2 connections may get 404.',
  },
  advice: 'Serve hosts that share a certificate from one Gateway, or give each Gateway its own certificate.',
  check({ mesh, report }) {
    const gateways = soleResources(mesh, 'Gateway').map(certified);
    for (const one of gateways) {
      if (one.certificates.size === 0) continue;
      for (const other of gateways) {
        if (other === one || !includes(other.selector, one.selector)) continue;
        const shared = [...one.certificates].find(([certificate]) => other.certificates.has(certificate));
        if (!shared) continue;
        const names = [qualifiedName(one.gateway), qualifiedName(other.gateway)];
        report(one.gateway, ['spec', 'servers', shared[1], 'tls'], 'duplicate', { gateways: names });
      }
    }
  },
});

function certified(gateway: Resource): CertifiedGateway {
  const spec = fields(gateway.body, 'spec');
  const certificates = new Map<string, number>();
  list(spec, 'servers').forEach((server, index) => {
    const certificate = certificateOf(field(server, 'tls'));
    if (certificate !== undefined && !certificates.has(certificate)) certificates.set(certificate, index);
  });
  return { gateway, selector: labels(spec, 'selector'), certificates };
}

function certificateOf(tls: unknown): string | undefined {
  const credential = text(tls, 'credentialName');
  if (credential !== '') return hasPlaceholder(credential) ? undefined : `credential ${credential}`;
  const certificate = text(tls, 'serverCertificate');
  const key = text(tls, 'privateKey');
  return certificate !== '' && key !== '' ? `files ${certificate} ${key}` : undefined;
}

function includes(all: Readonly<Record<string, string>>, some: Readonly<Record<string, string>>): boolean {
  return Object.entries(some).every(([key, value]) => all[key] === value);
}
