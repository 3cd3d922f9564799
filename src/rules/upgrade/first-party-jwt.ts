import { HAZARDS } from '../../facts/hazards/all.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { atLeast } from '../../facts/versions.ts';
import { defineRule } from '../rule.ts';
import { placedAt } from '../subject.ts';
import type { Hit } from './hazards/hit.ts';
import { look } from './hazards/look.ts';
import { MAKER_KINDS } from './hazards/pod-metadata.ts';

/** What shows it: a value, variables and scripts, as the release that drops it is told. */
const SIGNALS = HAZARDS.find(({ id }) => id === 'first-party-jwt-removed')?.signals ?? [];

const DROPPED_IN = 22;

/** Deprecated in 1.10, and without effect since 1.22 (pilot/cmd/pilot-agent/options/security.go of 1.22). */
export default defineRule({
  id: 'first-party-jwt',
  name: 'first-party-jwt',
  level: 'warning',
  inputs: [
    'components',
    'controlPlanes',
    'upgrades',
    'workloads',
    'scripts',
    'ConfigMap',
    'ProxyConfig',
    ...MAKER_KINDS,
  ],
  summary: 'Proxies prove themselves with tokens that are good for everything (first-party JWT).',
  messages: {
    deprecated:
      'First-party tokens are bound to no audience and never expire; Istio 1.10 deprecates them and 1.22 takes none. Here: {place}.',
    gone: 'Istio takes no first-party tokens since 1.22: proxies without a projected token get no certificate. Here: {place}.',
  },
  advice:
    'Use third-party-jwt, the default, once the API server projects bound tokens (Kubernetes 1.20 and later do), and restart the workloads while both kinds are taken (1.8 to 1.21).',
  check({ mesh, report }) {
    const planes = mesh.controlPlanes.filter(({ version }) => atLeast(version, 10) === true);
    if (planes.length === 0) return;
    const isGone = planes.every(({ version }) => atLeast(version, DROPPED_IN) === true);
    // An upgrade over 1.22 is told by what 1.22 changes.
    if (isGone && isCrossed(mesh, planes)) return;
    for (const hit of firstOfEach(SIGNALS.flatMap((signal) => look(mesh, signal)))) {
      const message = isGone ? 'gone' : 'deprecated';
      report(
        placedAt(hit.subject, hit.at()),
        [],
        message,
        { place: hit.says },
        isGone ? { level: 'error' } : {},
      );
    }
  },
});

function isCrossed({ upgrades }: Mesh, planes: readonly ControlPlane[]): boolean {
  return upgrades.some(
    ({ after, from }) =>
      after.component === 'istiod' &&
      from.minor < DROPPED_IN &&
      planes.some(({ revision }) => revision === after.revision),
  );
}

function firstOfEach(hits: readonly Hit[]): Hit[] {
  const first = new Map<string, Hit>();
  for (const hit of hits) {
    const { kind, namespace, name } = hit.subject;
    const key = JSON.stringify([kind, namespace, name]);
    if (!first.has(key)) first.set(key, hit);
  }
  return [...first.values()];
}
