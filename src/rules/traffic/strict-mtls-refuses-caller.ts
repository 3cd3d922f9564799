import { ambientOf } from '../../mesh/ambient.ts';
import type { Mesh, Workload } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import type { Evidence } from '../../vocabulary.ts';
import { qualifiedName } from '../body.ts';
import { defineChangeRule } from '../change-rule.ts';
import { callsOf, type Call } from './calls.ts';
import { strictFor, type MtlsMode } from './policies.ts';
import { proxiedPods, servicesOnBothSides } from './service-pods.ts';

/**
 * Only callers that the manifests name: a workload whose pods provably get no proxy and that is told the address of the Service.
 * Who else calls (Ingresses, Prometheus, jobs elsewhere) is not known here.
 */
export default defineChangeRule({
  id: 'strict-mtls-refuses-caller',
  name: 'strict-mtls-refuses-caller',
  level: 'warning',
  inputs: ['services', 'workloads', 'namespaces', 'injection', 'meshConfig', 'PeerAuthentication'],
  summary: 'A change demands mTLS of a workload that others without a proxy call.',
  messages: {
    refuses:
      'Calls of {callers} to {services} are refused from now on: mTLS is demanded, and the callers have no proxy.',
  },
  advice:
    'Bring the callers into the mesh first, or keep PERMISSIVE for the ports they use (portLevelMtls) until they are.',
  check({ before, after, report }) {
    if (after.resources('PeerAuthentication').length === 0) return;
    const refused = new Map<Resource, { readonly mode: MtlsMode; readonly calls: Call[] }>();
    const calls = callsOf(after).filter(({ caller }) => isOutside(after, caller));
    if (calls.length === 0) return;
    for (const [then, service] of servicesOnBothSides(before, after)) {
      const mode = strictFor(after, proxiedPods(after, service));
      if (!mode?.policy || strictFor(before, proxiedPods(before, then))) continue;
      const those = calls.filter((call) => call.service === service);
      const known = refused.get(mode.policy) ?? { mode, calls: [] };
      known.calls.push(...those);
      if (those.length > 0) refused.set(mode.policy, known);
    }
    for (const [policy, { mode, calls: those }] of refused) {
      const data = { services: namesOf(those.map(({ service }) => service)), callers: callersOf(those) };
      const evidence = those.slice(0, MOST_EVIDENCE).map(evidenceOf);
      report(policy, mode.path, 'refuses', data, { confidence: 'likely', evidence });
    }
  },
});

/** Enough to see what is meant. */
const MOST_EVIDENCE = 5;

function isOutside(mesh: Mesh, workload: Workload): boolean {
  const injection = mesh.injectionOf(workload);
  if (injection.injected !== 'no') return false;
  const namespace = mesh.namespaces.get(workload.namespace);
  return namespace !== undefined && ambientOf(namespace, workload, injection).ambient === 'no';
}

function namesOf(all: readonly { readonly namespace: string; readonly name: string }[]): readonly string[] {
  return [...new Set(all.map(qualifiedName))].sort();
}

function callersOf(calls: readonly Call[]): readonly string[] {
  return [...new Set(calls.map(({ caller }) => `${caller.kind} ${qualifiedName(caller)}`))].sort();
}

function evidenceOf({ caller, service, at }: Call): Evidence {
  return { says: `${caller.kind} ${qualifiedName(caller)} is told the address of ${service.name}`, at };
}
