import type { Change, Path } from '../../vocabulary.ts';
import { isMapping } from '../../mesh/fields.ts';
import type { Fields } from '../../mesh/fields.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { NOTHING_TOUCHED } from './blast-radius.ts';
import { sharedRevisions } from './discovery-changes.ts';

/** Fields of the mesh config in force that differ, each named; those of `defaultConfig` one by one. */
export function meshConfigChanges(base: Mesh, head: Mesh): Change[] {
  return sharedRevisions(base, head).flatMap((revision) => {
    const controlPlane = head.controlPlanes.findLast((one) => one.revision === revision);
    const before = base.meshConfig(revision);
    const after = head.meshConfig(revision);
    return differences(before, after, []).map((difference) => change(revision, controlPlane, difference));
  });
}

interface Difference {
  readonly path: readonly string[];
  readonly from: unknown;
  readonly to: unknown;
}

function differences(before: Fields, after: Fields, path: readonly string[]): Difference[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return fields.flatMap((field) => {
    const here = [...path, field];
    const [from, to] = [before[field], after[field]];
    if (canonical(from) === canonical(to)) return [];
    const deeper = field === 'defaultConfig' && path.length === 0;
    if (deeper && isMapping(from) && isMapping(to)) return differences(from, to, here);
    return [{ path: here, from, to }];
  });
}

function change(
  revision: string,
  controlPlane: ControlPlane | undefined,
  { path, from, to }: Difference,
): Change {
  const field = ['meshConfig', ...path].join('.');
  const at = controlPlane && placeOf(controlPlane, path);
  return {
    kind: 'mesh-config-changed',
    subject: field,
    from: shown(from),
    to: shown(to),
    message: `${field} of revision ${revision} goes from ${shown(from)} to ${shown(to)}.`,
    ...(at ? { at } : {}),
    evidence: [],
    blastRadius: NOTHING_TOUCHED,
  };
}

function placeOf(controlPlane: ControlPlane, path: Path): Change['at'] {
  return controlPlane.meshConfigAt?.(path) ?? controlPlane.at;
}

const SHOWN = 80;

function shown(value: unknown): string {
  if (value === undefined) return 'not set';
  const text = typeof value === 'string' ? value : canonical(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}

/** JSON with sorted keys: equal values give equal texts. */
function canonical(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) =>
    isMapping(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  ) as string | undefined;
  return text ?? 'not set';
}
