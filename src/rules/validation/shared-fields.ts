import type { Resource } from '../../render/resource.ts';
import { hasPlaceholder } from '../body.ts';
import type { FieldView } from './field-view.ts';
import { isDnsLabel, isIpAddress, wildcardDomainProblem } from './scalars.ts';

/** Of a label, in characters. */
const LONGEST_VALUE = 63;
const LABEL_NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** A map of labels: keys with an optional prefix, values that Kubernetes takes. */
export function checkLabels(labels: FieldView): void {
  for (const [key, value] of labels.entries()) {
    if (hasPlaceholder(key)) continue;
    const name = key.slice(key.lastIndexOf('/') + 1);
    if (!LABEL_NAME.test(name)) value.refuse('has a key that is no label');
    else if (value.text !== '' && !LABEL_NAME.test(value.text)) value.refuse('is no value of a label');
  }
}

/** The pairs of a workload selector. Returns false when one is wrong, which for some kinds ends the validation. */
export function checkSelectorLabels(labels: FieldView): boolean {
  let fine = true;
  for (const [key, value] of labels.entries()) {
    const problem =
      key === ''
        ? 'has an empty key'
        : `${key}${value.text}`.includes('*')
          ? 'must not hold a wildcard'
          : !hasPlaceholder(key) && value.text.length > LONGEST_VALUE
            ? `is longer than ${LONGEST_VALUE} characters`
            : undefined;
    if (problem === undefined) continue;
    value.refuse(problem);
    fine = false;
  }
  return fine;
}

/** `selector.matchLabels`. */
export function checkSelector(selector: FieldView): void {
  if (!selector.isSet) return;
  const labels = selector.field('matchLabels');
  checkSelectorLabels(labels);
  if (!labels.isFilled) selector.warn('selects everything, for it has no labels');
}

/** `workloadSelector.labels`. Returns false when it is wrong. */
export function checkWorkloadSelector(selector: FieldView): boolean {
  if (!selector.isSet) return true;
  const labels = selector.field('labels');
  if (!labels.isFilled) selector.warn('has no labels and so is for the whole namespace');
  return checkSelectorLabels(labels);
}

const MOST_TARGETS = 16;
const TARGETS = new Set([
  '/Service',
  'core/Service',
  'networking.istio.io/ServiceEntry',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
]);

/** `selector`, `targetRef` and `targetRefs` exclude each other, and a target is of a kind that policies can bind to. */
export function checkTargets(spec: FieldView, selectorName = 'selector'): void {
  const single = spec.field('targetRef');
  const several = spec.field('targetRefs');
  const selector = spec.field(selectorName);
  const used = [
    ...(selector.isSet ? [selector] : []),
    ...[single, several].filter(({ isFilled }) => isFilled),
  ];
  if (several.items().length > MOST_TARGETS) several.refuse(`must hold at most ${MOST_TARGETS} entries`);
  if (used.length > 1) used[1]?.refuse('cannot be set together with another way to choose workloads');
  for (const target of [...(single.isSet ? [single] : []), ...several.items()]) {
    const group = target.field('group');
    const kind = target.field('kind');
    if (!target.field('name').isFilled) target.refuse('must have a name');
    if (target.field('namespace').isFilled) target.field('namespace').refuse('must not be set');
    if (group.isOpen || kind.isOpen) continue;
    if (!TARGETS.has(`${group.text}/${kind.text}`)) {
      kind.refuse('must be a Service, ServiceEntry, Gateway or GatewayClass, with its group');
    }
  }
}

/** `exportTo`: `.`, `*` and namespaces, without repetition; `~` for ServiceEntries alone. */
export function checkExportTo(exportTo: FieldView, resource: Resource): void {
  const entries = exportTo.items();
  const seen = new Set<string>();
  for (const entry of entries) {
    const { text } = entry;
    const namespace = text === '.' && resource.namespace !== '' ? resource.namespace : text;
    if (seen.has(namespace)) entry.refuse('is repeated');
    seen.add(namespace);
    if (text === '~' && resource.kind !== 'ServiceEntry') entry.refuse('must be . or * or a namespace');
    else if (!['.', '*', '~'].includes(text) && !isDnsLabel(text))
      entry.refuse('must be . or * or a namespace');
  }
  const alone = entries.find(({ text }) => text === '*' || text === '~');
  if (alone && entries.length > 1) alone.refuse('must stand alone');
}

/** A host that may have a wildcard as its first part, or be one. */
export function checkWildcardHost(host: FieldView): void {
  if (host.isOpen) return;
  if (isIpAddress(host.text)) {
    host.refuse('is an IP address, where a host name belongs');
    return;
  }
  const problem = wildcardDomainProblem(host.text);
  if (problem !== undefined) host.refuse(problem);
}

/** `namespace/host` of a Gateway or Sidecar. */
export function checkNamespacedHost(entry: FieldView, kind: 'Gateway' | 'Sidecar'): void {
  if (entry.isOpen) return;
  const { text } = entry;
  const slash = text.indexOf('/');
  if (slash < 0 && kind === 'Sidecar') {
    entry.refuse('must be of the form namespace/host');
    return;
  }
  const namespace = text.slice(0, Math.max(slash, 0));
  const host = text.slice(slash + 1);
  if (slash >= 0 && (namespace === '' || host === '')) {
    entry.refuse('must have both a namespace and a host');
    return;
  }
  const plain = kind === 'Sidecar' ? namespace.replace(/^~/, '') : namespace;
  const anywhere = ['', '*', '.'].includes(plain);
  if (slash >= 0 && !anywhere && !isDnsLabel(plain))
    entry.refuse(`has "${namespace}", which is no namespace`);
  checkPlainHost(entry, host);
}

function checkPlainHost(entry: FieldView, host: string): void {
  if (host === '*') return;
  if (isIpAddress(host)) return;
  if (!host.includes('.')) {
    entry.refuse('must be * or a complete host name with a dot');
    return;
  }
  const problem = wildcardDomainProblem(host);
  if (problem !== undefined) entry.refuse(problem);
  else if (host.includes('*') && !host.startsWith('*.')) entry.refuse('may have a wildcard as *. only');
}
