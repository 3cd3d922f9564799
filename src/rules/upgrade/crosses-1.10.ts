import { atLeast } from '../../facts/versions.ts';
import { Exposures } from '../../listeners/exposure.ts';
import { loopbackListeners } from '../../listeners/loopback-listeners.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { VersionStep } from '../../mesh/version-steps.ts';
import type { Evidence } from '../../vocabulary.ts';
import { defineRule } from '../rule.ts';
import { asResource } from './component-finding.ts';

/**
 * istiod decides where a sidecar sends inbound traffic, whatever the sidecar's own version: an upgrade in place changes
 * running pods at once (istio.io, upcoming networking changes in Istio 1.10). What breaks is told one by one as IST0143.
 */
export default defineRule({
  id: 'crosses-1.10',
  name: 'crosses-1.10',
  level: 'warning',
  inputs: ['upgrades', 'controlPlanes', 'workloads', 'services'],
  summary:
    'An upgrade in place to 1.10 or later sends inbound traffic to the address of the pod, not to localhost.',
  messages: {
    some: 'From {from} to {to}, sidecars send inbound traffic to the pod’s address instead of localhost. In this repository {workloads} listen on localhost only.',
    none: 'From {from} to {to}, sidecars send inbound traffic to the pod’s address instead of localhost. As far as this repository shows, no Service leads to a port that listens on localhost only.',
  },
  advice: {
    some: 'Let them listen on 0.0.0.0 first, or give each a Sidecar whose ingress maps its port to localhost.',
    none: 'Run `istioctl x precheck` of 1.10 against the cluster for workloads whose manifests are elsewhere.',
  },
  check({ mesh, report }) {
    const step = crossing(mesh);
    if (!step) return;
    const { before, after, from, to } = step;
    const bound = boundToLocalhost(mesh);
    const data = { from: `${from.major}.${from.minor}`, to: `${to.major}.${to.minor}` };
    const evidence: Evidence[] = [
      { says: `before: ${before.versionText}`, at: before.at },
      ...bound.slice(0, 5),
    ];
    const confidence = after.confidence;
    if (bound.length === 0) report(asResource(after), [], 'none', data, { evidence, confidence });
    else {
      const workloads = bound.map(({ says }) => says);
      report(asResource(after), [], 'some', { ...data, workloads }, { evidence, confidence });
    }
  },
});

/** The step of a control plane, else of an operator whose control planes are not written here. */
function crossing({ upgrades, controlPlanes }: Mesh): VersionStep | undefined {
  const crossings = upgrades.filter(
    ({ from, to }) => atLeast(from, 10) === false && atLeast(to, 10) === true,
  );
  const brings = controlPlanes.length === 0 ? 'operator' : 'istiod';
  return crossings.find(({ after }) => after.component === brings);
}

function boundToLocalhost(mesh: Mesh): Evidence[] {
  const exposures = new Exposures(mesh.services);
  return mesh.workloads.flatMap((workload) => {
    const [listener] = loopbackListeners(workload, exposures);
    if (!listener) return [];
    const { kind, namespace, name, resource } = workload;
    const says = `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
    return [{ says, at: resource.origin.at(listener.bind.path) }];
  });
}
