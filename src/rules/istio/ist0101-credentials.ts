import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { fieldName, fields, hasPlaceholder, labels, list, text } from '../body.ts';
import { splitReference } from './gateway-references.ts';
import type { ReferenceContext } from './ist0101-reference-not-found.ts';
import { copierOf, makersOf } from './secret-makers.ts';

/**
 * `credentialName`s without a Secret in the namespace of the gateway's pods. Secrets are seldom kept in repositories, so in
 * an open world only one that this change removes is reported, and silence is no promise.
 */
export function checkCredentials(context: ReferenceContext): void {
  for (const gateway of context.mesh.resources('Gateway')) {
    const spec = fields(gateway.body, 'spec');
    const namespace = workloadNamespace(context.mesh, gateway);
    if (namespace === undefined) continue;
    list(spec, 'servers').forEach((server, index) => {
      const tls = fields(server, 'tls');
      const credential = text(tls, 'credentialName');
      if (credential === '' || hasPlaceholder(credential)) return;
      const secret = splitReference(credential, namespace);
      if (context.mesh.find('Secret', secret.namespace, secret.name)) return;
      const absence = context.mesh.absenceOf({ kind: 'Secret', ...secret });
      const path = ['spec', 'servers', index, 'tls', fieldName(tls, 'credentialName')];
      if (absence.absent !== 'yes' || absence.confidence !== 'certain') {
        if (!absence.declared) checkMadeElsewhere(context, gateway, path, credential);
        return;
      }
      const evidence = context.mesh.world === 'closed' ? [] : [{ says: absence.because }];
      context.report(gateway, path, 'credential', { credential, namespace: secret.namespace }, { evidence });
    });
  }
}

/** The Secret of this name that the repository makes, makes it where no pod of the gateway can read it. */
function checkMadeElsewhere(
  context: ReferenceContext,
  gateway: Resource,
  path: Path,
  credential: string,
): void {
  const { mesh } = context;
  const namespaces = workloadNamespaces(mesh, gateway);
  const [namespace] = namespaces;
  const makers = makersOf(mesh, credential);
  const [maker] = makers;
  if (mesh.world === 'closed' || namespace === undefined || maker === undefined) return;
  if (makers.some((one) => !isPlaced(one) || namespaces.includes(one.namespace))) return;
  const copier = copierOf(mesh, makers);
  if (copier !== undefined) {
    context.unchecked('Secrets of gateways', `${copier} may copy them to other namespaces`, gateway, path);
    return;
  }
  const says = `${maker.kind} ${maker.namespace}/${maker.name} makes it in namespace ${maker.namespace}`;
  const data = { credential, namespace, elsewhere: maker.namespace };
  const evidence = [{ says, at: maker.origin.at(['metadata', 'name']) }];
  context.report(gateway, path, 'credentialElsewhere', data, {
    level: 'warning',
    confidence: 'likely',
    evidence,
  });
}

function isPlaced({ namespace }: Resource): boolean {
  return namespace !== '' && !hasPlaceholder(namespace);
}

/** The namespace of the pods that serve a Gateway: Secrets are read there, not beside the Gateway. */
export function workloadNamespace(mesh: Mesh, gateway: Resource): string | undefined {
  return workloadNamespaces(mesh, gateway)[0];
}

/** All of them: pods with the labels may run in several namespaces, and gateway charts make some. */
export function workloadNamespaces(mesh: Mesh, gateway: Resource): readonly string[] {
  const selector = labels(fields(gateway.body, 'spec'), 'selector');
  const { selected, charts } = mesh.select(selector, undefined);
  const namespaces = [...selected, ...charts].map(({ namespace }) => namespace);
  return [...new Set(namespaces.filter((namespace) => namespace !== '' && !hasPlaceholder(namespace)))];
}
