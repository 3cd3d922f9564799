import type { Mesh, Workload } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { field, fieldName, fields, hasPlaceholder, labels, list, selectorText } from '../body.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { isInAmbient, isInMesh } from './mesh-membership.ts';

type Context = RuleContext<'selector' | 'namespace'>;

/** IST0127 (all releases): an AuthorizationPolicy that applies to nothing protects nothing. */
export default defineRule({
  id: 'IST0127',
  name: 'policy-without-workloads',
  level: 'warning',
  inputs: ['AuthorizationPolicy', 'workloads', 'namespaces', 'injection', 'meshConfig'],
  summary: 'An AuthorizationPolicy applies to no workload of the mesh.',
  messages: {
    selector: 'No workload of the mesh carries {selector}, so the policy applies to nothing.',
    namespace: 'Namespace {namespace} holds no workload of the mesh, so the policy applies to nothing.',
  },
  advice:
    'Correct the selector (it compares pod labels), or remove the policy. What it was to deny is not denied.',
  check(context) {
    const { mesh } = context;
    for (const policy of mesh.resources('AuthorizationPolicy')) {
      const spec = fields(policy.body, 'spec');
      const selector = labels(field(spec, 'selector'), 'matchLabels');
      const selects = field(spec, 'selector') !== undefined && Object.keys(selector).length > 0;
      const isRoot = policy.namespace === mesh.rootNamespace;
      if (isRoot && (mesh.world === 'open' ? !selects : field(spec, 'selector') === undefined)) continue;
      if (Object.entries(selector).flat().some(hasPlaceholder)) continue;
      const { selected, maybe } = mesh.select(selector, isRoot ? undefined : policy.namespace);
      if (selected.some((workload) => isMember(mesh, workload))) continue;
      if (mesh.world === 'open' && isUndecided(context, policy, selected, maybe)) continue;
      const wanted = field(spec, 'selector');
      const path = selects ? ['spec', 'selector', fieldName(wanted, 'matchLabels')] : ['metadata', 'name'];
      const data = { selector: selectorText(selector), namespace: policy.namespace };
      const confidence = mesh.world === 'closed' ? 'certain' : 'likely';
      context.report(policy, path, selects ? 'selector' : 'namespace', data, { confidence });
    }
  },
});

function isMember(mesh: Mesh, workload: Workload): boolean {
  if (mesh.world === 'closed' && workload.kind !== 'Pod') return false;
  return isInMesh(mesh, workload) || isInAmbient(mesh, workload);
}

/**
 * In a repository only a selector that misses workloads which are plainly there is reported. A policy without one may be the
 * namespace's default for workloads to come.
 */
function isUndecided(
  { mesh, unchecked }: Context,
  policy: Resource,
  selected: readonly Workload[],
  maybe: readonly string[],
): boolean {
  const spec = fields(policy.body, 'spec');
  const targets = field(spec, 'targetRef') !== undefined || list(spec, 'targetRefs').length > 0;
  if (targets || field(spec, 'selector') === undefined || selected.length > 0) return true;
  const [source] = maybe;
  const neighbours = mesh.workloads.some(
    (workload) => workload.namespace === policy.namespace && policy.namespace !== '',
  );
  if (source === undefined && neighbours) return false;
  const why =
    source === undefined
      ? 'the workloads of its namespace are not in this repository'
      : `it may select what ${source} holds`;
  unchecked('what an AuthorizationPolicy selects', why, policy, ['spec', 'selector']);
  return true;
}
