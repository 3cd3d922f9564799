import type { Settings } from '../config/settings.ts';
import type { Location } from '../vocabulary.ts';
import { atLeast } from '../facts/versions.ts';
import type { Resource } from '../render/resource.ts';
import { isKnown } from '../yaml/placeholders.ts';
import { decidingLabel, labelText, namespaceLabelAt } from './deciding-label.ts';
import type { DecidingLabel } from './deciding-label.ts';
import { injectorDecision } from './injection-policy.ts';
import type { InjectedPod } from './injection-policy.ts';
import { SYSTEM_NAMESPACES } from './injector-selectors.ts';
import { injectorWebhooks } from './injector-webhooks.ts';
import type { Installations } from './installations/installation.ts';
import type { Injection, NamespaceModel } from './mesh.ts';
import { RevisionNames } from './revisions.ts';
import type { RevisionMeaning } from './revisions.ts';
import { WebhookMatcher } from './webhook-matcher.ts';
import { labelBehind } from './webhook-rule.ts';
import type { Workload } from './workloads.ts';

const INJECT = 'sidecar.istio.io/inject';

/** A pod whose fate is asked for; `workload` is undefined for one without labels of its own. */
interface Pod extends InjectedPod {
  readonly workload: Workload | undefined;
}

const UNMARKED: Pod = { labels: {}, annotations: {}, workload: undefined };

/** Who calls for the pod: a control plane or tag by name, nobody, or it cannot be said. */
interface Caller {
  readonly calls: 'yes' | 'no' | 'unknown';
  readonly revision: string;
  readonly tag?: string | undefined;
  readonly because: string;
  readonly dangling?: string | undefined;
  /** The label that a webhook which calls asked for; `undefined`: it asked for none. */
  readonly label?: DecidingLabel | undefined;
}

/**
 * Decides who injects a sidecar into a pod: which webhook the API server would call (its selectors, by chart version or as
 * written), then what that injector does (`injectRequired`). What the repository cannot show is `unknown`.
 */
export class Injectors {
  readonly #names: RevisionNames;
  readonly #webhooks: WebhookMatcher;
  readonly #hasControlPlanes: boolean;
  /** Before 1.9 pods were kept out by annotation only. */
  readonly #podLabelCounts: boolean;

  constructor(installations: Installations, webhooks: readonly Resource[], settings: Settings) {
    this.#names = new RevisionNames(installations, settings.world, settings.externals);
    this.#webhooks = new WebhookMatcher(injectorWebhooks(installations, webhooks));
    this.#hasControlPlanes = installations.controlPlanes.length > 0;
    this.#podLabelCounts = installations.controlPlanes.every(({ version }) => atLeast(version, 9) !== false);
  }

  /** A pod without labels of its own in this namespace. */
  forNamespace(namespace: NamespaceModel): Injection {
    return this.#decide(namespace, UNMARKED);
  }

  forWorkload(namespace: NamespaceModel, workload: Workload): Injection {
    const { labels, annotations } = workload;
    return this.#decide(namespace, { labels, annotations, workload });
  }

  #decide(namespace: NamespaceModel, pod: Pod): Injection {
    const refusal = this.#refusal(namespace, pod);
    if (refusal) return refusal;
    if (pod.workload?.templateElsewhere !== undefined) {
      return undecided(pod.workload.templateElsewhere);
    }
    if (namespace.labelsKnown !== 'yes') {
      return undecided(`the labels of namespace ${namespace.name || 'not written here'} are set elsewhere`);
    }
    const label = decidingLabel(namespace.labels, pod.labels);
    const caller = this.#caller(namespace, pod, label);
    const decidedBy = caller.calls === 'yes' && 'label' in caller ? caller.label : label;
    const place = () => locate(decidedBy, namespace, pod);
    if (caller.calls !== 'yes') return answer(caller.calls, caller, caller.because, place);
    const decision = injectorDecision(this.#names.controlPlane(caller.revision), pod);
    if (decision.inject === 'yes') return answer('yes', caller, caller.because, place);
    const { decidedBy: holder } = decision;
    return answer(decision.inject, { ...caller, revision: '' }, decision.because, () =>
      holder === undefined ? place() : podPlace(pod, holder),
    );
  }

