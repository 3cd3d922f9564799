import { isKnown } from '../yaml/placeholders.ts';
import { subchart } from '../render/helm-output.ts';
import type { Rendered } from '../render/rendered.ts';
import { NOTHING, type Contribution } from './assemble.ts';
import { chartDependencies, type ChartDependency } from './chart-dependencies.ts';
import type { DeployedChart } from './deployed-chart.ts';
import { Notes } from './notes.ts';
import { joinPath } from './repository-path.ts';
import { withDefaultNamespace } from './transform-metadata.ts';
import { buildOf } from './rendered-overlay.ts';
import type { Workspace } from './workspace.ts';

/**
 * A chart of this repository. Its dependencies and values are read. Its templates are rendered where it is known how they
 * are deployed and a tool is there; else they may create anything in `namespaces` (`undefined`: anywhere), unless the chart
 * has none.
 */
export function chartContribution(
  dir: string,
  workspace: Workspace,
  namespaces?: readonly string[],
  deployed?: DeployedChart,
): Contribution {
  const { repository, locks } = workspace;
  const files = workspace.directories.filesBelow(dir);
  const templates = files.some((path) => path.startsWith(joinPath(dir, 'templates/')));
  const { charts, dependencies, official } = chartDependencies(dir, repository, locks, namespaces, deployed);
  const opaque = dependencies.filter(({ isIstio }) => !isIstio).map(({ unseen }) => unseen);
  const facts = {
    ...NOTHING,
    files: new Set([...files, ...valuesFiles(deployed, workspace)]),
    charts,
    opaque,
  };
  if (official || (!templates && opaque.length === 0)) return facts;
  const rendered = deployed && renderedBy(deployed, workspace, facts.files);
  if (deployed && rendered && !rendered.failed) {
    const made = fromTool(rendered, deployed, dependencies);
    const build = buildOf(`chart ${dir || '.'}`, rendered);
    if (rendered.asWritten !== true) return { ...facts, ...made, ...build };
    // What could not be worked out may be there as well.
    const rest = [{ what: `templates in ${dir || 'the root chart'}`, namespaces }, ...opaque];
    const silent = new Set(rendered.silent);
    return { ...facts, ...made, ...build, opaque: rest, assumed: assumedIn(rendered), silent };
  }
  const notes = new Notes();
  const why = deployed?.doubt ?? rendered?.failed?.why;
  if (why !== undefined) notes.add(`chart ${dir || '.'}`, why, rendered?.failed?.at);
  const unseen = templates ? [{ what: `templates in ${dir || 'the root chart'}`, namespaces }] : [];
  const builds = rendered ? buildOf(`chart ${dir || '.'}`, rendered) : {};
  return { ...facts, ...builds, opaque: [...unseen, ...opaque], unchecked: notes.list() };
}

function renderedBy(
  { release, by, doubt }: DeployedChart,
  workspace: Workspace,
  files: ReadonlySet<string>,
): Rendered | undefined {
  const certain = doubt === undefined && isKnown(release.releaseName) && isKnown(release.namespace);
  return certain ? workspace.renderings.helm(release, [...files, ...by]) : undefined;
}

/**
 * Helm installs what names no namespace into the release's. Istio's own charts are understood by their values: their output
 * would tell of them a second time.
 */
function fromTool(
  { resources, unchecked, files, without }: Rendered,
  { release }: DeployedChart,
  dependencies: readonly ChartDependency[],
): Pick<Contribution, 'resources' | 'unchecked' | 'rendered' | 'opaque'> {
  const through = `helm ${release.path || '.'}`;
  const told = new Set(dependencies.filter(({ isIstio }) => isIstio).map((chart) => subchart(chart.as)));
  const unseen = dependencies.filter(({ name, isIstio }) => !isIstio && without?.has(name) === true);
  const placed = resources
    .filter(({ origin }) => !origin.through.some((step) => told.has(step)))
    .map((resource) => {
      if (release.namespace === '') return resource;
      const place = { value: release.namespace, at: resource.origin.at(['metadata']) };
      return withDefaultNamespace(resource, place, through);
    });
  return {
    resources: placed,
    unchecked,
    rendered: new Set(files),
    opaque: unseen.map((chart) => chart.unseen),
  };
}

/** What is found in these files is likely, and no error: other tools than ours have the last word on templates. */
function assumedIn({ files }: Rendered): ReadonlyMap<string, string> {
  return new Map(files.map((file) => [file, 'the templates of the chart, read without Helm'] as const));
}

function valuesFiles(deployed: DeployedChart | undefined, { repository }: Workspace): readonly string[] {
  return (deployed?.release.valuesFiles ?? []).filter((path) => repository.has(path));
}
