import { ENVOY_FILTER_CHANGED_IN_MINOR } from '../../facts/former-fields.ts';
import { FIELDS_UP_TO_MINOR } from '../../facts/generated/istio-fields.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { defineRule, type ReportOptions, type RuleContext } from '../rule.ts';
import { DESCRIBED_KINDS, type UnknownField, unknownFieldsOf } from './unknown-fields.ts';

type Context = RuleContext<'misspelt' | 'misplaced' | 'former'>;

/**
 * Fields that the CRDs of Istio do not describe (all releases up to FIELDS_UP_TO_MINOR): the API server drops them or
 * refuses them, depending on how they are applied, and Istio never sees them.
 */
export default defineRule({
  id: 'unknown-field',
  name: 'unknown-field',
  level: 'warning',
  inputs: [...DESCRIBED_KINDS, 'controlPlanes', 'patches'],
  summary: 'A resource of Istio has a misspelt or misplaced field, which Istio never reads.',
  messages: {
    misspelt: '{field} is no field of {owner} in this kind, so it is dropped. Probably {meant} is meant.',
    misplaced: '{field} is no field of {owner} in this kind, so it is dropped. There is {places}.',
    former: '{field} left the API in Istio 1.6, which no longer reads it.',
  },
  advice: {
    misspelt: 'Write {meant}.',
    misplaced: 'Move it to {places}.',
    former: 'Rewrite the EnvoyFilter with configPatches and workloadSelector.',
  },
  check(context) {
    const minors = minorsOf(context.mesh);
    for (const kind of DESCRIBED_KINDS) {
      for (const resource of context.mesh.resources(kind)) {
        for (const field of unknownFieldsOf(resource)) tell(context, resource, field, minors);
      }
    }
    for (const patch of context.mesh.patches) {
      for (const field of unknownFieldsOf(patch)) tell(context, patch, field, minors);
    }
  },
});

function minorsOf({ controlPlanes }: Mesh): number[] {
  return controlPlanes.flatMap(({ version }) => (version?.major === 1 ? [version.minor] : []));
}

function tell({ report }: Context, resource: Resource, found: UnknownField, minors: readonly number[]): void {
  const { because, name, path, selects } = found;
  const data = { field: name, owner: ownerOf(path) };
  const level = selects ? { level: 'error' as const } : {};
  const options = (sure: boolean): ReportOptions => ({
    ...level,
    atKey: true,
    confidence: sure ? 'certain' : 'likely',
  });
  const isNewer = minors.some((minor) => minor > FIELDS_UP_TO_MINOR);
  if (because.sort === 'misspelt') {
    report(resource, path, 'misspelt', { ...data, meant: because.meant }, options(!isNewer));
  } else if (because.sort === 'misplaced') {
    // A later release may well have put a field of this name here.
    if (isNewer) return;
    report(resource, path, 'misplaced', { ...data, places: because.places }, options(minors.length > 0));
  } else if (!minors.some((minor) => minor < ENVOY_FILTER_CHANGED_IN_MINOR)) {
    report(resource, path, 'former', data, options(minors.length > 0));
  }
}

/** The mapping that holds the field, without positions in lists: `spec.http.match`. */
function ownerOf(path: UnknownField['path']): string {
  const names = path.slice(0, -1).filter((segment) => typeof segment === 'string');
  return names.join('.') || 'the root';
}
