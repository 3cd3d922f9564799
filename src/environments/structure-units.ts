import type { RepositoryFile } from '../render/repository.ts';
import type { Resource } from '../render/resource.ts';
import { NOTHING, type Contribution } from './assemble.ts';
import type { Atom } from './collisions.ts';
import { holdVariants, TWIN_OBJECTS } from './file-variants.ts';
import { helmfileContribution } from './helmfile.ts';
import { helmfileEnvironments } from './helmfile-environments.ts';
import type { DeclaredSource } from './installers/declared-source.ts';
import { isBuiltIn } from './kubernetes-kinds.ts';
import { isManifestFile } from './manifest-files.ts';
import type { Notes } from './notes.ts';
import { joinPath, parentOf } from './repository-path.ts';
import { standaloneChart } from './standalone-charts.ts';
import type { Workspace } from './workspace.ts';

/** A directory's plain manifests, an overlay that nobody includes, a chart, a helmfile, a Terraform module: what people apply as one. */
export interface Unit extends Atom {
  readonly kind: 'plain' | 'kustomize' | 'chart' | 'helmfile' | 'installer';
  readonly part: Contribution;
  /** The environment it is for, where it says so itself. */
  readonly environment?: string;
}

/** What the repository is made of, in no particular order. What is not taken for deployed is told in `notes`. */
export function unitsOf(workspace: Workspace, notes: Notes): Unit[] {
  const included = workspace.graph.includedDirectories();
  const roots = [...workspace.graph.kustomizations.values()].filter(
    ({ dir, component }) => !component && !included.has(dir) && !isLibrary(dir),
  );
  const overlays = roots.map(({ dir }) => unit(dir, 'kustomize', workspace.build(dir)));
  const helmfiles = workspace.helmfiles.flatMap((file) => helmfileUnits(file, workspace));
  const isReleased = (dir: string): boolean =>
    helmfiles.some(({ part }) => part.files.has(joinPath(dir, 'Chart.yaml')));
  const charts = [...workspace.charts]
    .filter((dir) => !workspace.isInChart(dir) && !isReleased(dir))
    .map((dir) => unit(dir, 'chart', standaloneChart(dir, workspace)));
  const installers = workspace.installers.map(installerUnit);
  return [...overlays, ...charts, ...helmfiles, ...installers, ...plainUnits(workspace, notes)];
}

/** Releases of one name and namespace in two places are of two clusters. */
function installerUnit({ dir, files, charts }: DeclaredSource): Unit {
  const ids = charts.map(({ releaseName, namespace }) => `release ${namespace}/${releaseName}`);
  return { dir, kind: 'installer', part: { ...NOTHING, files: new Set(files), charts }, ids };
}

function helmfileUnits(file: RepositoryFile, workspace: Workspace): Unit[] {
  const environments = helmfileEnvironments(file, workspace.repository);
  return environments.map((environment) => {
    const whole = unit(parentOf(file.path), 'helmfile', helmfileContribution(file, workspace, environment));
    return environments.length > 1 ? { ...whole, environment: environment.name } : whole;
  });
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
    if (why === undefined) return part.files.size > 0 ? filesOf(unit(dir, 'plain', part), workspace) : [];
    for (const resource of part.resources) notes.add(why.what, why.why, () => resource.origin.at(['kind']));
    return [];
  });
}

/** The unit, or one for each of its files where those hold the same objects again. */
function filesOf(whole: Unit, workspace: Workspace): Unit[] {
  const paths = [...whole.part.files];
  const shown = workspace.directories.asideAt(`${whole.dir}/`)?.as === 'shown';
  const large = shown ? paths : paths.filter((path) => workspace.objectsIn(path).length >= TWIN_OBJECTS);
  if (large.length < 2) return [whole];
  const single = paths.map((path) => unit(path, 'plain', workspace.files([path])));
  return holdVariants(single, shown) ? single : [whole];
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
