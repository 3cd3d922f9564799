import type { Answer } from '../vocabulary.ts';
import { isKnown } from '../yaml/placeholders.ts';
import { fieldAt, isMapping, listAt, mappingAt, textAt } from '../untyped.ts';

/** Labels of an object: text to text. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Does a set selector (a plain map of labels) select these labels? Every pair has to be there and equal; an empty selector
 * selects everything. A placeholder on either side is `unknown`, unless another pair definitely fails.
 */
export function matchesLabels(selector: Labels, labels: Labels): Answer {
  return all(Object.entries(selector), ([key, value]) => hasLabel(labels, key, [value]));
}

/**
 * Does a Kubernetes LabelSelector (`matchLabels` and `matchExpressions`) select these labels? An absent selector selects
 * everything, as in a webhook; an invalid requirement selects nothing, as in Kubernetes.
 */
export function matchesLabelSelector(selector: unknown, labels: Labels): Answer {
  if (selector === undefined || selector === null) return 'yes';
  if (typeof selector === 'string' && !isKnown(selector)) return 'unknown';
  if (!isMapping(selector)) return 'no';
  const pairs = Object.entries(mappingAt(selector, 'matchLabels'));
  const expressions = listAt(selector, 'matchExpressions');
  return allOf([
    all(pairs, ([key, value]) => requirement(key, 'In', [value], labels)),
    all(expressions, (expression) => matchesExpression(expression, labels)),
  ]);
}

function matchesExpression(expression: unknown, labels: Labels): Answer {
  const values = fieldAt(expression, 'values');
  const list = Array.isArray(values) ? (values as readonly unknown[]) : [];
  if (typeof values === 'string' && !isKnown(values)) return 'unknown';
  return requirement(textAt(expression, 'key'), textAt(expression, 'operator'), list, labels);
}

/** One requirement by Kubernetes' rules: NotIn and DoesNotExist hold when the key is missing. */
function requirement(key: string, operator: string, values: readonly unknown[], labels: Labels): Answer {
  if (!isKnown(key) || !isKnown(operator)) return 'unknown';
  if (!isLabelKey(key)) return 'no';
  switch (operator) {
    case 'In':
    case 'NotIn': {
      if (values.length === 0 || !values.every(isLabelValueOrPlaceholder)) return 'no';
      const held = hasLabel(labels, key, values);
      return operator === 'In' ? held : opposite(held);
    }
    case 'Exists':
    case 'DoesNotExist': {
      if (values.length > 0) return 'no';
      const held = hasKey(labels, key);
      return operator === 'Exists' ? held : opposite(held);
    }
    default:
      return 'no';
  }
}

/**
 * Why Kubernetes would refuse a LabelSelector, in a few words; `undefined` for a valid one. What a placeholder stands for
 * is nobody's fault.
 */
export function selectorFault(selector: unknown): string | undefined {
  if (selector === undefined || selector === null) return undefined;
  if (typeof selector === 'string' && !isKnown(selector)) return undefined;
  if (!isMapping(selector)) return 'it is no mapping';
  const stray = Object.keys(selector).find((key) => key !== 'matchLabels' && key !== 'matchExpressions');
  if (stray !== undefined && isKnown(stray)) return `${stray} is no field of a selector`;
  for (const [key, value] of Object.entries(mappingAt(selector, 'matchLabels'))) {
    if (isKnown(key) && !isLabelKey(key)) return `${key} is no label name`;
    if (!isLabelValueOrPlaceholder(value)) return `the value of ${key} is no label value`;
  }
  for (const expression of listAt(selector, 'matchExpressions')) {
    const fault = expressionFault(expression);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function expressionFault(expression: unknown): string | undefined {
  const [key, operator] = [textAt(expression, 'key'), textAt(expression, 'operator')];
  const values = fieldAt(expression, 'values') ?? [];
  if (!isKnown(key) || !isKnown(operator) || (typeof values === 'string' && !isKnown(values)))
    return undefined;
  if (!isLabelKey(key)) return key === '' ? 'an expression has no key' : `${key} is no label name`;
  if (!Array.isArray(values)) return `the values of ${key} are no list`;
  const list: readonly unknown[] = values;
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (list.length === 0) return `${operator} of ${key} has no values`;
      return list.every(isLabelValueOrPlaceholder) ? undefined : `a value of ${key} is no label value`;
    case 'Exists':
    case 'DoesNotExist':
      return list.length === 0 ? undefined : `${operator} of ${key} takes no values`;
    default:
      return operator === '' ? `the expression on ${key} has no operator` : `${operator} is no operator`;
  }
}

function hasKey(labels: Labels, key: string): Answer {
  if (Object.hasOwn(labels, key)) return 'yes';
  return Object.keys(labels).every(isKnown) ? 'no' : 'unknown';
}

function hasLabel(labels: Labels, key: string, values: readonly string[]): Answer {
  if (!isKnown(key)) return 'unknown';
  const present = hasKey(labels, key);
  if (present !== 'yes') return present;
  const actual = labels[key] ?? '';
  if (!isKnown(actual)) return 'unknown';
  if (values.includes(actual)) return 'yes';
  return values.every(isKnown) ? 'no' : 'unknown';
}

const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?$/;

/** `[prefix/]name`: a prefix of at most 253 characters, a name of 1 to 63 (Kubernetes' IsQualifiedName). */
function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  const prefix = slash < 0 ? undefined : key.slice(0, slash);
  const name = key.slice(slash + 1);
  if (prefix !== undefined && (prefix.length > 253 || !SUBDOMAIN.test(prefix))) return false;
  return name.length <= 63 && NAME.test(name);
}

function isLabelValueOrPlaceholder(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  return value === '' || !isKnown(value) || (value.length <= 63 && NAME.test(value));
}

/** `no` as soon as one is `no`; else `unknown` when one is. */
export function allOf(answers: readonly Answer[]): Answer {
  return all(answers, (answer) => answer);
}

export function opposite(answer: Answer): Answer {
  if (answer === 'unknown') return 'unknown';
  return answer === 'yes' ? 'no' : 'yes';
}

function all<T>(items: readonly T[], test: (item: T) => Answer): Answer {
  let result: Answer = 'yes';
  for (const item of items) {
    const answer = test(item);
    if (answer === 'no') return 'no';
    if (answer === 'unknown') result = 'unknown';
  }
  return result;
}
