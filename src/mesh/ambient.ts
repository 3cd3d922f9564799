import type { Answer, Location } from '../vocabulary.ts';
import { isKnown } from '../yaml/placeholders.ts';
import { namespaceLabelPath } from './deciding-label.ts';
import type { Injection, NamespaceModel } from './mesh.ts';
import type { Workload } from './workloads.ts';

/** Whether pods are taken into the ambient mesh, and by which rule. Takes effect on running pods, without a restart. */
export interface Ambient {
  readonly ambient: Answer;
  readonly because: string;
  readonly at: Location | undefined;
}

const MODE = 'istio.io/dataplane-mode';

/**
 * Ambient enrolment by istio-cni's default selectors: pod label `ambient`, or namespace label `ambient` and no `none` on
 * the pod; never pods on the host network or with a sidecar. `workload` undefined: a pod without labels of its own;
 * `injection` undefined: sidecars are left out of account.
 */
export function ambientOf(namespace: NamespaceModel, workload?: Workload, injection?: Injection): Ambient {
  if (workload?.hostNetwork === true) return { ambient: 'no', because: 'host network', at: undefined };
  const enrolled = enrolment(namespace, workload);
  if (enrolled.ambient === 'no' || injection === undefined || injection.injected === 'no') return enrolled;
  if (injection.injected === 'yes') {
    return { ambient: 'no', because: `its sidecar (${injection.because})`, at: injection.at };
  }
  return { ...enrolled, ambient: 'unknown', because: `${enrolled.because}, unless it gets a sidecar` };
}

function enrolment(namespace: NamespaceModel, workload: Workload | undefined): Ambient {
  const own = workload && value(workload.labels);
  if (workload && own !== undefined && (own === 'ambient' || own === 'none' || !isKnown(own))) {
    const at = workload.resource.origin.at([...workload.metadataPath, 'labels', MODE]);
    return { ambient: answerFor(own), because: `pod label ${MODE}=${own}`, at };
  }
  const inherited = value(namespace.labels);
  if (inherited !== undefined) {
    const at = namespace.resource?.origin.at(namespaceLabelPath(MODE));
    return { ambient: answerFor(inherited), because: `namespace label ${MODE}=${inherited}`, at };
  }
  if (namespace.labelsKnown === 'yes') return { ambient: 'no', because: `no label ${MODE}`, at: undefined };
  return { ambient: 'unknown', because: 'the labels of its namespace are set elsewhere', at: undefined };
}

function answerFor(mode: string): Answer {
  if (!isKnown(mode)) return 'unknown';
  return mode === 'ambient' ? 'yes' : 'no';
}

function value(labels: Readonly<Record<string, string>>): string | undefined {
  return Object.hasOwn(labels, MODE) ? labels[MODE] : undefined;
}
