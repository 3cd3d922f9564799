import type { FieldView } from './field-view.ts';
import { isSubnet } from './scalars.ts';
import { checkSelector, checkTargets } from './shared-fields.ts';

const SOURCE_LISTS = [
  'principals',
  'requestPrincipals',
  'namespaces',
  'ipBlocks',
  'remoteIpBlocks',
  'serviceAccounts',
  'trustDomains',
] as const;
const OPERATION_LISTS = ['hosts', 'ports', 'methods', 'paths'] as const;
/** Sources that a CUSTOM policy cannot ask for, because they need mTLS or a token. */
const NOT_FOR_CUSTOM = ['namespaces', 'serviceAccounts', 'trustDomains', 'principals', 'requestPrincipals'];
const TCP_SOURCES = ['principals', 'namespaces', 'ipBlocks', 'remoteIpBlocks', 'serviceAccounts'];
const MOST_ACCOUNTS = 16;
const LONGEST_ACCOUNT = 320;
const KEYS = new Set([
  'source.ip',
  'remote.ip',
  'source.namespace',
  'source.serviceAccount',
  'source.principal',
  'source.trustDomain',
  'request.auth.principal',
  'request.auth.audiences',
  'request.auth.presenter',
  'destination.ip',
  'destination.port',
  'connection.sni',
]);
const BRACKETED = ['request.headers', 'request.auth.claims', 'experimental.envoy.filters.'];

/** AuthorizationPolicy. */
export function validateAuthorizationPolicy(spec: FieldView): void {
  checkTargets(spec);
  checkSelector(spec.field('selector'));
  const action = spec.field('action').text || 'ALLOW';
  const rules = spec.field('rules');
  const provider = spec.field('provider');
  if (!spec.field('action').isOpen) {
    if ((action === 'CUSTOM' || action === 'DENY') && !rules.isFilled) {
      spec.refuse(`must have rules: the action ${action} without rules never applies`);
    }
    if (action === 'CUSTOM' && rules.isFilled && !provider.field('name').isFilled)
      provider.refuse('must have a name');
    if (action !== 'CUSTOM' && provider.isSet) provider.refuse('is for the action CUSTOM only');
  }
  for (const rule of rules.items()) {
    for (const from of rule.field('from').items()) checkSource(from.field('source'), action);
    for (const to of rule.field('to').items()) checkOperation(to.field('operation'));
    for (const when of rule.field('when').items()) checkCondition(when, action);
    if (action === 'DENY') warnOfTcp(rule);
  }
}

