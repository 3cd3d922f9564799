import type { Change, Path } from '../../vocabulary.ts';
import { meshConfigEffect } from '../../facts/mesh-config-effects.ts';
import { whyMeshConfigHidden } from '../../mesh/discovery.ts';
import { fieldAt, isMapping, type Fields } from '../../untyped.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { blastRadius } from './blast-radius.ts';
import { sharedRevisions } from './discovery-changes.ts';
import { canonical, shownValue } from './mesh-config-values.ts';
import { injectedBy } from './names.ts';

/** Fields of the mesh config in force that differ, each named; those of `defaultConfig` one by one. */
export function meshConfigChanges(base: Mesh, head: Mesh): Change[] {
  return sharedRevisions(base, head).flatMap((revision) => {
    const [before, after] = [planeOf(base, revision), planeOf(head, revision)];
    if (!before || !after) return [];
    return differences(base.meshConfig(revision), head.meshConfig(revision), [])
      .filter(({ path }) => isSettled(before, path) && isSettled(after, path))
      .filter(({ path }) => !isOfChart(before, after, path))
      .map((difference) => change(head, before, after, difference));
  });
}

function planeOf({ controlPlanes }: Mesh, revision: string): ControlPlane | undefined {
  return controlPlanes.findLast((one) => one.revision === revision);
}

/** A field that nobody writes here is at its default only where nothing can be written elsewhere. */
function isSettled(controlPlane: ControlPlane, path: readonly string[]): boolean {
  return (
    fieldAt(controlPlane.meshConfig, ...path) !== undefined || whyMeshConfigHidden(controlPlane) === undefined
  );
}

/** Fields that the chart writes by itself: they stand in its ConfigMap, and in nobody's values. */
const CHART_WRITES = new Set([
  'accessLogFile',
  'defaultConfig.discoveryAddress',
  'defaultConfig.tracing',
  'defaultProviders',
  'enablePrometheusMerge',
]);

/** Values on the one side and the ConfigMap they lead to on the other (a live cluster): both may be the same. */
function isOfChart(before: ControlPlane, after: ControlPlane, path: readonly string[]): boolean {
  if (!CHART_WRITES.has(path.join('.'))) return false;
  const rendered = [before, after].filter(({ installer }) => installer === 'manifests');
  const values = [before, after].find(({ installer }) => installer !== 'manifests');
  return rendered.length === 1 && values !== undefined && fieldAt(values.meshConfig, ...path) === undefined;
}

interface Difference {
  readonly path: readonly string[];
  readonly from: unknown;
  readonly to: unknown;
}

/** Proxy settings and their variables are told one by one: they have nothing to do with each other. */
const TAKEN_APART = new Set(['defaultConfig', 'defaultConfig.proxyMetadata']);

function differences(before: Fields, after: Fields, path: readonly string[]): Difference[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return fields.flatMap((field) => {
    const here = [...path, field];
    const [from, to] = [before[field], after[field]];
    if (canonical(from) === canonical(to)) return [];
    if (TAKEN_APART.has(here.join('.')) && isMapping(from ?? {}) && isMapping(to ?? {})) {
      return differences((from ?? {}) as Fields, (to ?? {}) as Fields, here);
    }
    return [{ path: here, from, to }];
  });
}

function change(
  head: Mesh,
  before: ControlPlane,
  after: ControlPlane,
  { path, from, to }: Difference,
): Change {
  const { revision } = after;
  const field = ['meshConfig', ...path].join('.');
  const was = shownValue(path, from);
  const now = shownValue(path, to);
  const is = now === was ? `${now} with other settings` : now;
  const effect = meshConfigEffect(path);
  const { namespaces, workloads } = injectedBy(head, revision);
  return {
    kind: 'mesh-config-changed',
    subject: field,
    from: was,
    to: is,
    message: `${field} of revision ${revision} goes from ${was} to ${is}${effect === undefined ? '' : `, which ${effect}`}.`,
    at: placeOf(after, path),
    evidence: from === undefined ? [] : [{ says: `before: ${was}`, at: placeOf(before, path) }],
    blastRadius: blastRadius(head, workloads, namespaces),
  };
}

function placeOf(controlPlane: ControlPlane, path: Path): ControlPlane['at'] {
  return controlPlane.meshConfigAt?.(path) ?? controlPlane.at;
}
