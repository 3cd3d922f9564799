import type { Mesh, ServiceModel } from '../../mesh/mesh.ts';
import { append } from '../../mesh/multimap.ts';
import type { Resource } from '../../render/resource.ts';
import { isMapping } from '../../untyped.ts';
import type { Path } from '../../vocabulary.ts';
import { fields, list, qualifiedName, text } from '../body.ts';
import { defineChangeRule } from '../change-rule.ts';
import { policiesOn } from './policies.ts';
import { proxiedPods, servicesOnBothSides } from './service-pods.ts';

/**
 * All releases: a workload with ALLOW policies takes only what one of them allows, and one without rules allows nothing. That is
 * how to deny by default; here it is told for a Service that no other policy opens.
 */
export default defineChangeRule({
  id: 'policy-locks-out',
  name: 'policy-locks-out',
  level: 'warning',
  inputs: [
    'services',
    'workloads',
    'injection',
    'meshConfig',
    'AuthorizationPolicy',
    'RequestAuthentication',
  ],
  summary: 'A change denies every request to a Service: no AuthorizationPolicy here allows any.',
  messages: {
    nothing:
      'From now on every request to {services} is denied: this policy allows nothing, and no other one here allows anything there.',
    everything: 'From now on every request to {services} is denied: a rule without conditions matches all.',
    tokens:
      'From now on every request to {services} is denied: all that is allowed asks for a token, and no RequestAuthentication here verifies any there.',
  },
  advice: {
    nothing:
      'Add a policy that allows the callers. An ALLOW policy without rules allows nothing; one with an empty rule (- {}) allows everything.',
    everything: 'Say in the rule what it denies.',
    tokens:
      'Keep the RequestAuthentication: without it no request has a principal, whatever token it carries.',
  },
  check({ before, after, report }) {
    if (!after.resources('AuthorizationPolicy').some(mayLock)) return;
    const locked = new Map<Resource, { readonly lock: Lock; readonly services: ServiceModel[] }>();
    for (const [then, service] of servicesOnBothSides(before, after)) {
      const lock = lockOf(after, service);
      if (!lock || lockOf(before, then) || proxiedPods(before, then).length === 0) continue;
      const known = locked.get(lock.policy) ?? { lock, services: [] };
      known.services.push(service);
      locked.set(lock.policy, known);
    }
    for (const [policy, { lock, services }] of locked) {
      const data = { services: services.map(qualifiedName).sort() };
      report(policy, lock.path, lock.by, data, { confidence: 'likely' });
    }
  },
});

/** Most policies lock nobody out, whatever they are laid on. */
function mayLock(policy: Resource): boolean {
  const rules = rulesOf(policy);
  return rules.every(asksForToken) || rules.some(matchesAll);
}

function matchesAll(rule: unknown): boolean {
  return isMapping(rule) && Object.keys(rule).length === 0;
}

interface Lock {
  readonly by: 'nothing' | 'everything' | 'tokens';
  readonly policy: Resource;
  readonly path: Path;
}

/** What denies all requests to every pod behind the Service. */
function lockOf(mesh: Mesh, service: ServiceModel): Lock | undefined {
  const pods = proxiedPods(mesh, service);
  const locks = pods.map((workload) => {
    const verifies = policiesOn(mesh, 'RequestAuthentication', workload).length > 0;
    return lockAmong(policiesOn(mesh, 'AuthorizationPolicy', workload), verifies);
  });
  return locks.includes(undefined) ? undefined : locks[0];
}

function lockAmong(policies: readonly Resource[], verifies: boolean): Lock | undefined {
  const byAction = new Map<string, Resource[]>();
  for (const policy of policies)
    append(byAction, text(fields(policy.body, 'spec'), 'action') || 'ALLOW', policy);
  for (const policy of byAction.get('DENY') ?? []) {
    const index = rulesOf(policy).findIndex(matchesAll);
    if (index >= 0) return { by: 'everything', policy, path: ['spec', 'rules', index] };
  }
  const allowing = byAction.get('ALLOW') ?? [];
  const [policy] = allowing;
  const rules = allowing.flatMap(rulesOf);
  if (policy && rules.length === 0) return { by: 'nothing', policy, path: ['spec'] };
  const asking =
    verifies || !rules.every(asksForToken) ? undefined : allowing.find((one) => rulesOf(one).length > 0);
  return asking && { by: 'tokens', policy: asking, path: ['spec', 'rules'] };
}

/** Without a verified token a request has neither a principal nor claims. */
function asksForToken(rule: unknown): boolean {
  const from = list(rule, 'from').map((entry) => fields(entry, 'source'));
  return (
    (from.length > 0 && from.every((source) => list(source, 'requestPrincipals').length > 0)) ||
    list(rule, 'when').some(
      (when) => text(when, 'key').startsWith('request.auth.') && list(when, 'values').length > 0,
    )
  );
}

function rulesOf({ body }: Resource): readonly unknown[] {
  return list(fields(body, 'spec'), 'rules');
}