const NEGATIONS: ReadonlyMap<string, string> = new Map(
  [...SOURCE_LISTS, ...OPERATION_LISTS].map((name) => [
    name,
    `not${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  ]),
);

/** Fields and their negations, in one order: `hosts`, `notHosts`, `ports`, ... Only those that are set. */
function both(view: FieldView, names: readonly string[]): FieldView[] {
  const found: FieldView[] = [];
  for (const name of names) {
    const negation = NEGATIONS.get(name) ?? name;
    if (view.has(name)) found.push(view.field(name));
    if (view.has(negation)) found.push(view.field(negation));
  }
  return found;
}

function checkSource(source: FieldView, action: string): void {
  const lists = both(source, SOURCE_LISTS);
  if (!lists.some(({ isFilled }) => isFilled)) {
    source.refuse('must not be empty');
    return;
  }
  for (const list of lists) {
    for (const item of list.items()) if (item.value === '') item.refuse('must not be empty');
  }
  for (const list of both(source, ['ipBlocks', 'remoteIpBlocks'])) {
    for (const item of list.items()) {
      if (item.isFilled && !isSubnet(item.text)) item.refuse('must be an IP address or a CIDR range');
    }
  }
  const accounts = both(source, ['serviceAccounts']).filter(({ isFilled }) => isFilled);
  const [first] = accounts;
  if (first && both(source, ['principals', 'namespaces']).some(({ isFilled }) => isFilled)) {
    first.refuse('cannot be set together with principals or namespaces');
  }
  for (const several of accounts) {
    if (several.items().length > MOST_ACCOUNTS) several.refuse(`must hold at most ${MOST_ACCOUNTS} entries`);
  }
  for (const account of accounts.flatMap((several) => several.items())) {
    if (account.text.length > LONGEST_ACCOUNT) account.refuse(`is longer than ${LONGEST_ACCOUNT} characters`);
    else if (account.text.includes('*')) account.refuse('must not hold a wildcard');
    else if (!/^[^/]+(?:\/[^/]+)?$/.test(account.text))
      account.refuse('must be serviceAccount or namespace/serviceAccount');
  }
  if (action !== 'CUSTOM') return;
  const unsupported = both(source, NOT_FOR_CUSTOM).find(({ isFilled }) => isFilled);
  unsupported?.refuse('cannot be asked for with the action CUSTOM');
}

function checkOperation(operation: FieldView): void {
  const lists = both(operation, OPERATION_LISTS);
  if (!lists.some(({ isFilled }) => isFilled)) {
    operation.refuse('must not be empty');
    return;
  }
  for (const list of lists) {
    for (const item of list.items()) if (item.value === '') item.refuse('must not be empty');
  }
  for (const path of both(operation, ['paths']).flatMap((list) => list.items())) checkPath(path);
  for (const port of both(operation, ['ports']).flatMap((list) => list.items())) {
    const { number } = port;
    if (port.text !== '' && (number === undefined || number < 0 || number > 65_535))
      port.refuse('must be a port');
  }
}

const LITERAL = /^(?:[\w.~:@!$&'()+,;=-]|%[\dA-Fa-f]{2})*$/;

/** A path may hold `{*}` for a segment and, once and last of these, `{**}` for the rest; otherwise braces mean nothing. */
function checkPath(path: FieldView): void {
  const segments = path.text.replace(/^\/+|\/+$/g, '').split('/');
  const isTemplate = segments.some((segment) => segment.includes('{*}') || segment.includes('{**}'));
  const rest = segments.indexOf('{**}');
  const wrong = segments.find(
    (segment) =>
      segment !== '{*}' &&
      segment !== '{**}' &&
      (/[{}]/.test(segment) || (isTemplate && !LITERAL.test(segment))),
  );
  const after = rest < 0 ? [] : segments.slice(rest + 1);
  if (wrong !== undefined) path.refuse(`has the segment "${wrong}", which no path template can have`);
  else if (after.some((segment) => segment.startsWith('{'))) path.refuse('has {**} before another template');
}

/** Keys that a CUSTOM policy cannot ask for, because they need mTLS or a token. */
const KEYS_NOT_FOR_CUSTOM =
  /^(?:source\.(?:namespace|serviceAccount|trustDomain|principal)$|request\.auth\.)/;

function checkCondition(condition: FieldView, action: string): void {
  const key = condition.field('key');
  if (!key.isFilled) key.refuse('is missing');
  else if (!key.isOpen) checkKey(key);
  if (action === 'CUSTOM' && KEYS_NOT_FOR_CUSTOM.test(key.text)) {
    key.refuse('cannot be asked for with the action CUSTOM');
  }
  for (const value of ['values', 'notValues'].flatMap((name) => condition.field(name).items())) {
    checkConditionValue(key.text, value);
  }
  if (!condition.field('values').isFilled && !condition.field('notValues').isFilled) {
    condition.refuse('must have values or notValues');
  }
}

function checkConditionValue(key: string, value: FieldView): void {
  if (typeof value.value !== 'string' || value.isOpen) return;
  if (['source.ip', 'remote.ip', 'destination.ip'].includes(key)) {
    if (!isSubnet(value.text)) value.refuse('must be an IP address or a CIDR range');
  } else if (key === 'destination.port') {
    const { number } = value;
    if (number === undefined || number < 0 || number > 65_535) value.refuse('must be a port');
  }
}

function checkKey(key: FieldView): void {
  const { text } = key;
  if (KEYS.has(text)) return;
  if (BRACKETED.some((prefix) => text.startsWith(prefix))) {
    if (!/\[.*\]$/.test(text)) key.refuse('must be of the form name[key]');
  } else key.refuse(`has "${text}", which is no attribute`);
}

/** HTTP attributes are unknown for TCP traffic, so a DENY rule with nothing else denies all of it. */
function warnOfTcp(rule: FieldView): void {
  const from = rule.field('from');
  const to = rule.field('to');
  const tcpSource = from
    .items()
    .some((entry) => both(entry.field('source'), TCP_SOURCES).some(({ isFilled }) => isFilled));
  const portless = to
    .items()
    .some((entry) => !both(entry.field('operation'), ['ports']).some(({ isFilled }) => isFilled));
  if ((from.isFilled && !to.isFilled && !tcpSource) || portless) {
    rule.warn(
      'denies all traffic to TCP ports too, because it asks for HTTP attributes only: name the ports',
    );
  }
}
