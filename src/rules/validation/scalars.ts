import { isKnownProtocol } from '../istio/port-protocol.ts';
import type { FieldView } from './field-view.ts';

const DNS_LABEL = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/;
const WILDCARD_LABEL = /^(?:\*|(?:\*-?)?[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)$/;
const LONGEST_DOMAIN = 255;
/** Longest regular expression that Istio takes. */
const LONGEST_REGEX = 1024;

export function isDnsLabel(text: string): boolean {
  return DNS_LABEL.test(text);
}

/** What most domain names look like: these have no problem, and need not be taken apart. */
const EVERYDAY_DOMAIN = /^[a-z][-a-z0-9]{0,30}[a-z0-9](?:\.[a-z][-a-z0-9]{0,30}[a-z0-9]){0,6}$/;

/** Why a text is no complete domain name; `undefined` when it is one. A trailing dot is fine. */
export function domainProblem(domain: string): string | undefined {
  if (EVERYDAY_DOMAIN.test(domain)) return undefined;
  if (domain === '') return 'must not be empty';
  if (domain.length > LONGEST_DOMAIN) return `is longer than ${LONGEST_DOMAIN} characters`;
  const parts = domain.replace(/\.$/, '').split('.');
  if (/^\d+$/.test(parts.at(-1) ?? '')) return `is no domain name: ${domain} ends with a number`;
  const wrong = parts.find((label) => !isDnsLabel(label));
  return wrong === undefined ? undefined : `is no domain name: ${domain} has the part "${wrong}"`;
}

/** The same, for a name whose first part may be or begin with a wildcard. */
export function wildcardDomainProblem(domain: string): string | undefined {
  if (EVERYDAY_DOMAIN.test(domain)) return undefined;
  if (domain === '') return 'must not be empty';
  const [first = '', ...rest] = domain.split('.');
  if (!WILDCARD_LABEL.test(first)) return `is no domain name: ${domain} has the part "${first}"`;
  return rest.length === 0 ? undefined : domainProblem(rest.join('.'));
}

export function isIpAddress(text: string): boolean {
  if (!/^[\da-fA-F:.]/.test(text)) return false;
  const parts = text.split('.');
  if (parts.length === 4 && !text.includes(':')) {
    return parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  }
  return /^[\da-fA-F:.]{2,45}$/.test(text) && text.includes(':') && URL.canParse(`http://[${text}]/`);
}

/** An IP address, or a range of them in CIDR notation. */
export function isSubnet(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  if (!isIpAddress(address) || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (address.includes(':') ? 128 : 32));
}

export function checkPortNumber(port: FieldView): void {
  const { number } = port;
  if (!port.isSet) port.refuse('is missing');
  else if (number === undefined || !Number.isInteger(number) || number < 1 || number > 65_535) {
    port.refuse('must be a port from 1 to 65535');
  }
}

export function checkPortName(name: FieldView): void {
  if (!isDnsLabel(name.text)) name.refuse('must be a name of letters, digits and dashes');
}

/** A protocol as Istio knows them; without one it is detected, or TCP. */
export function checkProtocol(protocol: FieldView): void {
  if (protocol.isFilled && !isKnownProtocol(protocol.text))
    protocol.refuse('is no protocol that Istio knows');
}

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1e3,
  m: 6e4,
  h: 3.6e6,
};

/** A duration in Go's notation, in milliseconds; `undefined` when the text is none. */
export function milliseconds(text: string): number | undefined {
  if (text.length > 60 || !/^[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.test(text)) {
    return text === '0' ? 0 : undefined;
  }
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/g)) {
    total += Number(amount) * (UNITS[unit ?? ''] ?? 0);
  }
  return text.startsWith('-') ? -total : total;
}

/** A duration of at least a millisecond, in whole milliseconds. Absent is fine. */
export function checkDuration(duration: FieldView): void {
  if (!duration.isSet) return;
  const value = milliseconds(duration.text);
  if (value === undefined) duration.refuse('must be a duration such as 5s or 1m30s');
  else if (value < 1) duration.refuse('must be at least 1ms');
  else if (Math.abs(value - Math.round(value)) > 1e-9) duration.refuse('must be in whole milliseconds');
}

/** A number from 0 to 100. Absent is fine. */
export function checkPercent(percent: FieldView): void {
  const { number } = percent;
  if (number !== undefined && (number < 0 || number > 100)) percent.refuse('must be from 0 to 100');
}

export function checkNotNegative(amount: FieldView): void {
  if ((amount.number ?? 0) < 0) amount.refuse('must not be negative');
}

/** What RE2 does not have; only this is told, for other mistakes need RE2 itself. */
const NOT_IN_RE2 = /\(\?(?:=|!|<=|<!|>)|\\[1-9]/;

export function checkRegex(regex: FieldView): void {
  if (!regex.isSet || regex.isOpen) return;
  if (regex.text === '') regex.refuse('must not be empty');
  else if (regex.text.length > LONGEST_REGEX) regex.refuse(`is longer than ${LONGEST_REGEX} characters`);
  else if (NOT_IN_RE2.test(regex.text.replace(/\\\\/g, ''))) {
    regex.refuse('uses look-around or back-references, which RE2 does not have');
  }
}

/** `exact`, `prefix` or `regex`. */
export function checkStringMatch(match: FieldView, options: { emptyPrefix?: boolean } = {}): void {
  if (!match.isSet) return;
  const prefix = match.field('prefix');
  if (prefix.isSet && prefix.value === '' && !options.emptyPrefix) prefix.refuse('must not be empty');
  checkRegex(match.field('regex'));
}
