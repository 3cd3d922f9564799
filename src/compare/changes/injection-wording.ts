import type { Change, Evidence } from '../../vocabulary.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import type { Injection, Mesh } from '../../mesh/mesh.ts';
import { labelOf } from './injection-shifts.ts';
import type { Shift } from './injection-shifts.ts';

/** `SUBJECT gets a sidecar of revision X when pods are next created: RULE`, without the full stop. */
export function sentence(subject: string, { kind, before, after }: Shift, several: boolean): string {
  switch (kind) {
    case 'gains':
      return `${subject} ${several ? 'get' : 'gets'} a sidecar of revision ${after.revision} when pods are next created: ${after.because}`;
    case 'loses':
      return `${subject} ${several ? 'lose their' : 'loses its'} sidecar when pods are next created: ${after.because}`;
    case 'moves':
      return `${subject} ${several ? 'move' : 'moves'} from revision ${before.revision} to ${after.revision} when pods are next created: ${after.because}`;
    case 'unclear': {
      const unknown = after.injected === 'unknown' ? after : before;
      return `${subject} changes the label that decides injection, and what follows is not known here: ${unknown.because}`;
    }
  }
}

/** The revisions before and after, as far as there are any. */
export function ends({ kind, before, after }: Shift): Pick<Change, 'from' | 'to'> {
  const from = kind === 'gains' ? '' : before.revision;
  const to = kind === 'loses' ? '' : after.revision;
  return {
    ...(from !== '' && isKnown(from) ? { from } : {}),
    ...(to !== '' && isKnown(to) ? { to } : {}),
  };
}

/** The namespace's deciding label before and after. */
export function labelEnds(base: Mesh, head: Mesh, namespace: string): { from: string; to: string } {
  return { from: labelIn(base, namespace), to: labelIn(head, namespace) };
}

function labelIn(mesh: Mesh, name: string): string {
  const namespace = mesh.namespaces.get(name);
  return (namespace && labelOf(namespace)) || 'no label';
}

/** What decided before; what decides now is said by the change itself. */
export function evidenceOf(base: Mesh, head: Mesh, { cause, namespace, before }: Shift): Evidence[] {
  if (cause !== 'namespace') return [decision('before', before)];
  const { from, to } = labelEnds(base, head, namespace);
  return [{ says: `namespace ${namespace} goes from ${from} to ${to}`, ...(before.at && { at: before.at }) }];
}

function decision(when: string, { because, at }: Injection): Evidence {
  return { says: `${when}: ${because}`, ...(at && { at }) };
}
