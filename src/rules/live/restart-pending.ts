import { clusterStateOf, type ClusterState, type ProxyGroup } from '../../mesh/cluster-state.ts';
import type { Mesh, Workload } from '../../mesh/mesh.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { countText, evidenceOf, grouped } from './running-proxies.ts';

type Message = 'moves' | 'gains' | 'loses';

/** Pods that run otherwise than new ones of their workload would. */
interface Pending extends ProxyGroup {
  readonly message: Message;
  /** The revision that new pods get; '' for none. */
  readonly asked: string;
}

/** Injection happens when a pod is created: a label that changed since has done nothing to the pods that run. */
export default defineRule({
  id: 'restart-pending',
  name: 'restart-pending',
  level: 'warning',
  inputs: ['ClusterState', 'workloads', 'injection', 'namespaces'],
  summary: 'Pods run with another sidecar than the cluster would give them now (live cluster only).',
  messages: {
    moves: 'In namespace {namespace} {count} still run a proxy of revision {revision}; new pods get {asked}.',
    gains: 'In namespace {namespace} {count} run without a sidecar; new pods get one of revision {asked}.',
    loses: 'In namespace {namespace} {count} run a proxy of revision {revision}; new pods get no sidecar.',
  },
  advice: {
    moves:
      'Restart them (kubectl rollout restart) and check each, before revision {revision} is removed. Until then any restart moves them, planned or not.',
    gains:
      'Restart them, or say with sidecar.istio.io/inject: "false" that they are to stay outside the mesh.',
    loses: 'Correct the label if they are to stay in the mesh: the next restart takes them out.',
  },
  check(context) {
    const state = clusterStateOf(context.mesh);
    if (!state) return;
    const pending = pendingOf(context, state);
    const key = ({ namespace, message, revision, asked }: Pending) =>
      JSON.stringify([namespace, message, revision, asked]);
    for (const [, group] of grouped(pending, key)) {
      const [{ namespace, message, revision, asked, path }] = group;
      const home = context.mesh.namespaces.get(namespace)?.resource;
      const data = { namespace, count: countText(group), revision, asked };
      const evidence = evidenceOf(group);
      context.report(home ?? state.resource, home ? ['metadata', 'name'] : path, message, data, { evidence });
    }
  },
});

function pendingOf({ mesh, unchecked }: RuleContext<Message>, state: ClusterState): Pending[] {
  const workloads = new Map(mesh.workloads.map((one) => [identityOf(one), one]));
  return state.proxies.flatMap((proxy) => {
    // A Job keeps what it has until it is done; nobody restarts one.
    const workload = proxy.kind === 'Job' ? undefined : workloads.get(identityOf(proxy));
    const injection = workload && injectionNow(mesh, workload);
    if (!injection) return [];
    if (injection.injected === 'unknown') {
      unchecked('whether running pods match their labels', injection.because, state.resource, proxy.path);
      return [];
    }
    const asked = injection.injected === 'yes' ? injection.revision : '';
    const message = messageFor(proxy, asked);
    return message ? [{ ...proxy, message, asked }] : [];
  });
}

/** What the cluster does at present; what is to be applied to it comes later. */
function injectionNow(mesh: Mesh, workload: Workload) {
  return mesh.injectionBefore(workload) ?? mesh.injectionOf(workload);
}

/** Proxies that no webhook put there (generated gateways, written ones) do not follow labels. */
function messageFor({ revision, injected }: ProxyGroup, asked: string): Message | undefined {
  if (revision === asked) return undefined;
  if (revision === '') return 'gains';
  if (!injected) return undefined;
  return asked === '' ? 'loses' : 'moves';
}

function identityOf({ kind, namespace, name }: Pick<Workload, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace}/${name}`;
}
