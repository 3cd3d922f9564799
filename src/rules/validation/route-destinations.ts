import type { FieldView } from './field-view.ts';
import { checkPortNumber, isDnsLabel } from './scalars.ts';
import { checkWildcardHost } from './shared-fields.ts';

/** The weighted destinations of a route. */
export function checkDestinations(destinations: FieldView): void {
  const items = destinations.items();
  for (const item of items) {
    checkDestination(item.field('destination'));
    const weight = item.field('weight');
    if ((weight.number ?? 0) < 0) weight.refuse('must not be negative');
  }
  const open = items.some((item) => item.field('weight').isOpen);
  const total = items.reduce((sum, item) => sum + (item.field('weight').number ?? 0), 0);
  if (items.length > 1 && total === 0 && !open) destinations.refuse('has weights that add up to 0');
}

/** Where traffic goes: a host, perhaps a subset of it, perhaps one of its ports. */
export function checkDestination(destination: FieldView): void {
  if (!destination.isSet) {
    destination.refuse('is missing');
    return;
  }
  const host = destination.field('host');
  if (host.text === '*') host.refuse('must be a host, not *');
  else checkWildcardHost(host);
  const subset = destination.field('subset');
  if (subset.isFilled && !isDnsLabel(subset.text))
    subset.refuse('must be a name of letters, digits and dashes');
  if (destination.field('port').isSet) checkPortNumber(destination.field('port').field('number'));
}
