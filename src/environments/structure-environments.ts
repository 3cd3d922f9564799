import { assemble } from './assemble.ts';
import { splitAtCollisions } from './collisions.ts';
import type { DirectoryTree } from './directory-tree.ts';
import type { Environment } from './environment.ts';
import type { Notes } from './notes.ts';
import { baseName, byText } from './repository-path.ts';
import { unitsOf, type Unit } from './structure-units.ts';
import type { Workspace } from './workspace.ts';

/** Named groups beyond this many are alternatives of a library rather than environments that share the rest. */
const MAX_SHARING = 8;

/**
 * Environments of a repository without a GitOps controller, by its structure: overlays that nobody includes, directories
 * named for clusters or stages, directories that hold the same objects again; else the whole repository.
 */
export function structureEnvironments(workspace: Workspace, notes: Notes): Environment[] {
  const { directories } = workspace;
  const units = unitsOf(workspace, notes);
  const deployed = units.filter(({ dir }) => directories.asideAt(`${dir}/`) === undefined);
  const shown = units.filter(({ dir }) => directories.asideAt(`${dir}/`)?.as === 'shown');
  const named = new Map<string, Unit[]>();
  const common: Unit[] = [];
  for (const unit of deployed) {
    const name = unit.environment ?? directories.names.of(unit.dir);
    if (name === undefined) common.push(unit);
    else named.set(name, [...(named.get(name) ?? []), unit]);
  }
  const environments = named.size > 0 ? byName(named, common) : bySimilarity(common, 'default');
  return [...environments, ...shownEnvironments(shown, directories, environments.length === 0)];
}

function byName(named: ReadonlyMap<string, readonly Unit[]>, common: readonly Unit[]): Environment[] {
  const sharing = named.size <= MAX_SHARING;
  const shared = sharing ? common : [];
  const environments = [...named].flatMap(([name, units]) => {
    const groups = splitAtCollisions(units);
    return groups.map(({ dir, atoms }) => {
      const full = dir === '' ? name : `${name}/${baseName(dir)}`;
      return environmentOf(full, nameReason(atoms), atoms, shared);
    });
  });
  return sharing ? environments : [...bySimilarity(common, 'default'), ...environments];
}

function nameReason(units: readonly Unit[]): string {
  if (units.every(({ kind }) => kind === 'kustomize')) return 'kustomize overlays of that name';
  const helmfile = units.some(({ environment }) => environment !== undefined);
  return helmfile ? 'helmfile environments of that name' : 'directories of that name';
}

function bySimilarity(units: readonly Unit[], rest: string): Environment[] {
  if (
    units.every(
      ({ part }) => part.resources.length === 0 && part.charts.length === 0 && part.opaque.length === 0,
    )
  ) {
    return [];
  }
  const groups = splitAtCollisions(units);
  if (groups.length === 1) return [environmentOf(rest, wholeReason(units), units, [])];
  return groups.map(({ dir, atoms }) => {
    if (dir === '') return environmentOf(rest, 'what no other environment holds', atoms, []);
    return environmentOf(dir, 'a directory whose objects other directories hold too', atoms, []);
  });
}

function wholeReason(units: readonly Unit[]): string {
  const kustomized = units.filter(({ kind }) => kind === 'kustomize');
  const [only] = kustomized;
  if (only && units.length === 1) return `the kustomization in ${only.dir || 'the root'}`;
  return kustomized.length === units.length
    ? 'the kustomizations that nobody includes'
    : 'the whole repository';
}

/** Examples are reviewed on their own, one environment for each directory of them. */
function shownEnvironments(
  units: readonly Unit[],
  directories: DirectoryTree,
  alone: boolean,
): Environment[] {
  const byDirectory = new Map<string, Unit[]>();
  for (const unit of units) {
    const dir = directories.asideAt(`${unit.dir}/`)?.dir ?? '';
    byDirectory.set(dir, [...(byDirectory.get(dir) ?? []), unit]);
  }
  return [...byDirectory]
    .sort(([a], [b]) => byText(a, b))
    .flatMap(([dir, members]) => bySimilarity(members, alone && byDirectory.size === 1 ? 'default' : dir))
    .map((environment) => ({ ...environment, because: 'manifests shown to readers, kept apart' }));
}

function environmentOf(
  name: string,
  because: string,
  own: readonly Unit[],
  common: readonly Unit[],
): Environment {
  const units = [...common, ...own].sort((a, b) => byText(a.dir, b.dir));
  const roots = own.map(({ dir }) => dir);
  return assemble(
    { name, because, roots: because === 'the whole repository' ? [''] : roots },
    units.map(({ part }) => part),
  );
}
