import { remoteIstioBase } from './remote-istio.ts';
import type { Repository } from '../render/repository.ts';
import type { Resource } from '../render/resource.ts';
import type { DeclaredChart, OpaqueSource, Twins } from './environment.ts';
import type { Contribution } from './assemble.ts';
import type { EnvironmentCache } from './environment-cache.ts';
import { withGenerated, type GeneratorInputs } from './config-generators.ts';
import { isKustomizationObject } from './manifest-files.ts';
import { itemOf, type Item } from './kustomize-item.ts';
import type { Kustomization } from './kustomization.ts';
import type { Entry, KustomizeGraph } from './kustomize-graph.ts';
import { transformItems, type Instructions } from './kustomize-transform.ts';
import { Notes } from './notes.ts';
import { TwinFinder } from './twins.ts';
import { asList, fieldAt } from '../untyped.ts';
import { kustomizeCharts } from './kustomize-charts.ts';

/** Overlays on overlays; kustomize itself has no bound, people stay below ten. */
const MAX_DEPTH = 50;

/** Objects on their way, and what came with them. */
interface Gathered {
  readonly items: readonly Item[];
  readonly opaque: readonly OpaqueSource[];
  readonly charts: readonly DeclaredChart[];
  readonly twins: readonly Twins[];
  readonly patches: readonly Resource[];
}

const NOTHING_YET: Gathered = { items: [], opaque: [], charts: [], twins: [], patches: [] };

/** What a kustomization gives, before it is part of an environment. */
export interface Built extends Contribution {
  readonly items: readonly Item[];
  /** Something it does is not modelled here, so that the real tool would say more. */
  readonly partial: boolean;
}

/**
 * `kustomize build` without the tool: the objects a kustomization gives, with effective names and namespaces. What it does
 * not model (plugins, vars, remote bases, charts) is named in `unchecked` or `opaque`.
 */
export class KustomizeBuilder {
  private readonly repository: Repository;
  private readonly graph: KustomizeGraph;
  private readonly inputs: GeneratorInputs;
  private readonly cache: EnvironmentCache;

  constructor(
    repository: Repository,
    graph: KustomizeGraph,
    inputs: GeneratorInputs,
    cache: EnvironmentCache,
  ) {
    this.repository = repository;
    this.graph = graph;
    this.inputs = inputs;
    this.cache = cache;
  }

  /** The build of the kustomization in `dir`; the same object for the same content. */
  build(dir: string): Built {
    return this.cache.remember(`kustomize ${dir}\n${this.graph.contentKey(dir)}`, () => {
      const notes = new Notes();
      const gathered = this.gather(dir, NOTHING_YET, [], notes);
      const partial = this.isPartial(dir);
      return {
        items: gathered.items,
        resources: gathered.items.map(({ resource }) => resource),
        files: this.graph.closureOf(dir),
        charts: gathered.charts,
        opaque: gathered.opaque,
        unchecked: notes.list(),
        // What is renamed in ways that are not followed may no longer collide.
        twins: partial ? [] : gathered.twins,
        patches: gathered.patches,
        partial,
      };
    });
  }

  /** The objects of `dir`; a component is given what its includer has gathered so far. */
  private gather(dir: string, start: Gathered, above: readonly string[], notes: Notes): Gathered {
    const kustomization = this.graph.kustomizations.get(dir);
    if (!kustomization) return start;
    if (above.includes(dir) || above.length > MAX_DEPTH) {
      notes.add(
        `kustomization ${kustomization.file}`,
        'it includes itself or nests too deep',
        kustomization.at([]),
      );
      return start;
    }
    const inside = [...above, dir];
    let current = start;
    const twins = new TwinFinder(`kustomize ${dir || '.'}`, start.items);
    for (const entry of this.graph.resourcesOf(dir)) {
      const added = this.entry(entry, inside, notes);
      twins.add(added.items);
      current = joined(current, added);
    }
    for (const entry of this.graph.componentsOf(dir)) {
      current =
        entry.kind === 'directory'
          ? this.gather(entry.path, current, inside, notes)
          : joined(current, this.entry(entry, inside, notes));
    }
    const charts = kustomizeCharts(kustomization, this.repository);
    const items = withGenerated(current.items, kustomization, this.inputs, notes);
    this.noteWhatIsNotModelled(kustomization, notes);
    const opaque = [...current.opaque, ...charts.opaque];
    const left: Resource[] = [];
    const transformed = transformItems(items, instructionsOf(kustomization), this.repository, notes, left);
    return {
      items: transformed,
      opaque,
      charts: [...current.charts, ...charts.charts],
      twins: [...current.twins, ...twins.found],
      patches: [...current.patches, ...(opaque.length > 0 ? left : [])],
    };
  }

  private entry(entry: Entry, above: readonly string[], notes: Notes): Gathered {
    const nothing = NOTHING_YET;
    if (entry.kind === 'directory') return this.gather(entry.path, nothing, above, notes);
    if (entry.kind === 'remote') {
      const base = remoteIstioBase(entry.path, entry.at);
      return {
        ...nothing,
        charts: base ? [base] : [],
        opaque: [{ what: `remote base ${entry.path}`, namespaces: undefined, at: entry.at }],
      };
    }
    if (entry.kind === 'broken') {
      notes.add(`kustomize entry ${entry.path}`, entry.why, entry.at);
      return nothing;
    }
    const file = this.repository.files.get(entry.path);
    if (!file) notes.add(`kustomize entry ${entry.path}`, 'the file cannot be read as YAML', entry.at);
    const resources = file?.resources ?? [];
    return { ...nothing, items: resources.filter((item) => !isKustomizationObject(item)).map(itemOf) };
  }

  private isPartial(dir: string): boolean {
    const files = this.graph.closureOf(dir);
    const included = [...this.graph.kustomizations.values()].filter(({ file }) => files.has(file));
    return included.some(({ value }) => NOT_MODELLED.some(([key]) => asList(fieldAt(value, key)).length > 0));
  }

  private noteWhatIsNotModelled(kustomization: Kustomization, notes: Notes): void {
    for (const [key, why] of NOT_MODELLED) {
      if (asList(fieldAt(kustomization.value, key)).length > 0) {
        notes.add(`kustomize ${key}`, why, kustomization.at([key], 'key'));
      }
    }
  }
}

/** Parts of a kustomization that may change or add objects in ways that are not followed. */
const NOT_MODELLED: readonly (readonly [string, string])[] = [
  ['generators', 'objects they generate are not seen'],
  ['transformers', 'what they change is not seen'],
  ['vars', 'values they insert are not seen'],
];

function instructionsOf(kustomization: Kustomization): Instructions {
  const { dir, file, blob, value } = kustomization;
  return {
    name: `kustomize ${dir || '.'}`,
    dir,
    value,
    digest: `${file}=${blob}`,
    at: (path, what) => kustomization.at(path, what),
  };
}

function joined(a: Gathered, b: Gathered): Gathered {
  return {
    items: [...a.items, ...b.items],
    opaque: [...a.opaque, ...b.opaque],
    charts: [...a.charts, ...b.charts],
    twins: [...a.twins, ...b.twins],
    patches: [...a.patches, ...b.patches],
  };
}
