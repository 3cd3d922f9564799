import type { FieldView } from './field-view.ts';
import { checkSelector, checkTargets } from './shared-fields.ts';

/** Telemetry. */
export function validateTelemetry(spec: FieldView): void {
  checkTargets(spec);
  checkSelector(spec.field('selector'));
  for (const part of ['metrics', 'tracing', 'accessLogging']) {
    for (const entry of spec.field(part).items()) {
      for (const provider of entry.field('providers').items()) {
        if (!provider.field('name').isFilled) provider.field('name').refuse('is missing');
      }
    }
  }
  for (const logging of spec.field('accessLogging').items()) {
    const expression = logging.field('filter').field('expression');
    if (expression.value === '') expression.refuse('must not be empty');
  }
  checkTracing(spec.field('tracing'));
  for (const metrics of spec.field('metrics').items()) {
    for (const override of metrics.field('overrides').items()) checkOverride(override);
  }
}

function checkTracing(tracing: FieldView): void {
  if (tracing.items().length > 1) tracing.warn('holds several entries, of which one is used');
  for (const entry of tracing.items()) {
    if (entry.field('providers').items().length > 1)
      entry.field('providers').warn('holds several providers, of which one is used');
    const sampling = entry.field('randomSamplingPercentage');
    const number = sampling.number ?? 0;
    if (number < 0 || number > 100) sampling.refuse('must be from 0 to 100');
    for (const [, tag] of entry.field('customTags').entries()) checkTag(tag);
  }
}

function checkTag(tag: FieldView): void {
  const required = { literal: 'value', header: 'name', environment: 'name' };
  for (const [kind, name] of Object.entries(required)) {
    const source = tag.field(kind);
    if (source.isSet && !source.field(name).isFilled) source.field(name).refuse('is missing');
  }
}

function checkOverride(override: FieldView): void {
  for (const [, tag] of override.field('tagOverrides').entries()) {
    const operation = tag.field('operation');
    const value = tag.field('value');
    if (operation.isOpen) continue;
    if (operation.text === 'REMOVE') {
      if (value.isFilled) value.refuse('cannot be set with the operation REMOVE');
    } else if (!value.isFilled) value.refuse('is missing, and the operation is UPSERT');
  }
  const custom = override.field('match').field('customMetric');
  if (custom.isSet && !custom.isFilled) custom.refuse('must not be empty');
}
