import type { FieldView } from './field-view.ts';
import { checkDuration, checkPortNumber, checkRegex, milliseconds } from './scalars.ts';

const METHODS = new Set([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'CONNECT',
  'OPTIONS',
  'TRACE',
  '*',
]);

const RETRY_CONDITIONS = new Set([
  '5xx',
  'gateway-error',
  'reset',
  'reset-before-request',
  'connect-failure',
  'retriable-4xx',
  'refused-stream',
  'retriable-status-codes',
  'retriable-headers',
  'envoy-ratelimited',
  'http3-post-connect-failure',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
]);

/** Longer values of headers are not looked at. */
const LONGEST_VALUE = 10_000;

/** Headers that a route adds, sets and removes. */
export function checkHeaders(headers: FieldView): void {
  for (const side of ['request', 'response']) {
    if (!headers.has(side)) continue;
    for (const operation of ['add', 'set']) {
      for (const [name, value] of headers.field(side).field(operation).entries()) {
        checkHeader(name, value, side === 'request');
        checkHeaderValue(value);
      }
    }
    for (const entry of headers.field(side).field('remove').items()) checkHeader(entry.text, entry, false);
  }
}

/** `%VARIABLE%`, `%VARIABLE(with arguments)%`, a cut of one (`%VARIABLE(arguments):5%`), and `%%` for the sign itself. */
const COMMANDS = /%[A-Z][A-Z0-9_]*(?:\([^()]*\))?(?::\d+)?%|%%/g;

function checkHeaderValue(value: FieldView): void {
  const { text } = value;
  if (value.isOpen || text.length > LONGEST_VALUE) return;
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(text)) value.refuse('holds control characters');
  else if (/^[^(]*%[^(]*$/.test(text.replace(COMMANDS, ''))) {
    value.refuse('has a % that begins no complete variable: write %% for the sign itself');
  }
}

function checkHeader(name: string, view: FieldView, authority: boolean): void {
  if (authority && [':authority', 'host'].includes(name.toLowerCase())) return;
  if (name.startsWith(':')) view.refuse('cannot change a pseudo header');
  else if (name.toLowerCase() === 'host') view.refuse('cannot change the Host header');
}

export function checkCors(cors: FieldView): void {
  if (!cors.isSet) return;
  for (const origin of cors.field('allowOrigins').items()) {
    if (!origin.isFilled) origin.refuse('must be exact, prefix or regex');
    checkRegex(origin.field('regex'));
  }
  for (const method of cors.field('allowMethods').items()) {
    if (!method.isOpen && !METHODS.has(method.text)) method.refuse('is no HTTP method');
  }
  const age = cors.field('maxAge');
  checkDuration(age);
  if ((milliseconds(age.text) ?? 0) % 1000 !== 0) age.refuse('must be in whole seconds');
}

/** Only the first mistake of a redirect is told. */
export function checkRedirect(redirect: FieldView, matches: FieldView): void {
  if (!redirect.isSet) return;
  const uri = redirect.field('uri');
  const prefix = redirect.field('prefixRewrite');
  const code = redirect.field('redirectCode');
  const scheme = redirect.field('scheme');
  const parts = ['uri', 'prefixRewrite', 'authority', 'scheme', 'port', 'derivePort'];
  if (uri.isFilled && prefix.isFilled) prefix.refuse('cannot be set together with uri');
  else if (prefix.isFilled && matches.items().some((match) => !match.field('uri').field('prefix').isSet)) {
    prefix.refuse('needs matches that are all by URI prefix');
  } else if (!parts.some((name) => redirect.field(name).isSet)) redirect.refuse('must say where to');
  else if (code.number !== undefined && code.number !== 0 && Math.floor(code.number / 100) !== 3) {
    code.refuse('must be a 3xx status');
  } else if (scheme.isFilled && !['http', 'https'].includes(scheme.text))
    scheme.refuse('must be http or https');
  else if ((redirect.field('port').number ?? 0) !== 0) checkPortNumber(redirect.field('port'));
}

export function checkDirectResponse(response: FieldView): void {
  if (!response.isSet) return;
  const { number } = response.field('status');
  if (number !== undefined && (number < 200 || number > 600)) {
    response.field('status').refuse('must be an HTTP status from 200 to 599');
  }
  const size = response.field('body').field('string').text.length;
  if (size > 1_048_576) response.field('body').refuse('is larger than 1 MB');
  else if (size > 102_400) response.field('body').warn('is large, which slows the control plane down');
}

export function checkRetries(retries: FieldView): void {
  if (!retries.isSet) return;
  const attempts = retries.field('attempts');
  if ((attempts.number ?? 0) < 0) attempts.refuse('must not be negative');
  const others = ['perTryTimeout', 'retryOn', 'retryRemoteLocalities'].map((name) => retries.field(name));
  if (!attempts.isOpen && (attempts.number ?? 0) === 0) {
    others.find(({ isFilled }) => isFilled)?.refuse('has no effect: without attempts nothing is retried');
  }
  checkDuration(retries.field('perTryTimeout'));
  checkDuration(retries.field('backoff'));
  const on = retries.field('retryOn');
  if (on.text === '') return;
  const unknown = on.text.split(',').find((part) => !RETRY_CONDITIONS.has(part) && !/^[1-5]\d\d$/.test(part));
  if (unknown !== undefined) on.refuse(`has "${unknown}", which is no condition to retry on`);
}

export function checkRewrite(rewrite: FieldView): void {
  if (!rewrite.isSet) return;
  const uri = rewrite.field('uri');
  const regex = rewrite.field('uriRegexRewrite');
  if (uri.isFilled && regex.isSet) regex.refuse('cannot be set together with uri');
  else if (!uri.isSet && !regex.isSet && !rewrite.field('authority').isFilled)
    rewrite.refuse('must say what to write');
  if (!regex.isSet) return;
  for (const name of ['match', 'rewrite'])
    if (!regex.field(name).isFilled) regex.field(name).refuse('is missing');
  checkRegex(regex.field('match'));
}
