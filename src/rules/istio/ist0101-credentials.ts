import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { fieldName, fields, hasPlaceholder, labels, list, text } from '../body.ts';
import { splitReference } from './gateway-references.ts';
import type { ReferenceContext } from './ist0101-reference-not-found.ts';

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
      if (absence.absent !== 'yes' || absence.confidence !== 'certain') return;
      const path = ['spec', 'servers', index, 'tls', fieldName(tls, 'credentialName')];
      const evidence = context.mesh.world === 'closed' ? [] : [{ says: absence.because }];
      context.report(gateway, path, 'credential', { credential, namespace: secret.namespace }, { evidence });
    });
  }
}

/** The namespace of the pods that serve a Gateway: Secrets are read there, not beside the Gateway. */
export function workloadNamespace(mesh: Mesh, gateway: Resource): string | undefined {
  const selector = labels(fields(gateway.body, 'spec'), 'selector');
  const [workload] = mesh.select(selector, undefined).selected;
  return workload === undefined || workload.namespace === '' ? undefined : workload.namespace;
}
