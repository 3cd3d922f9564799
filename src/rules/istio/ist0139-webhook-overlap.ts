import type { Resource } from '../../render/resource.ts';
import { reportAbsent } from '../absent.ts';
import { fields, hasPlaceholder, qualifiedName, text } from '../body.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import {
  injectionWebhooks,
  type InjectionWebhook,
  isCalledFor,
  type Labels,
  revisionsOf,
} from './injection-webhooks.ts';
import { INJECTION, REVISION } from './namespace-labels.ts';
import { soleResources } from './sole-resources.ts';

/** More revisions than any cluster has; bounds the product of label sets for hostile input. */
const MOST_REVISIONS = 40;

type Context = RuleContext<'overlap' | 'noService'>;

/**
 * IST0139 (all releases): every pod must be matched by at most one injection webhook. Proved by trying all combinations of
 * the labels that injection knows.
 */
export default defineRule({
  id: 'IST0139',
  name: 'webhook-overlap',
  level: 'error',
  inputs: ['MutatingWebhookConfiguration', 'Service', 'absence'],
  summary: 'Two injection webhooks match the same pods, or one calls a control plane that does not exist.',
  messages: {
    overlap: 'The webhook configuration matches pods that {others} matches too, such as {example}.',
    noService: 'Webhook {webhook} calls the Service {service}, which does not exist.',
  },
  advice: {
    overlap:
      'Leave one of them: two revisions must not both be the default. Remove the default tag, or install the other control plane with a revision.',
    noService:
      'Point it at the Service of a control plane that runs. While it calls nobody, pods that it matches cannot be created.',
  },
  check(context) {
    const configurations = soleResources(context.mesh, 'MutatingWebhookConfiguration');
    const webhooks = injectionWebhooks(configurations);
    checkOverlaps(context, webhooks, configurations);
    const told = new Set<string>();
    for (const webhook of webhooks) checkService(context, webhook, told);
  },
});

function checkOverlaps(
  context: Context,
  webhooks: readonly InjectionWebhook[],
  configurations: readonly Resource[],
): void {
  const revisions = [...new Set(configurations.flatMap(revisionsOf))].sort().slice(0, MOST_REVISIONS);
  const reported = new Set<string>();
  for (const namespace of combinations(INJECTION, ['enabled', 'disabled'], revisions)) {
    for (const pod of combinations('sidecar.istio.io/inject', ['true', 'false'], revisions)) {
      const called = webhooks.filter((webhook) => isCalledFor(webhook, namespace, pod));
      if (called.length < 2) continue;
      for (const webhook of context.mesh.world === 'closed' ? called : toMend(called)) {
        const others = called.filter((other) => other !== webhook).map(({ name }) => name);
        const key = JSON.stringify([webhook.configuration.name, others.sort()]);
        if (reported.has(key)) continue;
        reported.add(key);
        const example = `a pod with ${shown(pod)} in a namespace with ${shown(namespace)}`;
        context.report(webhook.configuration, webhook.path, 'overlap', { others, example });
      }
    }
  }
}

/** Of webhooks that overlap, the one to change: a tag is moved or removed more easily than a control plane. */
function toMend(called: readonly InjectionWebhook[]): InjectionWebhook[] {
  const tag = called.find(({ configuration }) => configuration.labels['istio.io/tag'] !== undefined);
  const webhook = tag ?? called.at(-1);
  return webhook ? [webhook] : [];
}

function shown(labels: Labels): string {
  const entries = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return entries.length > 0 ? entries.join(' and ') : 'no labels';
}

/** The label sets to try: without `key` or with each of its values, and each of these with every revision. */
function combinations(key: string, values: readonly string[], revisions: readonly string[]): Labels[] {
  const plain: Labels[] = [{}, ...values.map((value) => ({ [key]: value }))];
  return plain.flatMap((labels) => [
    labels,
    ...revisions.map((revision) => ({ ...labels, [REVISION]: revision })),
  ]);
}

/** The webhooks of a configuration call one Service as a rule: it is told once of each. */
function checkService(context: Context, webhook: InjectionWebhook, told: Set<string>): void {
  const service = fields(fields(webhook.fields, 'clientConfig'), 'service');
  const target = { kind: 'Service', namespace: text(service, 'namespace'), name: text(service, 'name') };
  if (target.name === '' || hasPlaceholder(target.name) || hasPlaceholder(target.namespace)) return;
  if (context.mesh.find('Service', target.namespace, target.name)) return;
  const key = JSON.stringify([webhook.configuration.name, target.namespace, target.name]);
  if (told.has(key)) return;
  told.add(key);
  const path = [...webhook.path, 'clientConfig', 'service', 'name'];
  const data = { webhook: webhook.name, service: qualifiedName(target) };
  reportAbsent(context, target, webhook.configuration, path, 'noService', data);
}
