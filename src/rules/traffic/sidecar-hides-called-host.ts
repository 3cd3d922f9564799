import { hostsOverlap, serviceHost, toFqdn } from '../../mesh/host-names.ts';
import { MESH_GATEWAY } from '../../mesh/gateways.ts';
import type { Mesh, Workload } from '../../mesh/mesh.ts';
import { matchesLabels } from '../../mesh/selectors.ts';
import type { Resource } from '../../render/resource.ts';
import { fields, hasPlaceholder, labels, list, qualifiedName, texts } from '../body.ts';
import { defineChangeRule } from '../change-rule.ts';
import { callsOf, type Call } from './calls.ts';

/** All releases: a proxy knows only the hosts that the `egress` of its Sidecar lists, and those that imported routes lead to. */
export default defineChangeRule({
  id: 'sidecar-hides-called-host',
  name: 'sidecar-hides-called-host',
  level: 'warning',
  inputs: ['services', 'workloads', 'injection', 'meshConfig', 'Sidecar', 'VirtualService'],
  summary: 'A change takes a Service that a workload calls out of what its Sidecar lets it see.',
  messages: {
    hides: 'Sidecar {sidecar} no longer shows {hosts} to the proxies of {callers}, which call that.',
  },
  advice:
    'Add the namespace (payments/*) or the host to the egress hosts of the Sidecar. What a proxy does not see it passes through in plain text, past every policy, or refuses where outboundTrafficPolicy is REGISTRY_ONLY.',
  check({ before, after, report }) {
    if (after.resources('Sidecar').length === 0) return;
    const hidden = new Map<Resource, Call[]>();
    for (const call of callsOf(after)) {
      const { caller, service } = call;
      if (caller.namespace === service.namespace || after.injectionOf(caller).injected !== 'yes') continue;
      const sidecar = sidecarOf(after, caller);
      const host = serviceHost(service.name, service.namespace);
      if (!sidecar || sees(after, sidecar, host, service.namespace)) continue;
      const then = sidecarOf(before, caller);
      if (then && !sees(before, then, host, service.namespace)) continue;
      hidden.set(sidecar, [...(hidden.get(sidecar) ?? []), call]);
    }
    for (const [sidecar, calls] of hidden) {
      const callers = calls.map(({ caller }) => `${caller.kind} ${qualifiedName(caller)}`);
      const hosts = calls.map(({ service }) => serviceHost(service.name, service.namespace));
      const data = { callers: distinct(callers), hosts: distinct(hosts), sidecar: qualifiedName(sidecar) };
      const evidence = calls.slice(0, MOST_EVIDENCE).map(({ caller, service, at }) => ({
        says: `${caller.kind} ${caller.name} is told the address of ${service.name}`,
        at,
      }));
      report(sidecar, ['spec', 'egress'], 'hides', data, { confidence: 'likely', evidence, atKey: true });
    }
  },
});

/** Enough to see what is meant. */
const MOST_EVIDENCE = 5;

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

/** The Sidecar of the workload's own, else its namespace's, else the root namespace's, that says what is seen. */
function sidecarOf(mesh: Mesh, workload: Workload): Resource | undefined {
  const all = mesh.resources('Sidecar');
  const selectorOf = ({ body }: Resource) =>
    labels(fields(fields(body, 'spec'), 'workloadSelector'), 'labels');
  const isDefault = (sidecar: Resource) => Object.keys(selectorOf(sidecar)).length === 0;
  const here = all.filter(({ namespace }) => namespace === workload.namespace);
  const own = here.find(
    (sidecar) => !isDefault(sidecar) && matchesLabels(selectorOf(sidecar), workload.labels) !== 'no',
  );
  const decides =
    own ??
    here.find(isDefault) ??
    all.find((sidecar) => sidecar.namespace === mesh.rootNamespace && isDefault(sidecar));
  return decides && list(fields(decides.body, 'spec'), 'egress').length > 0 ? decides : undefined;
}

/** A listener without hosts, or with one to be filled in, may show anything. */
function sees(mesh: Mesh, sidecar: Resource, host: string, namespace: string): boolean {
  const entries = list(fields(sidecar.body, 'spec'), 'egress').flatMap((listener) =>
    texts(listener, 'hosts'),
  );
  if (entries.length === 0 || entries.some(hasPlaceholder)) return true;
  const admits = (place: string, name: string) =>
    entries.some((entry) => {
      const slash = entry.indexOf('/');
      const [scope, pattern] = [entry.slice(0, Math.max(slash, 0)), entry.slice(slash + 1)];
      const inScope = scope === '*' || scope === place || (scope === '.' && place === sidecar.namespace);
      return inScope && hostsOverlap(pattern, name);
    });
  return admits(namespace, host) || routesTo(mesh, host).some((route) => admits(route.namespace, host));
}

/** VirtualServices for the sidecars that take requests for the host, wherever they lead. */
function routesTo(mesh: Mesh, host: string): readonly Resource[] {
  return mesh.resources('VirtualService').filter(({ body, namespace }) => {
    const gateways = texts(fields(body, 'spec'), 'gateways');
    if (gateways.length > 0 && !gateways.includes(MESH_GATEWAY)) return false;
    return texts(fields(body, 'spec'), 'hosts').some((one) => hostsOverlap(toFqdn(one, namespace), host));
  });
}
