import { field, fields, hasPlaceholder, list, text } from '../body.ts';
import { defineRule } from '../rule.ts';
import { splitReference } from './gateway-references.ts';
import { isInDate } from './certificate.ts';
import { workloadNamespace } from './ist0101-credentials.ts';

/**
 * IST0161 (since 1.20): a Secret that holds no certificate and key. Whether the certificate can be read and is in date is
 * asked in a closed world only: what a repository holds is often a sample, or encrypted.
 */
/** The keys of a certificate and its private key: those of Istio, and those of a Secret of the type kubernetes.io/tls. */
const PAIRS = [
  ['cert', 'key'],
  ['tls.crt', 'tls.key'],
] as const;

export default defineRule({
  id: 'IST0161',
  name: 'invalid-gateway-credential',
  level: 'error',
  inputs: ['Gateway', 'Secret', 'workloads'],
  summary: 'The Secret that a Gateway reads its certificate from does not hold one.',
  messages: {
    invalid: 'The Secret {secret} of namespace {namespace} holds no certificate and key for the gateway.',
  },
  advice: 'Give it tls.crt and tls.key (kind kubernetes.io/tls), or cert and key.',
  check({ mesh, report, today }) {
    for (const gateway of mesh.resources('Gateway')) {
      const namespace = workloadNamespace(mesh, gateway);
      if (namespace === undefined) continue;
      list(fields(gateway.body, 'spec'), 'servers').forEach((server, index) => {
        const credential = text(field(server, 'tls'), 'credentialName');
        if (credential === '' || hasPlaceholder(credential)) return;
        const reference = splitReference(credential, namespace);
        const secret = mesh.find('Secret', reference.namespace, reference.name);
        if (!secret) return;
        const fine =
          mesh.world === 'open' ? mayHoldCertificate(secret.body) : holdsCertificate(secret.body, today);
        if (fine) return;
        const path = ['spec', 'servers', index, 'tls', 'credentialName'];
        const evidence = [{ says: 'the Secret is written here', at: secret.origin.at([]) }];
        const data = { secret: reference.name, namespace: reference.namespace };
        report(gateway, path, 'invalid', data, { evidence });
      });
    }
  },
});

/** In a repository a Secret may be filled in later: an empty field is no proof, one that is missing among others is. */
function mayHoldCertificate(body: unknown): boolean {
  const written = { ...fields(body, 'data'), ...fields(body, 'stringData') };
  if (Object.keys(written).length === 0) return true;
  return PAIRS.some(
    ([certificate, key]) => Object.hasOwn(written, certificate) && Object.hasOwn(written, key),
  );
}

/** As Istio's analyzer reads it: the first pair that is there holds a certificate that is in date. */
function holdsCertificate(body: unknown, today: string): boolean {
  const data = fields(body, 'data');
  const pair = PAIRS.find((names) => names.every((name) => text(data, name) !== ''));
  return pair !== undefined && isInDate(text(data, pair[0]), today);
}
