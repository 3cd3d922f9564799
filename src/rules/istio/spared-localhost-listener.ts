import { shownSetting } from '../../listeners/bind.ts';
import type { Mesh, Workload } from '../../mesh/mesh.ts';
import type { Evidence } from '../../vocabulary.ts';
import { defineRule, type Reporting } from '../rule.ts';
import { subjectAt } from '../subject.ts';
import type { Delivery } from './ist0143-delivery.ts';
import { listenerData } from './ist0143-localhost-listener.ts';
import { verdictsOf } from './ist0143-verdicts.ts';

/** Workloads told by name; of more, only how many. */
const MOST_NAMES = 10;

/** What IST0143 would say but for an exception, and which exception it is. A rule of its own: its level stays low. */
export default defineRule({
  id: 'spared-localhost-listener',
  name: 'spared-localhost-listener',
  level: 'info',
  inputs: [
    'workloads',
    'services',
    'namespaces',
    'injection',
    'controlPlanes',
    'components',
    'meshConfig',
    'Sidecar',
    'VirtualService',
    'ConfigMap',
    'hosts',
  ],
  summary:
    'A port that a Service exposes listens on localhost, and something keeps Istio 1.10 and later from breaking it.',
  messages: {
    spared:
      'Service {service} sends port {port} to {target}, and container {container} listens on {host}. It is spared: {because}.',
    held: 'Control plane {revision} still sends inbound traffic to localhost: {because}. That spares what listens on localhost only: {workloads}.',
  },
  advice: {
    spared:
      'Nothing to do for the upgrade. Listening on 0.0.0.0 (or ::) would make the exception unnecessary.',
    held: 'Let them listen on 0.0.0.0 (or ::) before the switch goes: Istio 1.21 has none, and later versions read only inboundTrafficPolicy in the mesh config.',
  },
  check({ mesh, report }) {
    const held = new Map<string, Held>();
    for (const verdict of verdictsOf(mesh)) {
      const { workload, listener } = verdict;
      if (verdict.is === 'spared') {
        const { because, at } = verdict.exemption;
        const data = { ...listenerData(listener), because };
        report(workload.resource, listener.bind.path, 'spared', data, { evidence: [{ says: because, at }] });
      } else if (verdict.is === 'held') {
        const { revision, delivery } = verdict;
        const known = held.get(revision) ?? { delivery, workloads: new Map<string, Evidence>() };
        const says = `${nameOf(workload)} is told ${shownSetting(listener.bind)}`;
        known.workloads.set(nameOf(workload), { says, at: workload.resource.origin.at(listener.bind.path) });
        held.set(revision, known);
      }
    }
    for (const [revision, each] of held) tellHeld(mesh, report, revision, each);
  },
});

interface Held {
  readonly delivery: Extract<Delivery, { to: 'loopback' }>;
  /** By name: who says that it listens on localhost. */
  readonly workloads: Map<string, Evidence>;
}

/** Once for each control plane, where its switch stands. */
function tellHeld(
  mesh: Mesh,
  report: Reporting<'held'>['report'],
  revision: string,
  { delivery, workloads }: Held,
): void {
  const controlPlane = mesh.controlPlanes.find((one) => one.revision === revision);
  const at = delivery.at ?? controlPlane?.at;
  if (!at) return;
  const istiods = mesh.components.filter(({ component }) => component === 'istiod');
  const name = istiods.find((one) => one.revision === revision)?.name ?? revision;
  const namespace = controlPlane?.namespace ?? mesh.rootNamespace;
  const names = [...workloads.keys()];
  const more = names.length > MOST_NAMES ? [`${names.length - MOST_NAMES} more`] : [];
  const data = {
    revision,
    because: delivery.because,
    workloads: [...names.slice(0, MOST_NAMES), ...more],
  };
  const evidence = [...workloads.values()].slice(0, MOST_NAMES);
  report(subjectAt({ kind: 'ControlPlane', namespace, name }, at), [], 'held', data, { evidence });
}

function nameOf({ kind, namespace, name }: Workload): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}
