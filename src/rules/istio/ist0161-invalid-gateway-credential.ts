import { field, fields, hasPlaceholder, list, text } from '../body.ts';
import { defineRule } from '../rule.ts';
import { splitReference } from './gateway-references.ts';
import { workloadNamespace } from './ist0101-credentials.ts';

/** IST0161 (since 1.20): a Secret that holds no certificate and key. Whether a certificate is in date is not read here. */
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
  check({ mesh, report }) {
    for (const gateway of mesh.resources('Gateway')) {
      const namespace = workloadNamespace(mesh, gateway);
      if (namespace === undefined) continue;
      list(fields(gateway.body, 'spec'), 'servers').forEach((server, index) => {
        const credential = text(field(server, 'tls'), 'credentialName');
        if (credential === '' || hasPlaceholder(credential)) return;
        const reference = splitReference(credential, namespace);
        const secret = mesh.find('Secret', reference.namespace, reference.name);
        if (!secret || holdsCertificate(secret.body, mesh.world)) return;
        const path = ['spec', 'servers', index, 'tls', 'credentialName'];
        const evidence = [{ says: 'the Secret is written here', at: secret.origin.at([]) }];
        const data = { secret: reference.name, namespace: reference.namespace };
        report(gateway, path, 'invalid', data, { evidence });
      });
    }
  },
});

/** In a repository a Secret may be filled in later: an empty field is no proof, one that is missing among others is. */
function holdsCertificate(body: unknown, world: 'open' | 'closed'): boolean {
  const data = fields(body, 'data');
  const written = world === 'open' ? { ...data, ...fields(body, 'stringData') } : data;
  if (world === 'open' && Object.keys(written).length === 0) return true;
  const has = (name: string) =>
    world === 'open'
      ? Object.hasOwn(written, name)
      : !['', null, undefined].includes(written[name] as string);
  return (has('cert') && has('key')) || (has('tls.crt') && has('tls.key'));
}
