import type { Mesh } from '../../mesh/mesh.ts';
import type { Evidence } from '../../vocabulary.ts';
import { field, fields, labels, list, qualifiedName, text, texts } from '../body.ts';

/** What relies on the workloads of a namespace having a proxy: policies that it enforces, and identities that it proves. */
export function dependenceOn(mesh: Mesh, namespace: string): Evidence[] {
  return [...strictMtls(mesh, namespace), ...policies(mesh, namespace)];
}

/** STRICT mTLS of the whole mesh refuses what leaves it; that of the namespace is no longer enforced there. */
function strictMtls(mesh: Mesh, namespace: string): Evidence[] {
  const places = new Set([namespace, mesh.rootNamespace]);
  return mesh.resources('PeerAuthentication').flatMap((resource) => {
    const spec = fields(resource.body, 'spec');
    const isWhole = Object.keys(labels(fields(spec, 'selector'), 'matchLabels')).length === 0;
    const applies = resource.namespace === namespace || (places.has(resource.namespace) && isWhole);
    if (!applies || text(fields(spec, 'mtls'), 'mode') !== 'STRICT') return [];
    const at = resource.origin.at(['spec', 'mtls', 'mode']);
    return [{ says: `PeerAuthentication ${qualifiedName(resource)} demands mTLS`, at }];
  });
}

function policies(mesh: Mesh, namespace: string): Evidence[] {
  return mesh.resources('AuthorizationPolicy').flatMap((resource) => {
    const name = `AuthorizationPolicy ${qualifiedName(resource)}`;
    if (resource.namespace === namespace) {
      return [{ says: `${name} is enforced by the proxies of ${namespace}`, at: resource.origin.at([]) }];
    }
    if (!namesIdentityOf(resource.body, namespace)) return [];
    return [
      { says: `${name} knows callers by an identity in ${namespace}`, at: resource.origin.at(['spec']) },
    ];
  });
}

/** A caller without a proxy has no identity: neither principal nor namespace. */
function namesIdentityOf(body: unknown, namespace: string): boolean {
  return list(field(body, 'spec'), 'rules').some((rule) =>
    list(rule, 'from').some((from) => {
      const source = fields(from, 'source');
      return (
        texts(source, 'namespaces').includes(namespace) ||
        texts(source, 'principals').some((principal) => principal.includes(`/ns/${namespace}/`))
      );
    }),
  );
}
