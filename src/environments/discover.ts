import type { Settings } from '../config/settings.ts';
import type { Repository } from '../render/repository.ts';
import { argoEnvironments } from './argo-clusters.ts';
import type { Discovery, Environment, ScriptLine } from './environment.ts';
import { EnvironmentCache } from './environment-cache.ts';
import { fluxClusters } from './flux-clusters.ts';
import { fluxEnvironment } from './flux-environment.ts';
import { withInstallers } from './installers-beside.ts';
import { problemsOf } from './manifest-problems.ts';
import { noteUnreached } from './unreached.ts';
import { Notes } from './notes.ts';
import { byText } from './repository-path.ts';
import type { Rendering } from './renderings.ts';
import { scriptLines, withScripts } from './scripts.ts';
import { settingsEnvironments } from './settings-environments.ts';
import { standaloneCharts } from './standalone-charts.ts';
import { structureEnvironments } from './structure-environments.ts';
import { Workspace } from './workspace.ts';

export { EnvironmentCache };
export type { Discovery };

/** Charts that deploy charts that deploy charts. */
const MOST_ROUNDS = 4;

/**
 * One Environment per cluster, as the repository's owner would recognise it, with the objects that are really deployed
 * together. The first of these that says anything decides: the settings, Flux Kustomizations, Argo CD Applications,
 * the structure of the repository. Give the same cache for base and head: what did not change is the same objects then.
 * With `rendering`, charts and overlays that the change reaches are what the real tools make of them.
 */
export async function environmentsOf(
  repository: Repository,
  settings: Settings,
  cache: EnvironmentCache = new EnvironmentCache(),
  rendering?: Rendering,
): Promise<Discovery> {
  const known = cache.discovery(repository, settings);
  if (known) return known;
  const workspace = await Workspace.open(repository, cache, rendering);
  let notes = new Notes();
  let environments = found(workspace, settings, notes);
  // What was rendered may bring more to render: Applications in the chart of an app of apps.
  for (let round = 0; round < MOST_ROUNDS && (await workspace.renderings.settle()); round++) {
    notes = new Notes();
    environments = found(workspace, settings, notes);
  }
  const scripts = await scriptLines(
    repository,
    cache.remember('scripts', () => new Map<string, readonly ScriptLine[]>()),
  );
  const discovery = {
    environments: withScripts(withUniqueNames(environments), scripts)
      .map((environment) => withProblems(environment, repository))
      .sort((a, b) => byText(a.name, b.name)),
    unchecked: notes.list(),
  };
  if (!workspace.renderings.wasAsked) cache.keepDiscovery(repository, settings, discovery);
  return discovery;
}

function found(workspace: Workspace, settings: Settings, notes: Notes): Environment[] {
  if (settings.environments.length > 0) return settingsEnvironments(settings, workspace);
  const flux = fluxClusters(workspace).map((cluster) => fluxEnvironment(cluster, workspace));
  const argo = flux.length > 0 ? [] : argoEnvironments(workspace);
  const controlled = [...flux, ...argo];
  if (controlled.length === 0) return structureEnvironments(workspace, notes);
  const installed = withInstallers(controlled, workspace);
  noteUnreached(installed, workspace, notes);
  return [...installed, ...standaloneCharts(installed, workspace)];
}

/** Names are how the two sides of a review find each other; a second one of a name is called after its first root. */
function withUniqueNames(environments: readonly Environment[]): Environment[] {
  const taken = new Set<string>();
  return environments.map((environment) => {
    const name = taken.has(environment.name)
      ? `${environment.name} (${environment.roots[0] ?? String(taken.size)})`
      : environment.name;
    taken.add(name);
    return name === environment.name ? environment : { ...environment, name };
  });
}

function withProblems(environment: Environment, repository: Repository): Environment {
  const problems = problemsOf(environment.files, repository);
  return problems.length === 0 ? environment : { ...environment, problems };
}
