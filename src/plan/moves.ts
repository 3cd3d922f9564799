import type { Fix } from '../vocabulary.ts';
import { deliveredEdit } from './delivery.ts';
import type { Follower } from './followers.ts';
import { gatewayApiMove } from './gateway-moves.ts';
import type { Promotion } from './promotion.ts';
import { isObjectName, sh } from './shell.ts';
import { NOTHING, REVERT, type Action } from './step.ts';

const INJECTION = 'istio-injection';
const REVISION = 'istio.io/rev';

/** Has a namespace or a pod ask for another name. Gateways of charts are their installer's business. */
export function relabelled(p: Promotion, follower: Follower, name: string): Action {
  if (!isObjectName(follower.namespace) || !isObjectName(follower.name)) return NOTHING;
  if (follower.gateway) return gatewayApiMove(p, follower, follower.gateway, name);
  return follower.kind === 'namespace' ? namespaceMove(p, follower, name) : podMove(p, follower, name);
}

function namespaceMove(p: Promotion, follower: Follower, name: string): Action {
  const { name: namespace, key, value, at } = follower;
  const resource = p.head.find('Namespace', '', namespace);
  const edits = namespaceEdits(p, follower, name);
  if (p.delivery.by !== 'kubectl') {
    return deliveredEdit(p.delivery, edits, at ? [{ file: at.file, resource }] : [], []);
  }
  const both = resource?.labels[REVISION];
  const back =
    key === REVISION ? `${REVISION}=${value}` : both === undefined ? `${REVISION}-` : `${REVISION}=${both}`;
  const drop = key === INJECTION ? [`${INJECTION}-`] : [];
  const restore = key === INJECTION ? [`${INJECTION}=${value}`] : [];
  return {
    ...NOTHING,
    edits,
    run: [sh`kubectl label namespace ${namespace} ${[...drop, `${REVISION}=${name}`]} --overwrite`],
    rollback: [
      sh`kubectl label namespace ${namespace} ${[back, ...restore]} --overwrite`,
      ...(edits.length > 0 ? [REVERT] : []),
    ],
  };
}

function namespaceEdits({ head, copy }: Promotion, follower: Follower, name: string): Fix[] {
  const { name: namespace, key, value, at } = follower;
  const title = `Namespace ${namespace} asks for ${name}`;
  if (!at) return [];
  const resource = head.find('Namespace', '', namespace);
  const other = key === INJECTION ? resource?.labels[REVISION] : undefined;
  if (other === undefined) return present([copy.replaceEntry(at, [key, value], [REVISION, name], title)]);
  // istio-injection wins while it is there, whatever the other label says.
  const place = resource?.origin.at(['metadata', 'labels', REVISION], 'key');
  const dropped = copy.replaceEntry(at, [key, value], undefined, title);
  if (!dropped || !place || other === name) return present([dropped]);
  return present([dropped, copy.replaceEntry(place, [REVISION, other], [REVISION, name], title)]);
}

/** A label of the pod template: changing it rolls the workload out. */
function podMove(p: Promotion, follower: Follower, name: string): Action {
  const { workload, key, value, at } = follower;
  if (!workload || !at) return NOTHING;
  const title = `${workload.kind} ${workload.namespace}/${workload.name} asks for ${name}`;
  const edit =
    key === REVISION
      ? p.copy.replaceEntry(at, [key, value], [REVISION, name], title)
      : p.copy.addEntryBelow(at, [key, value], [REVISION, name], title);
  const edits = present([edit]);
  if (p.delivery.by !== 'kubectl') {
    return deliveredEdit(p.delivery, edits, [{ file: at.file, resource: workload.resource }], []);
  }
  return {
    ...NOTHING,
    edits,
    run: [patchOf(follower, name)],
    rollback: [patchOf(follower, key === REVISION ? value : null), ...(edits.length > 0 ? [REVERT] : [])],
  };
}

function patchOf({ workload, namespace, name }: Follower, revision: string | null): string {
  const path = workload?.metadataPath ?? [];
  const body = path.reduceRight<unknown>((inner, field) => ({ [field]: inner }), {
    labels: { [REVISION]: revision },
  });
  const kind = workload?.kind.toLowerCase() ?? 'deployment';
  return sh`kubectl patch ${kind} ${name} -n ${namespace} --type=merge -p ${JSON.stringify(body)}`;
}

/** Has what tried the new revision by `name` ask for its tag again; the tag leads to the same place by now. */
export function returned(p: Promotion, follower: Follower, name: string): Action {
  if (!isObjectName(follower.name)) return NOTHING;
  const now = { ...follower, value: name };
  if (follower.gateway) return gatewayApiMove(p, now, follower.gateway, follower.value);
  return follower.kind === 'namespace' ? namespaceReturn(p, follower, name) : podMove(p, now, follower.value);
}

/** Can it ask again as it did? One without a label of its own would have to lose the one it was given. */
export function canReturn({ kind, key }: Follower): boolean {
  return kind === 'namespace' || key === REVISION || key === 'revision';
}

function namespaceReturn(p: Promotion, follower: Follower, name: string): Action {
  const { name: own, key, value, at } = follower;
  if (!at) return NOTHING;
  const edit = p.copy.replaceEntry(at, [REVISION, name], [key, value], `${own} asks for ${value} again`);
  const edits = present([edit]);
  if (p.delivery.by !== 'kubectl') {
    const resource = p.head.find('Namespace', '', own);
    return deliveredEdit(p.delivery, edits, [{ file: at.file, resource }], []);
  }
  const there = key === REVISION ? [`${REVISION}=${value}`] : [`${REVISION}-`, `${key}=${value}`];
  const back = key === REVISION ? [`${REVISION}=${name}`] : [`${key}-`, `${REVISION}=${name}`];
  return {
    ...NOTHING,
    edits,
    run: [sh`kubectl label namespace ${own} ${there} --overwrite`],
    rollback: [sh`kubectl label namespace ${own} ${back} --overwrite`, ...(edits.length > 0 ? [REVERT] : [])],
  };
}

export function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}
