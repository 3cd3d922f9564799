import type { DecidingLabel } from './deciding-label.ts';
import { fieldAt, listAt, mappingAt, textAt } from '../untyped.ts';
import type { InjectorWebhook } from './injector-webhooks.ts';
import type { Labels } from './selectors.ts';

/** Labels that speak of injection come before others that a written webhook may ask for as well. */
const FIRST = ['istio-injection', 'istio.io/rev', 'sidecar.istio.io/inject'];

/**
 * The label that made a webhook match: one that its selectors ask for, of the namespace before the pod's. `undefined` for
 * a webhook that only says which labels must be missing (enableNamespacesByDefault).
 */
export function labelBehind(
  { namespaceSelector, objectSelector }: InjectorWebhook,
  namespace: Labels,
  pod: Labels,
): DecidingLabel | undefined {
  return askedFor('namespace', namespaceSelector, namespace) ?? askedFor('pod', objectSelector, pod);
}

function askedFor(on: DecidingLabel['on'], selector: unknown, labels: Labels): DecidingLabel | undefined {
  const keys = requiredKeys(selector);
  const key = FIRST.find((first) => keys.includes(first)) ?? keys[0];
  if (key === undefined) return undefined;
  const value = (Object.hasOwn(labels, key) ? labels[key] : undefined) ?? '';
  return { on, key, value, asksFor: undefined };
}

function requiredKeys(selector: unknown): string[] {
  const expressions = listAt(selector, 'matchExpressions').filter((expression) =>
    ['In', 'Exists'].includes(String(fieldAt(expression, 'operator'))),
  );
  return [
    ...Object.keys(mappingAt(selector, 'matchLabels')),
    ...expressions.map((expression) => textAt(expression, 'key')),
  ];
}
