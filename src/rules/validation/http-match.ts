import type { FieldView } from './field-view.ts';
import { checkPortNumber, checkStringMatch, isDnsLabel } from './scalars.ts';
import { checkLabels } from './shared-fields.ts';

const PSEUDO_HEADERS = new Set([':method', ':scheme', ':authority', ':path', ':status']);
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** The conditions of an http route. */
export function checkMatches(matches: FieldView): void {
  for (const match of matches.items()) match.each(CONDITIONS);
}

const CONDITIONS = {
  headers(headers: FieldView): void {
    for (const [name, value] of headers.entries()) {
      checkHeaderName(name, value);
      checkStringMatch(value);
    }
  },
  withoutHeaders(headers: FieldView): void {
    for (const [name, value] of headers.entries()) {
      checkHeaderName(name, value);
      // Any value at all.
      if (value.field('regex').text !== '*') checkStringMatch(value);
    }
  },
  uri(uri: FieldView): void {
    checkStringMatch(uri, { emptyPrefix: true });
  },
  scheme: checkMatch,
  method: checkMatch,
  authority: checkMatch,
  queryParams(parameters: FieldView): void {
    for (const [, value] of parameters.entries()) checkStringMatch(value);
  },
  port: checkPortNumber,
  sourceLabels: checkLabels,
  sourceNamespace(namespace: FieldView): void {
    if (namespace.isFilled && !isDnsLabel(namespace.text)) namespace.refuse('must be a namespace');
  },
};

function checkMatch(match: FieldView): void {
  checkStringMatch(match);
}

/** Claims of a token (`@request.auth.claims...`) stand among the headers. */
function checkHeaderName(name: string, value: FieldView): void {
  if (PSEUDO_HEADERS.has(name) || name.toLowerCase().startsWith('@request.auth.claims')) return;
  if (!HEADER_NAME.test(name) && !name.includes('{')) value.refuse('is for a name that no header can have');
}
