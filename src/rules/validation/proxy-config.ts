import type { FieldView } from './field-view.ts';
import { checkNotNegative } from './scalars.ts';
import { checkSelector } from './shared-fields.ts';

/** ProxyConfig. */
export function validateProxyConfig(spec: FieldView): void {
  checkSelector(spec.field('selector'));
  checkNotNegative(spec.field('concurrency'));
}
