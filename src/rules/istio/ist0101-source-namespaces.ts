import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { field, fieldName, fields, hasPlaceholder, list } from '../body.ts';
import type { ReferenceContext } from './ist0101-reference-not-found.ts';

/** Namespaces that an AuthorizationPolicy's rules name as sources and that do not exist. */
export function checkSourceNamespaces(context: ReferenceContext): void {
  for (const policy of context.mesh.resources('AuthorizationPolicy')) {
    list(fields(policy.body, 'spec'), 'rules').forEach((rule, ruleIndex) => {
      list(rule, 'from').forEach((from, fromIndex) => {
        const source = field(from, 'source');
        for (const name of ['namespaces', 'notNamespaces']) {
          const path = ['spec', 'rules', ruleIndex, 'from', fromIndex, 'source', fieldName(source, name)];
          list(source, name).forEach((pattern, index) => {
            if (typeof pattern === 'string') checkPattern(context, policy, pattern, [...path, index]);
          });
        }
      });
    });
  }
}

function checkPattern(context: ReferenceContext, policy: Resource, pattern: string, path: Path): void {
  const { mesh } = context;
  if (hasPlaceholder(pattern) || matchesSome(mesh, pattern)) return;
  if (mesh.world === 'closed') {
    context.report(policy, path, 'namespace', { namespace: pattern });
    return;
  }
  if (pattern.includes('*')) return;
  const absence = mesh.absenceOf({ kind: 'Namespace', namespace: '', name: pattern });
  // A policy may well name namespaces of other repositories: only a removal in this change is reported.
  if (absence.absent === 'yes' && absence.confidence === 'certain') {
    context.report(
      policy,
      path,
      'namespace',
      { namespace: pattern },
      { evidence: [{ says: absence.because }] },
    );
  }
}

function matchesSome(mesh: Mesh, pattern: string): boolean {
  const same = mesh.namespaces.get(pattern);
  if (same && (same.resource !== undefined || mesh.world === 'open')) return true;
  for (const { name, resource } of mesh.namespaces.values()) {
    if (resource === undefined && mesh.world === 'closed') continue;
    if (matches(pattern, name)) return true;
  }
  return false;
}

/** How istiod compares: `*` is any, a leading or trailing `*` a suffix or prefix, otherwise equality without case. */
function matches(pattern: string, name: string): boolean {
  if (pattern === '*') return true;
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1));
  return pattern.toLowerCase() === name.toLowerCase();
}
