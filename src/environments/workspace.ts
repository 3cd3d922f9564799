import type { Repository, RepositoryFile } from '../render/repository.ts';
import type { Resource } from '../render/resource.ts';
import type { Contribution } from './assemble.ts';
import { readLocks, type ChartLocks } from './chart-dependencies.ts';
import { DirectoryTree } from './directory-tree.ts';
import type { EnvironmentCache } from './environment-cache.ts';
import { readGeneratorInputs, type GeneratorInputs } from './config-generators.ts';
import { KustomizeBuilder, type Built } from './kustomize-build.ts';
import { KustomizeGraph } from './kustomize-graph.ts';
import type { DeclaredSource } from './installers/declared-source.ts';
import { readInstallers } from './installers/read-installers.ts';
import {
  readHelmfiles,
  readTemplatedValues,
  type TemplatedValues,
} from './installers/templated-helmfiles.ts';
import { itemOf } from './kustomize-item.ts';
import { chartDirectories, objectsOf } from './manifest-files.ts';
import { isUnder, parentOf } from './repository-path.ts';
import { asRendered } from './rendered-overlay.ts';
import { Renderings, type Rendering } from './renderings.ts';
import { setAsideAt } from './set-aside.ts';

/** Folders of a chart whose YAML is the chart's own. */
const CHART_FOLDERS = new Set([
  'templates',
  'charts',
  'crds',
  'ci',
  'examples',
  'files',
  'tests',
  'profiles',
]);

/** What was read ahead, since finding environments waits for nothing. */
interface Inputs {
  readonly generators: GeneratorInputs;
  readonly locks: ChartLocks;
  readonly helmfiles: readonly RepositoryFile[];
  readonly templatedValues: TemplatedValues;
  readonly installers: readonly DeclaredSource[];
}

/** A repository with its kustomizations understood: what every way of finding environments works on. */
export class Workspace {
  readonly repository: Repository;
  readonly directories: DirectoryTree;
  readonly graph: KustomizeGraph;
  readonly cache: EnvironmentCache;
  /** Directories that hold a Helm chart. */
  readonly charts: ReadonlySet<string>;
  readonly locks: ChartLocks;
  readonly renderings: Renderings;
  readonly helmfiles: readonly RepositoryFile[];
  /** Values files of theirs that are templates. */
  readonly templatedValues: TemplatedValues;
  /** What installs Istio's charts besides manifests and helmfiles. */
  readonly installers: readonly DeclaredSource[];
  private readonly builder: KustomizeBuilder;

  private constructor(
    repository: Repository,
    graph: KustomizeGraph,
    charts: ReadonlySet<string>,
    inputs: Inputs,
    cache: EnvironmentCache,
    renderings: Renderings,
  ) {
    this.repository = repository;
    this.directories = new DirectoryTree(repository.files.keys());
    this.graph = graph;
    this.charts = charts;
    this.locks = inputs.locks;
    this.helmfiles = inputs.helmfiles;
    this.templatedValues = inputs.templatedValues;
    this.installers = inputs.installers;
    this.cache = cache;
    this.renderings = renderings;
    this.builder = new KustomizeBuilder(repository, graph, inputs.generators, cache);
  }

  static async open(
    repository: Repository,
    cache: EnvironmentCache,
    rendering?: Rendering,
  ): Promise<Workspace> {
    const graph = new KustomizeGraph(repository);
    const charts = chartDirectories(repository);
    const generators = await readGeneratorInputs(repository, graph.kustomizations.values());
    const locks = await readLocks(repository, charts);
    const helmfiles = await readHelmfiles(repository);
    const templatedValues = await readTemplatedValues(repository, helmfiles);
    const installers = await readInstallers(repository, cache);
    return new Workspace(
      repository,
      graph,
      charts,
      { generators, locks, helmfiles, templatedValues, installers },
      cache,
      new Renderings(repository.snapshot, rendering),
    );
  }

  /**
   * What the kustomization in `dir` gives: by our own reading of it, and by the tool where there is one and the change reaches
   * it. Remote bases and charts keep the tool from building anything.
   */
  build(dir: string): Built {
    const read = this.builder.build(dir);
    if (read.opaque.length > 0 || read.charts.length > 0) return read;
    const rendered = this.renderings.kustomize(dir, read.files);
    return rendered ? asRendered(dir, read, rendered) : read;
  }

