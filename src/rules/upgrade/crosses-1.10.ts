import { atLeast } from '../../facts/versions.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { VersionStep } from '../../mesh/version-steps.ts';
import type { Evidence } from '../../vocabulary.ts';
import { type ListenerVerdict, verdictsOf } from '../istio/ist0143-verdicts.ts';
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
  inputs: [
    'upgrades',
    'controlPlanes',
    'workloads',
    'services',
    'namespaces',
    'injection',
    'meshConfig',
    'Sidecar',
    'VirtualService',
    'ConfigMap',
    'hosts',
  ],
  summary:
    'An upgrade in place to 1.10 or later sends inbound traffic to the address of the pod, not to localhost.',
  messages: {
    some: 'From {from} to {to}, sidecars send inbound traffic to the pod’s address instead of localhost. In this repository {workloads} listen on localhost only.',
    spared:
      'From {from} to {to}, sidecars send inbound traffic to the pod’s address unless something keeps them from it. In this repository that spares all that listens on localhost only: {workloads}.',
    none: 'From {from} to {to}, sidecars send inbound traffic to the pod’s address instead of localhost. As far as this repository shows, no Service leads to a port that listens on localhost only.',
  },
  advice: {
    some: 'Let them listen on 0.0.0.0 first, or give each a Sidecar whose ingress maps its port to localhost.',
    spared: 'Nothing at once; spared-localhost-listener tells what spares each, and how long that lasts.',
    none: 'Run `istioctl x precheck` of 1.10 against the cluster for workloads whose manifests are elsewhere.',
  },
  check({ mesh, report }) {
    const step = crossing(mesh);
    if (!step) return;
    const { before, after, from, to } = step;
    const bound = localhostOnly(mesh, ({ is }) => is === 'unreached' || is === 'undecided');
    const spared = localhostOnly(mesh, ({ is }) => is === 'spared' || is === 'held');
    const data = { from: `${from.major}.${from.minor}`, to: `${to.major}.${to.minor}` };
    const told = bound.length > 0 ? bound : spared;
    const evidence: Evidence[] = [
      { says: `before: ${before.versionText}`, at: before.at },
      ...told.slice(0, 5),
    ];
    const { confidence } = after;
    const workloads = told.map(({ says }) => says);
    if (told.length === 0) report(asResource(after), [], 'none', data, { evidence, confidence });
    else if (bound.length > 0) {
      report(asResource(after), [], 'some', { ...data, workloads }, { evidence, confidence });
    } else {
      const options = { evidence, confidence, level: 'info' } as const;
      report(asResource(after), [], 'spared', { ...data, workloads }, options);
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

/** The workloads of these verdicts, each once, and where they are told to listen on localhost. */
function localhostOnly(mesh: Mesh, isOne: (verdict: ListenerVerdict) => boolean): Evidence[] {
  const found = new Map<string, Evidence>();
  for (const { workload, listener } of verdictsOf(mesh).filter(isOne)) {
    const { kind, namespace, name, resource } = workload;
    const says = `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
    if (!found.has(says)) found.set(says, { says, at: resource.origin.at(listener.bind.path) });
  }
  return [...found.values()];
}
