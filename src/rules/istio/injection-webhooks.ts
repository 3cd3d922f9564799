import { type Fields, isMapping } from '../../untyped.ts';
import { matchesLabelSelector } from '../../mesh/selectors.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { field, fields, list, text, texts } from '../body.ts';
import { REVISION } from './namespace-labels.ts';

/** One webhook of a MutatingWebhookConfiguration that injects sidecars. */
export interface InjectionWebhook {
  readonly configuration: Resource;
  /** `<configuration>/<webhook>`, how people know it. */
  readonly name: string;
  readonly fields: Fields;
  readonly path: Path;
}

export type Labels = Readonly<Record<string, string>>;

/** All webhooks of the configurations that concern Istio: one is named `...istio.io`, or a revision is mentioned. */
export function injectionWebhooks(configurations: readonly Resource[]): InjectionWebhook[] {
  return configurations.flatMap((configuration) => {
    const webhooks = list(configuration.body, 'webhooks').filter(isMapping);
    const concerns =
      webhooks.some((webhook) => text(webhook, 'name').endsWith('istio.io')) ||
      revisionsOf(configuration).length > 0;
    if (!concerns) return [];
    return webhooks.map((webhook, index) => ({
      configuration,
      name: `${configuration.name}/${text(webhook, 'name')}`,
      fields: webhook,
      path: ['webhooks', index],
    }));
  });
}

/** The revisions that a configuration's label and its webhooks' selectors mention. */
export function revisionsOf(configuration: Resource): string[] {
  const label = configuration.labels[REVISION];
  const mentioned = list(configuration.body, 'webhooks').flatMap((webhook) => [
    ...mentionedIn(field(webhook, 'namespaceSelector')),
    ...mentionedIn(field(webhook, 'objectSelector')),
  ]);
  return [...(label === undefined ? [] : [label]), ...mentioned];
}

function mentionedIn(selector: unknown): readonly string[] {
  const exact = fields(selector, 'matchLabels')[REVISION];
  const expressions = list(selector, 'matchExpressions').filter(
    (expression) => text(expression, 'key') === REVISION,
  );
  return [
    ...(typeof exact === 'string' ? [exact] : []),
    ...expressions.flatMap((expression) => texts(expression, 'values')),
  ];
}

/** Whether the webhook is certainly called for a pod with these labels in a namespace with those. */
export function isCalledFor(webhook: InjectionWebhook, namespace: Labels, pod: Labels): boolean {
  return (
    matchesLabelSelector(field(webhook.fields, 'namespaceSelector'), namespace) === 'yes' &&
    matchesLabelSelector(field(webhook.fields, 'objectSelector'), pod) === 'yes'
  );
}
