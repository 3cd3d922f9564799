import type { Resource } from '../../render/resource.ts';
import type { FieldView } from './field-view.ts';
import { isDnsLabel } from './scalars.ts';
import { checkExportTo, checkLabels, checkSelector, checkWildcardHost } from './shared-fields.ts';
import { checkPortPolicy, checkTrafficPolicy } from './traffic-policy.ts';

/** DestinationRule. */
export function validateDestinationRule(spec: FieldView, resource: Resource): void {
  checkWildcardHost(spec.field('host'));
  checkPolicies(spec.field('trafficPolicy'));
  const names = new Set<string>();
  for (const subset of spec.field('subsets').items()) {
    const name = subset.field('name');
    if (!name.isOpen && names.has(name.text)) name.refuse('is the name of another subset, too');
    names.add(name.text);
    if (!name.isFilled) name.refuse('is missing');
    else if (!isDnsLabel(name.text)) name.refuse('must be a name of letters, digits and dashes');
    checkLabels(subset.field('labels'));
    checkPolicies(subset.field('trafficPolicy'));
  }
  checkExportTo(spec.field('exportTo'), resource);
  checkSelector(spec.field('workloadSelector'));
}

function checkPolicies(policy: FieldView): void {
  if (!policy.isSet) return;
  checkTrafficPolicy(policy);
  for (const port of policy.field('portLevelSettings').items()) checkPortPolicy(port);
}
