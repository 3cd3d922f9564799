import type { Change } from '../../vocabulary.ts';
import { decidingLabel } from '../../mesh/deciding-label.ts';
import { isDeployedByIstio, isProxyAlone } from '../../mesh/gateway-workloads.ts';
import type { Mesh, MeshComponent } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { blastRadius, NOTHING_TOUCHED, workloadLabel } from './blast-radius.ts';
import type { Shift } from './injection-shifts.ts';
import { ends } from './injection-wording.ts';
import { pairUp } from './pairs.ts';

/**
 * Gateways that another revision serves from now on. One whose own pod template changes rolls at once; so does one that
 * istiod deploys for a Gateway of the Gateway API (1.18 and later), even when only the tag it follows moves.
 */
export function gatewayChanges(base: Mesh, head: Mesh): Change[] {
  return [...chartGatewayMoves(base, head), ...gatewayApiMoves(base, head)];
}

/** Is the shift that of a gateway which asks for another revision by its own label? */
export function isGatewayMove({ kind, cause, workload }: Shift): boolean {
  return kind === 'moves' && cause === 'workload' && workload !== undefined && isProxyAlone(workload);
}

/** A gateway that stands in manifests and changes the label of its own pods. */
export function gatewayMove(head: Mesh, shift: Shift): Change[] {
  const { workload, before, after } = shift;
  if (!workload) return [];
  const label = workloadLabel(workload);
  return [
    {
      kind: 'gateway-moves-revision',
      subject: label,
      ...ends(shift),
      message: `The gateway ${label} moves from revision ${before.revision} to ${after.revision} at once, since its own pod template changes: ${after.because}.`,
      ...(after.at ? { at: after.at } : {}),
      evidence: [{ says: `before: ${before.because}`, ...(before.at && { at: before.at }) }],
      blastRadius: blastRadius(head, [workload]),
    },
  ];
}

function chartGatewayMoves(base: Mesh, head: Mesh): Change[] {
  const { both } = pairUp(
    chartGateways(base),
    chartGateways(head),
    ({ name, namespace }) => `${namespace}/${name}`,
    ({ at }) => at.file,
  );
  return both.flatMap(([before, after]) => chartGatewayMove(base, head, before, after));
}

function chartGateways({ components }: Mesh): MeshComponent[] {
  return components.filter(
    ({ component, installer }) => component === 'gateway' && installer !== 'manifests',
  );
}

/** A label of the namespace decides over the gateway's own, which then changes nothing. */
function chartGatewayMove(base: Mesh, head: Mesh, before: MeshComponent, after: MeshComponent): Change[] {
  if (before.revision === after.revision) return [];
  if (decidingLabel(head.namespaces.get(after.namespace)?.labels ?? {}, {})) return [];
  const [from, to] = [askedBy(base, before), askedBy(head, after)];
  if (from === undefined || to === undefined || from === to) return [];
  return [
    {
      kind: 'gateway-moves-revision',
      subject: after.name === 'gateway' ? 'gateway' : `gateway ${after.name}`,
      from,
      to,
      message: `The gateway ${after.name} moves from revision ${from} to ${to} at once, since its own pod template changes.`,
      at: after.values?.at(['revision']) ?? after.at,
      evidence: [{ says: `before: revision ${from}`, at: before.values?.at(['revision']) ?? before.at }],
      blastRadius: { ...NOTHING_TOUCHED, namespaces: after.namespace === '' ? [] : [after.namespace] },
    },
  ];
}

/** The revision behind the name that a chart's gateway asks for; `undefined` where it may be set out of sight. */
function askedBy(mesh: Mesh, { revision, values }: MeshComponent): string | undefined {
  if (revision === undefined) return values?.elsewhere === true ? undefined : 'default';
  return revisionBehind(mesh, revision);
}

function revisionBehind(mesh: Mesh, name: string): string | undefined {
  if (!isKnown(name)) return undefined;
  const meaning = mesh.meaningOfRevision(name);
  const revision = meaning.is === 'tag' || meaning.is === 'revision' ? meaning.revision : name;
  return isKnown(revision) ? revision : undefined;
}

function gatewayApiMoves(base: Mesh, head: Mesh): Change[] {
  return head.resources('KubernetesGateway').flatMap((gateway) => {
    const earlier = base.find('KubernetesGateway', gateway.namespace, gateway.name);
    if (!earlier || !isDeployedByIstio(gateway) || !isDeployedByIstio(earlier)) return [];
    const [before, after] = [ownerOf(base, earlier), ownerOf(head, gateway)];
    if (!before || !after || before.revision === after.revision) return [];
    return [gatewayApiMove(gateway, before, after)];
  });
}

interface Owner {
  readonly revision: string;
  readonly because: string;
  readonly at: Change['at'];
}

/** Its own label, else its namespace's, else the default (the controller's rule); labels set elsewhere leave it open. */
function ownerOf(mesh: Mesh, gateway: Resource): Owner | undefined {
  const namespace = mesh.namespaces.get(gateway.namespace);
  const own = gateway.labels[REVISION];
  if (own === undefined && namespace?.labelsKnown !== 'yes') return undefined;
  const inherited = namespace?.labels[REVISION];
  const name = own ?? inherited ?? 'default';
  const meaning = mesh.meaningOfRevision(name);
  if (meaning.is !== 'revision' && meaning.is !== 'tag') return undefined;
  if (!isKnown(meaning.revision)) return undefined;
  const holder = own === undefined ? namespace?.resource : gateway;
  const at = holder?.origin.at(own === undefined && inherited === undefined ? ['metadata', 'name'] : LABEL);
  const label = own === undefined && inherited === undefined ? 'no label' : `label ${REVISION}=${name}`;
  const because = meaning.is === 'tag' ? `${label}, a tag of ${meaning.revision}` : label;
  return { revision: meaning.revision, because, at };
}

const REVISION = 'istio.io/rev';
const LABEL = ['metadata', 'labels', REVISION];

function gatewayApiMove({ namespace, name }: Resource, before: Owner, after: Owner): Change {
  return {
    kind: 'gateway-moves-revision',
    subject: `Gateway ${namespace === '' ? '' : `${namespace}/`}${name}`,
    from: before.revision,
    to: after.revision,
    message: `Gateway ${name} moves from revision ${before.revision} to ${after.revision} at once, since istiod rolls the proxies it deploys without being asked: ${after.because}.`,
    ...(after.at ? { at: after.at } : {}),
    evidence: [{ says: `before: ${before.because}`, ...(before.at && { at: before.at }) }],
    blastRadius: { ...NOTHING_TOUCHED, namespaces: namespace === '' ? [] : [namespace] },
  };
}
