import type { Change } from '../../vocabulary.ts';
import { isDeployedByIstio } from '../../mesh/gateway-workloads.ts';
import type { Mesh, MeshComponent } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { NOTHING_TOUCHED } from './blast-radius.ts';

/**
 * The base chart's `defaultRevision` (1.12 and later): who validates everything without a revision label, and, where no tag
 * default is written, whose Gateways without a label are.
 */
export function validatorChange(base: Mesh, head: Mesh): Change[] {
  const [before, after] = [validatorOf(base), validatorOf(head)];
  const [from, to] = [nameOf(before), nameOf(after)];
  if (!before || !after || from === to || ![from, to].every(isKnown)) return [];
  const follows = head.tags.every(({ name }) => name !== 'default') ? gatewaysIn(head) : [];
  const at = after.defaultRevision?.at ?? after.at;
  return [
    {
      kind: 'default-revision-moved',
      subject: `defaultRevision of ${after.name}`,
      from,
      to,
      message: `Revision ${to} validates by default instead of ${from}${follows.length > 0 ? ', and Gateways without a revision label are its own, at once' : ''}.`,
      at,
      evidence: [{ says: `before: ${from}`, at: before.defaultRevision?.at ?? before.at }],
      blastRadius: { ...NOTHING_TOUCHED, namespaces: [...new Set(follows)].sort() },
    },
  ];
}

/** The only base chart; of several, two clusters in one environment, none is meant. */
function validatorOf({ components }: Mesh): MeshComponent | undefined {
  const [only, ...others] = components.filter(
    ({ component, values }) => component === 'base' && values?.elsewhere !== true,
  );
  return others.length === 0 ? only : undefined;
}

function nameOf(component: MeshComponent | undefined): string {
  return component?.defaultRevision?.name ?? 'default';
}

/** Namespaces of Gateways that name no revision, nor does their namespace. */
function gatewaysIn(mesh: Mesh): string[] {
  return mesh
    .resources('KubernetesGateway')
    .filter(
      ({ labels, namespace, ...gateway }) =>
        labels['istio.io/rev'] === undefined &&
        namespace !== '' &&
        mesh.namespaces.get(namespace)?.labels['istio.io/rev'] === undefined &&
        isDeployedByIstio({ labels, namespace, ...gateway }),
    )
    .map(({ namespace }) => namespace);
}
