import type { Resource } from '../render/resource.ts';
import { assemble, type Contribution } from './assemble.ts';
import { splitAtCollisions, type Atom } from './collisions.ts';
import type { Environment } from './environment.ts';
import { helmfileContribution, isHelmfile } from './helmfile.ts';
import { isBuiltIn } from './kubernetes-kinds.ts';
import { isManifestFile } from './manifest-files.ts';
import type { Notes } from './notes.ts';
import { baseName, byText, parentOf } from './repository-path.ts';
import { standaloneChart } from './standalone-charts.ts';
import type { DirectoryTree } from './directory-tree.ts';
import type { Workspace } from './workspace.ts';

/** A directory's plain manifests, an overlay that nobody includes, a chart, a helmfile: what people apply as one. */
interface Unit extends Atom {
  readonly kind: 'plain' | 'kustomize' | 'chart' | 'helmfile';
  readonly part: Contribution;
}

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
    const name = directories.names.of(unit.dir);
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
  const overlays = units.every(({ kind }) => kind === 'kustomize');
  return overlays ? 'kustomize overlays of that name' : 'directories of that name';
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

function unitsOf(workspace: Workspace, notes: Notes): Unit[] {
  const included = workspace.graph.includedDirectories();
  const roots = [...workspace.graph.kustomizations.values()].filter(
    ({ dir, component }) => !component && !included.has(dir) && !isLibrary(dir),
  );
  const overlays = roots.map(({ dir }) => unit(dir, 'kustomize', workspace.build(dir)));
  const charts = [...workspace.charts]
    .filter((dir) => !workspace.isInChart(dir))
    .map((dir) => unit(dir, 'chart', standaloneChart(dir, workspace)));
  const helmfiles = [...workspace.repository.files.values()]
    .filter(({ path }) => isHelmfile(path))
    .map((file) => unit(parentOf(file.path), 'helmfile', helmfileContribution(file, workspace)));
  return [...overlays, ...charts, ...helmfiles, ...plainUnits(workspace, notes)];
}

/** Manifests beside or below a kustomization that nothing lists are not deployed; other plain files are. */
function plainUnits(workspace: Workspace, notes: Notes): Unit[] {
  const { directories, graph } = workspace;
  const reached = new Set([...graph.kustomizations.keys()].flatMap((dir) => [...graph.closureOf(dir)]));
  return [...directories.all].flatMap((dir) => {
    const paths = directories.filesIn(dir).filter((path) => !reached.has(path));
    const [first] = paths;
    if (first === undefined || workspace.isInChart(first)) return [];
    const part = workspace.files(paths.filter((path) => isManifestFile({ path })));
    const why = whyNotDeployed(dir, workspace);
    if (why === undefined) return part.files.size > 0 ? [unit(dir, 'plain', part)] : [];
    for (const resource of part.resources) notes.add(why.what, why.why, () => resource.origin.at(['kind']));
    return [];
  });
}

function whyNotDeployed(dir: string, workspace: Workspace): { what: string; why: string } | undefined {
  const aside = workspace.directories.asideAt(`${dir}/`);
  if (aside?.as === 'retired' || aside?.as === 'foreign') {
    return { what: `manifests in ${aside.dir}`, why: 'the directory is not taken for part of a cluster' };
  }
  return isKustomized(dir, workspace)
    ? { what: 'manifests that no kustomization lists', why: UNLISTED }
    : undefined;
}

const UNLISTED = 'nothing deploys them as far as the repository shows';

function isKustomized(dir: string, workspace: Workspace): boolean {
  for (let current = dir; current !== ''; current = parentOf(current)) {
    if (workspace.graph.has(current)) return true;
  }
  return workspace.graph.has('');
}

function unit(dir: string, kind: Unit['kind'], part: Contribution): Unit {
  // Charts are rendered when a change touches them; how the repository is split must not hang on that.
  const ids = kind === 'chart' ? [] : part.resources.filter(isOfAMesh).map(idOf);
  return { dir, kind, part, ids };
}

/** Kubernetes' own kinds and Istio's: equal names of other tools' objects say nothing about clusters. */
function isOfAMesh({ group }: Resource): boolean {
  return isBuiltIn(group) || group.endsWith('istio.io');
}

function idOf({ kind, group, namespace, name }: Resource): string {
  return `${kind}.${group} ${namespace}/${name}`;
}

/** A base that waits to be included. */
function isLibrary(dir: string): boolean {
  return /(?:^|\/)(?:base|bases|components|lib)$/.test(dir);
}
