import type { FieldView } from './field-view.ts';
import { checkPortNumber, checkStringMatch, isDnsLabel } from './scalars.ts';
import { checkLabels } from './shared-fields.ts';

const PSEUDO_HEADERS = new Set([':method', ':scheme', ':authority', ':path', ':status']);
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** The conditions of an http route. */
export function checkMatches(matches: FieldView): void {
  for (const match of matches.items()) {
    for (const name of ['headers', 'withoutHeaders']) {
      for (const [header, value] of match.field(name).entries()) {
        checkHeaderName(header, value);
        const anything = name === 'withoutHeaders' && value.field('regex').text === '*';
        if (!anything) checkStringMatch(value);
      }
    }
    checkStringMatch(match.field('uri'), { emptyPrefix: true });
    for (const name of ['scheme', 'method', 'authority']) checkStringMatch(match.field(name));
    for (const [, value] of match.field('queryParams').entries()) checkStringMatch(value);
    if (match.field('port').isSet) checkPortNumber(match.field('port'));
    checkLabels(match.field('sourceLabels'));
    const namespace = match.field('sourceNamespace');
    if (namespace.isFilled && !isDnsLabel(namespace.text)) namespace.refuse('must be a namespace');
  }
}

/** Claims of a token (`@request.auth.claims...`) stand among the headers. */
function checkHeaderName(name: string, value: FieldView): void {
  if (PSEUDO_HEADERS.has(name) || name.toLowerCase().startsWith('@request.auth.claims')) return;
  if (!HEADER_NAME.test(name) && !name.includes('{')) value.refuse('is for a name that no header can have');
}