  /**
   * What Flux applies for a path: its kustomization, else every manifest below it, where a directory with a kustomization
   * counts as that kustomization. Archives below it are left out, as their owner thinks of them.
   */
  tree(dir: string): Built {
    if (this.graph.has(dir)) return this.build(dir);
    const files = this.directories.filesBelow(dir).filter((path) => !isRetiredBelow(path, dir));
    const kustomized = new Set<string>();
    const plain: string[] = [];
    for (const path of files) {
      const owner = this.outermostKustomization(parentOf(path), dir);
      if (owner !== undefined) kustomized.add(owner);
      else if (!this.isInChart(path)) plain.push(path);
    }
    const built = [...kustomized].map((owner) => this.build(owner));
    const key = `${this.graph.contentOf(files)}\n${renderingOf(built)}`;
    return this.cache.remember(`tree ${dir}\n${key}`, () => {
      return joinBuilt([this.files(plain), ...built]);
    });
  }

  /** The objects of one plain manifest. */
  objectsIn(path: string): readonly Resource[] {
    const file = this.repository.files.get(path);
    return file ? objectsOf(file) : [];
  }

  /** Plain manifests, as they stand. */
  files(paths: readonly string[]): Built {
    const resources = paths.flatMap((path) => this.objectsIn(path));
    return {
      resources,
      items: resources.map(itemOf),
      files: new Set(paths),
      charts: [],
      opaque: [],
      unchecked: [],
      partial: false,
    };
  }

  /** Files that Helm renders or reads; what else lies beside a Chart.yaml is applied by other means. */
  isInChart(path: string): boolean {
    const chart = this.chartOf(path);
    if (chart === undefined) return false;
    const inside = chart === '' ? path : path.slice(chart.length + 1);
    return CHART_FOLDERS.has(inside.slice(0, Math.max(0, inside.indexOf('/'))));
  }

  /** The innermost chart directory `path` is in. */
  chartOf(path: string): string | undefined {
    for (let dir = parentOf(path); ; dir = parentOf(dir)) {
      if (this.charts.has(dir)) return dir;
      if (dir === '') return undefined;
    }
  }

  /** The highest directory from below `top` down to `dir` that has a kustomization. */
  private outermostKustomization(dir: string, top: string): string | undefined {
    let found: string | undefined;
    for (let current = dir; current !== top && isUnder(current, top); current = parentOf(current)) {
      if (this.graph.has(current)) found = current;
      if (current === '') break;
    }
    return found;
  }
}

function isRetiredBelow(path: string, dir: string): boolean {
  return setAsideAt(dir === '' ? path : path.slice(dir.length + 1))?.as === 'retired';
}

function joinBuilt(parts: readonly Built[]): Built {
  const union: Contribution = {
    resources: parts.flatMap(({ resources }): readonly Resource[] => resources),
    files: new Set(parts.flatMap(({ files }) => [...files])),
    charts: parts.flatMap(({ charts }) => charts),
    opaque: parts.flatMap(({ opaque }) => opaque),
    unchecked: parts.flatMap(({ unchecked }) => unchecked),
    builds: parts.flatMap(({ builds }) => builds ?? []),
    twins: parts.flatMap(({ twins }) => twins ?? []),
    patches: parts.flatMap(({ patches }) => patches ?? []),
  };
  const rendered = new Set(parts.flatMap((part) => [...(part.rendered ?? [])]));
  const unbuilt = new Set(parts.flatMap((part) => [...(part.unbuilt ?? [])]));
  return {
    ...union,
    items: parts.flatMap(({ items }) => items),
    partial: parts.some(({ partial }) => partial),
    ...(rendered.size > 0 ? { rendered } : {}),
    ...(unbuilt.size > 0 ? { unbuilt } : {}),
  };
}

/** Which of these a tool has rendered, or could not: what is remembered of them differs by it. */
export function renderingOf(parts: readonly Built[]): string {
  return parts.flatMap(({ rendered, unbuilt }) => [...(rendered ?? []), '', ...(unbuilt ?? [])]).join('\n');
}
