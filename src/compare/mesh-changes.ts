import type { Change, ChangeKind } from '../vocabulary.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { ambientChanges } from './changes/ambient-changes.ts';
import { componentChanges } from './changes/component-changes.ts';
import { controlPlaneChanges } from './changes/control-plane-changes.ts';
import { discoveryChanges } from './changes/discovery-changes.ts';
import { gatewayChanges } from './changes/gateway-changes.ts';
import { injectionChanges } from './changes/injection-changes.ts';
import { meshConfigChanges } from './changes/mesh-config-changes.ts';
import { meshValuesChanges } from './changes/mesh-values-changes.ts';
import { tagChanges } from './changes/tag-changes.ts';

/** The order in which changes are told: what takes sidecars away first, what only informs last. */
const ORDER: readonly ChangeKind[] = [
  'workload-loses-sidecar',
  'revision-removed',
  'tag-removed',
  'default-revision-moved',
  'tag-retargeted',
  'namespace-moves-revision',
  'workload-moves-revision',
  'workload-gains-sidecar',
  'revision-upgraded-in-place',
  'gateway-moves-revision',
  'namespace-leaves-ambient',
  'namespace-becomes-ambient',
  'namespace-leaves-discovery',
  'namespace-enters-discovery',
  'mesh-config-changed',
  'revision-added',
  'tag-created',
  'component-version-changed',
];

/**
 * What differs between two meshes and matters to traffic or injection, in a total order. Where one side does not know, no
 * change is claimed.
 */
export function meshChanges(base: Mesh, head: Mesh): Change[] {
  const changes = [
    ...controlPlaneChanges(base, head),
    ...tagChanges(base, head),
    ...injectionChanges(base, head),
    ...ambientChanges(base, head),
    ...discoveryChanges(base, head),
    ...meshConfigChanges(base, head),
    ...meshValuesChanges(base, head),
    ...componentChanges(base, head),
    ...gatewayChanges(base, head),
  ];
  return merged(changes.sort(inOrder));
}

/** What several files say with one effect (an installation and its variant) is one change with several places. */
function merged(sorted: readonly Change[]): Change[] {
  const told = new Map<string, Change>();
  for (const change of sorted) {
    const { kind, subject, message, at } = change;
    const key = JSON.stringify([kind, subject, message]);
    const first = told.get(key);
    if (!first) told.set(key, change);
    else if (at)
      told.set(key, { ...first, evidence: [...first.evidence, { says: 'also written here', at }] });
  }
  return [...told.values()];
}

function inOrder(a: Change, b: Change): number {
  return (
    ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
    compareText(a.subject, b.subject) ||
    compareText(a.at?.file ?? '', b.at?.file ?? '') ||
    (a.at?.line ?? 0) - (b.at?.line ?? 0) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
