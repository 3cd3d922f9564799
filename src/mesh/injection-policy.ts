import type { Answer } from '../vocabulary.ts';
import { atLeast } from '../facts/versions.ts';
import type { IstioVersion } from '../facts/versions.ts';
import { isKnown } from '../yaml/placeholders.ts';
import { isMapping } from '../untyped.ts';
import type { ControlPlane } from './mesh.ts';
import { matchesLabelSelector } from './selectors.ts';

/** The pod as the injector sees it. */
export interface InjectedPod {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** The injector's answer and the rule that gave it. */
export interface PolicyDecision {
  readonly inject: Answer;
  readonly because: string;
  /** The pod's label or annotation that decided. */
  readonly decidedBy?: 'label' | 'annotation';
}

const INJECT = 'sidecar.istio.io/inject';

/**
 * What the injector does with a pod after a webhook has matched, host network aside (`injectRequired`; its order, 1.6 to
 * 1.31). `injector` is `undefined` for a control plane that is not in the repository.
 */
export function injectorDecision(injector: ControlPlane | undefined, pod: InjectedPod): PolicyDecision {
  return (
    byWish(injector?.version, pod) ??
    bySelectors(injector?.neverInject ?? [], pod, 'no', 'neverInjectSelector') ??
    bySelectors(injector?.alwaysInject ?? [], pod, 'yes', 'alwaysInjectSelector') ??
    byPolicy(injector?.autoInject ?? 'enabled')
  );
}

/** Label before annotation. Until 1.26 `yes`, `y` and `on` meant yes and anything else no; since 1.27 two exact words count. */
function byWish(version: IstioVersion | undefined, pod: InjectedPod): PolicyDecision | undefined {
  const decidedBy = readsLabel(version) && Object.hasOwn(pod.labels, INJECT) ? 'label' : 'annotation';
  const value = (decidedBy === 'label' ? pod.labels[INJECT] : pod.annotations[INJECT]) ?? '';
  const because = `pod ${decidedBy} ${INJECT}=${value}`;
  if (value === '') return undefined;
  if (!isKnown(value))
    return { inject: 'unknown', because: `${because}, which is filled in later`, decidedBy };
  if (value === 'true') return { inject: 'yes', because, decidedBy };
  if (value === 'false') return { inject: 'no', because, decidedBy };
  const before: Answer = /^(?:y|yes|true|on)$/i.test(value) ? 'yes' : 'no';
  const strict = atLeast(version, 27);
  if (strict === true) return undefined;
  if (strict === false) return { inject: before, because, decidedBy };
  // Since 1.27 such a value falls through to the policy, which nearly always says yes.
  return before === 'yes'
    ? undefined
    : { inject: 'unknown', because: `${because} means no until 1.26 and nothing since 1.27`, decidedBy };
}

function readsLabel(version: IstioVersion | undefined): boolean {
  return atLeast(version, 9) !== false;
}

/** Selectors are alternatives; empty ones are ignored. */
function bySelectors(
  selectors: readonly unknown[],
  pod: InjectedPod,
  inject: 'yes' | 'no',
  name: string,
): PolicyDecision | undefined {
  const telling = selectors.filter((selector) => isMapping(selector) && Object.keys(selector).length > 0);
  const answers = telling.map((selector) => matchesLabelSelector(selector, pod.labels));
  if (answers.includes('yes')) return { inject, because: `${name} of the injector` };
  if (answers.includes('unknown')) {
    return { inject: 'unknown', because: `${name} of the injector, for labels that are filled in later` };
  }
  return undefined;
}

function byPolicy(policy: string): PolicyDecision {
  if (!isKnown(policy)) return { inject: 'unknown', because: `the injector's policy is filled in later` };
  return { inject: policy === 'enabled' ? 'yes' : 'no', because: `the injector's policy is ${policy}` };
}
