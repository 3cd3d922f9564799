import { discoveryScope } from '../../mesh/discovery-scope.ts';
import { isProxyAlone } from '../../mesh/gateway-workloads.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineChangeRule } from '../change-rule.ts';
import { selectorsEvidence, selectorsSubject, watches } from './watchers.ts';

/** Selectors and labels are read while istiod runs (1.10 and later): all proxies of the revision forget the namespace in seconds. */
export default defineChangeRule({
  id: 'namespace-leaves-discovery',
  name: 'namespace-leaves-discovery',
  level: 'warning',
  inputs: ['controlPlanes', 'namespaces', 'workloads', 'injection', 'components', 'meshConfig'],
  summary: 'A control plane stops watching a namespace.',
  messages: {
    selectors:
      'Revision {revision} stops watching {namespaces}: the new discovery selectors do not match, and every proxy forgets their Services within seconds.',
    labels:
      'Revision {revision} stops watching namespace {namespaces}: its labels no longer match the discovery selectors, and every proxy forgets its Services within seconds.',
  },
  advice:
    'Keep what is injected, gateways, and the root namespace matched by a selector. For the others make sure first that nobody in the mesh calls them: no restart or canary stands between this change and all proxies.',
  check({ before, after, report }) {
    for (const controlPlane of after.controlPlanes) {
      const earlier = before.controlPlanes.findLast(({ revision }) => revision === controlPlane.revision);
      if (!earlier || !isKnown(controlPlane.revision)) continue;
      const left = leaving(before, after, earlier, controlPlane);
      const { revision, confidence } = controlPlane;
      const bySelectors = left.filter((name) => !isRelabelled(before, after, name));
      if (bySelectors.length > 0) {
        const level = levelOf(after, controlPlane, bySelectors);
        const data = { revision, namespaces: bySelectors };
        const evidence = [selectorsEvidence(earlier)];
        report(selectorsSubject(controlPlane), [], 'selectors', data, { level, confidence, evidence });
      }
      for (const name of left.filter((one) => !bySelectors.includes(one))) {
        const resource = after.namespaces.get(name)?.resource;
        if (!resource) continue;
        const level = levelOf(after, controlPlane, [name]);
        const evidence = [selectorsEvidence(controlPlane)];
        const options = { level, confidence, evidence, atKey: true };
        report(resource, ['metadata', 'labels'], 'labels', { revision, namespaces: [name] }, options);
      }
    }
  },
});

function leaving(before: Mesh, after: Mesh, earlier: ControlPlane, controlPlane: ControlPlane): string[] {
  return [...after.namespaces.keys()].filter(
    (name) =>
      before.namespaces.has(name) &&
      watches(before, earlier, name).discovered === 'yes' &&
      watches(after, controlPlane, name).discovered === 'no',
  );
}

function isRelabelled(before: Mesh, after: Mesh, name: string): boolean {
  const [from, to] = [before.namespaces.get(name)?.labels ?? {}, after.namespaces.get(name)?.labels ?? {}];
  const keys = new Set([...Object.keys(from), ...Object.keys(to)]);
  return [...keys].some((key) => from[key] !== to[key]);
}

/** An error where running traffic depends on it: something injected, a gateway, ztunnel, or policies for the whole mesh. */
function levelOf(mesh: Mesh, controlPlane: ControlPlane, namespaces: readonly string[]): 'error' | 'warning' {
  const isRoot = (name: string) =>
    name === mesh.meshConfig(controlPlane.revision)['rootNamespace'] &&
    discoveryScope(controlPlane).configuration === 'yes';
  const isServed = (name: string) => {
    const { injected, revision } = mesh.namespaceInjection(name);
    return injected === 'yes' && revision === controlPlane.revision;
  };
  const busy = new Set([
    ...mesh.components
      .filter(({ component }) => component === 'gateway' || component === 'ztunnel')
      .map(({ namespace }) => namespace),
    ...mesh.workloads
      .filter((workload) => isProxyAlone(workload) || mesh.injectionOf(workload).injected === 'yes')
      .map(({ namespace }) => namespace),
  ]);
  return namespaces.some((name) => busy.has(name) || isServed(name) || isRoot(name)) ? 'error' : 'warning';
}
