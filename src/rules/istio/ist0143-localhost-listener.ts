import type { LoopbackListener } from '../../listeners/loopback-listeners.ts';
import type { Level } from '../../vocabulary.ts';
import type { Resource } from '../../render/resource.ts';
import { qualifiedName } from '../body.ts';
import { defineRule, type MessageData, type RuleContext } from '../rule.ts';
import { placedAt, type Subject } from '../subject.ts';
import { evidenceFor, placeIn } from './ist0143-evidence.ts';
import { fixFor, placeInField } from './ist0143-fix.ts';
import { type ListenerVerdict, verdictsOf } from './ist0143-verdicts.ts';

const MEND = 'Listen on 0.0.0.0 (or ::).';
const SIDECAR =
  'If the program cannot, add a Sidecar for this workload whose ingress maps port {target} to 127.0.0.1:{target}.';

type Message = 'refused' | 'later' | 'ambient';

/**
 * IST0143 (`istioctl x precheck` 1.10 to 1.20, on running pods): since Istio 1.10 the sidecar connects to the pod's address,
 * where a listener on loopback does not answer. Here it is read off the manifests.
 */
export default defineRule<Message>({
  id: 'IST0143',
  name: 'localhost-listener',
  level: 'error',
  inputs: [
    'workloads',
    'services',
    'namespaces',
    'injection',
    'controlPlanes',
    'meshConfig',
    'upgrades',
    'Sidecar',
    'VirtualService',
    'ConfigMap',
    'hosts',
  ],
  summary:
    'A port that a Service exposes listens on localhost, where the sidecar of Istio 1.10 and later cannot reach it.',
  messages: {
    refused:
      'Service {service} sends port {port} to {target}, but container {container} listens on {host}: the sidecar cannot reach it.',
    later:
      'Service {service} sends port {port} to {target}, and container {container} listens on {host}: that ends with Istio 1.10.',
    ambient:
      'Service {service} sends port {port} to {target}, but container {container} listens on {host}: ztunnel cannot reach it.',
  },
  advice: {
    refused: `${MEND} ${SIDECAR}`,
    later: `${MEND} ${SIDECAR}`,
    ambient: `${MEND} In ambient mode there is no other way: a Sidecar does not count there.`,
  },
  check(context) {
    for (const verdict of verdictsOf(context.mesh)) {
      if (verdict.is === 'unreached') tell(context, verdict);
      else if (verdict.is === 'undecided') {
        const { workload, listener, why } = verdict;
        context.unchecked('a port that listens on localhost', why, workload.resource, listener.bind.path);
      }
    }
  },
});

function tell(
  { mesh, report }: RuleContext<Message>,
  { workload, listener, how, membership, isSure, ignored }: Extract<ListenerVerdict, { is: 'unreached' }>,
): void {
  const { bind } = listener;
  const fix = fixFor(bind, workload.resource);
  const isCertain = bind.trust === 'known' && bind.source !== 'default' && isSure;
  report(subjectOf(workload.resource, bind), bind.path, how, listenerData(listener), {
    level: levelOf(how, bind),
    confidence: isCertain ? 'certain' : 'likely',
    evidence: [...evidenceFor(mesh, workload, listener, membership), ...ignored],
    ...(fix && { fix }),
  });
}

/**
 * What a program does when it is told nothing may be told to it where nobody sees it: in its image. And a name that clients
 * use for their targets too proves little of a program that nobody knows.
 */
function levelOf(how: Message, { source, trust }: LoopbackListener['bind']): Level {
  if (how === 'later') return 'info';
  return source === 'default' || trust === 'weak' ? 'warning' : 'error';
}

/** The workload; what a mounted file or a script says is shown where it says it. */
function subjectOf(workload: Resource, bind: LoopbackListener['bind']): Subject {
  const { source, configMap } = bind;
  const at = configMap ? source === 'file' && placeIn(configMap) : placeInField(bind, workload);
  return at ? placedAt(workload, at) : workload;
}

export function listenerData({ bind, container, exposure }: LoopbackListener): MessageData {
  return {
    service: qualifiedName(exposure.service),
    port: exposure.port.port,
    target: exposure.target,
    container: container.name,
    host: bind.host,
  };
}
