import type { Answer } from '../vocabulary.ts';
import { isKnown } from '../yaml/placeholders.ts';
import { listAt, mappingAt, textAt } from '../untyped.ts';
import type { InjectorWebhook } from './injector-webhooks.ts';
import type { NamespaceModel } from './mesh.ts';
import { allOf, matchesLabelSelector } from './selectors.ts';

/** The webhook that is called; without one, whether a label that is filled in later leaves it open. */
export interface WebhookMatch {
  readonly answer: Answer;
  readonly webhook: InjectorWebhook | undefined;
}

type Labels = Readonly<Record<string, string>>;

/** Evaluates the selectors of all webhooks, once for every distinct pair of namespace and labels that they look at. */
export class WebhookMatcher {
  readonly #webhooks: readonly InjectorWebhook[];
  readonly #podKeys: readonly string[];
  readonly #known = new WeakMap<Labels, Map<string, WebhookMatch>>();

  constructor(webhooks: readonly InjectorWebhook[]) {
    this.#webhooks = webhooks;
    const keys = webhooks.flatMap(({ objectSelector }) => selectedKeys(objectSelector));
    this.#podKeys = [...new Set(keys)].sort();
  }

  match({ labels }: NamespaceModel, pod: Labels): WebhookMatch {
    let known = this.#known.get(labels);
    if (!known) this.#known.set(labels, (known = new Map<string, WebhookMatch>()));
    const values = this.#podKeys.map((key) => (Object.hasOwn(pod, key) ? pod[key] : null));
    const key = JSON.stringify([Object.keys(pod).every(isKnown), ...values]);
    let match = known.get(key);
    if (!match) known.set(key, (match = this.#evaluate(labels, pod)));
    return match;
  }

  /** One certain match settles it, whatever else may match. */
  #evaluate(namespace: Labels, pod: Labels): WebhookMatch {
    let answer: Answer = 'no';
    for (const webhook of this.#webhooks) {
      const matches = allOf([
        matchesLabelSelector(webhook.namespaceSelector, namespace),
        matchesLabelSelector(webhook.objectSelector, pod),
      ]);
      if (matches === 'yes') return { answer: 'yes', webhook };
      if (matches === 'unknown') answer = 'unknown';
    }
    return { answer, webhook: undefined };
  }
}

function selectedKeys(selector: unknown): string[] {
  return [
    ...Object.keys(mappingAt(selector, 'matchLabels')),
    ...listAt(selector, 'matchExpressions').map((expression) => textAt(expression, 'key')),
  ];
}