  /** What keeps a pod out whoever would call: it holds even where the namespace's labels are not known. */
  #refusal({ name }: NamespaceModel, pod: Pod): Injection | undefined {
    const { workload, labels, annotations } = pod;
    if (workload?.hostNetwork === true) {
      return refused('pods on the host network get no sidecar', () =>
        workload.resource.origin.at([...workload.specPath, 'hostNetwork']),
      );
    }
    if (SYSTEM_NAMESPACES.includes(name)) return refused(`no pod of ${name} gets a sidecar`, () => undefined);
    const labelled = Object.hasOwn(labels, INJECT) && this.#podLabelCounts;
    if (labelled && labels[INJECT] === 'false') {
      return refused(`pod label ${INJECT}=false`, () => podPlace(pod, 'label'));
    }
    if (!labelled && annotations[INJECT] === 'false' && Object.keys(labels).every(isKnown)) {
      return refused(`pod annotation ${INJECT}=false`, () => podPlace(pod, 'annotation'));
    }
    return undefined;
  }

  #caller(namespace: NamespaceModel, pod: Pod, label: DecidingLabel | undefined): Caller {
    const match = this.#webhooks.match(namespace, pod.labels);
    if (match.answer === 'unknown') {
      return { calls: 'unknown', revision: '', because: 'a label is filled in later' };
    }
    if (match.webhook) {
      const { revision, tag } = match.webhook;
      const behind = labelBehind(match.webhook, namespace.labels, pod.labels);
      const rule = behind ? labelText(behind) : 'enableNamespacesByDefault';
      const because = tag === undefined ? rule : `${rule}, a tag of ${revision}`;
      return { calls: 'yes', revision, tag, because, label: behind };
    }
    if (!label)
      return { calls: 'no', revision: '', because: 'no label of the namespace or the pod asks for one' };
    return this.#uncalled(label);
  }

  /** No webhook of this environment matches: the label says no, asks for something elsewhere, or for nothing. */
  #uncalled(label: DecidingLabel): Caller {
    const rule = labelText(label);
    if (!isKnown(label.value)) {
      return { calls: 'unknown', revision: '', because: `${rule}, which is filled in later` };
    }
    if (label.asksFor === undefined) return { calls: 'no', revision: '', because: rule };
    const meaning = this.#names.meaningOf(label.asksFor);
    if (meaning.is === 'elsewhere' && !(label.asksFor === 'default' && this.#hasControlPlanes)) {
      return { calls: 'yes', revision: label.asksFor, because: rule };
    }
    if (meaning.is === 'nothing' && label.asksFor !== 'default') {
      const because = `${rule}, which no control plane or tag here has`;
      return { calls: 'no', revision: '', because, dangling: label.asksFor };
    }
    if (meaning.is === 'elsewhere' || meaning.is === 'nothing') return noDefault(rule);
    if (meaning.is !== 'placeholder' && meaning.controlPlane?.webhooksElsewhere === true) {
      const because = `${rule}, and the webhooks of ${meaning.revision} are installed elsewhere`;
      return { calls: 'unknown', revision: '', because };
    }
    return { calls: 'no', revision: '', because: `${rule}, which ${whyDeaf(meaning)} does not answer to` };
  }
}

function whyDeaf(meaning: RevisionMeaning): string {
  const named = meaning.is === 'revision' && meaning.controlPlane?.namedDefault === true;
  return named ? 'an istiod installed with the revision default written out' : 'this version';
}

/** A default tag is often set by hand (`istioctl tag set default`), and `istioctl install` sets one by itself since 1.12. */
function noDefault(rule: string): Caller {
  return {
    calls: 'unknown',
    revision: '',
    because: `${rule}, but no default revision or tag is written here`,
  };
}

function answer(
  injected: Injection['injected'],
  { revision, tag, dangling }: Caller,
  because: string,
  place: () => Location | undefined,
): Injection {
  return {
    injected,
    revision: injected === 'yes' ? revision : '',
    tag,
    because,
    // Places are looked up when they are shown: parsing ten thousand documents again for nothing would cost seconds.
    get at() {
      return place();
    },
    dangling,
  };
}

function refused(because: string, place: () => Location | undefined): Injection {
  return answer('no', { calls: 'no', revision: '', because }, because, place);
}

function undecided(because: string): Injection {
  return answer('unknown', { calls: 'unknown', revision: '', because }, because, () => undefined);
}

function locate(label: DecidingLabel | undefined, namespace: NamespaceModel, pod: Pod): Location | undefined {
  if (!label) return namespace.resource?.origin.at(['metadata', 'name']);
  if (label.on === 'namespace') return namespaceLabelAt(namespace, label.key, 'value');
  return pod.workload?.resource.origin.at([...pod.workload.metadataPath, 'labels', label.key]);
}

function podPlace({ workload }: Pod, holder: 'label' | 'annotation'): Location | undefined {
  return workload?.resource.origin.at([...workload.metadataPath, `${holder}s`, INJECT]);
}
