import type { Location, Unchecked } from '../vocabulary.ts';
import type { Document } from '../yaml/document.ts';
import { parseFile } from '../yaml/parse.ts';
import { relativePath } from './kustomize-path.ts';
import { unchecked } from './rendered.ts';
import type { ReadableFiles } from './tree.ts';
import { asList, asMap, asText, fieldAt } from '../untyped.ts';

/** A chart of the repository with the charts it depends on. */
export interface ChartClosure {
  /** A chart for other charts to include: it makes no objects, and Helm refuses to render it. */
  readonly library: boolean;
  /** Path inside the chart as Helm gets it → path in the repository. */
  readonly placed: ReadonlyMap<string, string>;
  /** The charts that Chart.yaml asks for, by the name or alias under which they take part. */
  readonly dependencies: ReadonlyMap<string, ChartDependency>;
  /** Links that are not followed, files that a limit kept out. With one of them Helm is not started. */
  readonly refused: readonly Unchecked[];
  /** Charts that are elsewhere, by name: what depends on them is rendered without them. */
  readonly absent: ReadonlyMap<string, Unchecked>;
}

export interface ChartDependency {
  readonly name: string;
  readonly at: Location;
}

/** Dependencies nest at most this deep. */
const MAX_DEPTH = 5;

/** What no template depends on in earnest. A link of such a name is no loss. */
const DOCUMENTATION =
  /(?:^|\/)(?:readme|license|changelog|contributing|codeowners|notice)[^/]*$|\.(?:md|gotmpl|png|svg)$/i;

/**
 * A schema may name others by address or by a path of this machine, which Helm then loads. Whether values fit it is not
 * our question.
 */
const SCHEMA = 'values.schema.json';

/** Finds the files of the chart in the directory `dir`, and puts dependencies of the repository where Helm expects them. */
export async function chartClosure(dir: string, files: ReadableFiles): Promise<ChartClosure> {
  const walk = new Walk(files);
  await walk.chart(dir, '', 0);
  const { library, placed, dependencies, refused, absent } = walk;
  return { library, placed, dependencies, refused, absent };
}

class Walk {
  library = false;
  readonly placed = new Map<string, string>();
  readonly dependencies = new Map<string, ChartDependency>();
  readonly refused: Unchecked[] = [];
  readonly absent = new Map<string, Unchecked>();
  readonly #files: ReadableFiles;
  readonly #paths: ReadonlySet<string>;

  constructor(files: ReadableFiles) {
    this.#files = files;
    this.#paths = new Set(files.list());
  }

  /** @param place the directory inside the chart Helm gets: '' or `charts/cart/` */
  async chart(dir: string, place: string, depth: number): Promise<void> {
    const prefix = dir === '' ? '' : `${dir}/`;
    if (!this.#paths.has(`${prefix}Chart.yaml`)) {
      this.refused.push(unchecked(`chart ${dir || '.'}`, 'it has no Chart.yaml in this repository'));
      return;
    }
    for (const path of this.#paths) {
      if (path.startsWith(prefix) && !path.endsWith(`/${SCHEMA}`) && path !== SCHEMA) {
        this.placed.set(place + path.slice(prefix.length), path);
      }
    }
    for (const { path, why } of this.#files.omitted ?? []) {
      if (path.startsWith(prefix) && !DOCUMENTATION.test(path)) this.refused.push(unchecked(path, why));
    }
    for (const file of ['Chart.yaml', 'requirements.yaml']) {
      const document = await this.#document(prefix + file);
      if (!document) continue;
      if (depth === 0) this.library ||= fieldAt(document.value, 'type') === 'library';
      for (const [index, dependency] of asList(fieldAt(document.value, 'dependencies')).entries()) {
        const at = { file: prefix + file, ...document.locate(['dependencies', index]) };
        const name = asText(fieldAt(dependency, 'name'));
        const alias = asText(fieldAt(dependency, 'alias')) || name;
        if (depth === 0) this.dependencies.set(alias, { name, at });
        await this.#dependency(dependency, dir, place, depth, at);
      }
    }
  }

  /** Vendored under `charts/`, or beside the chart in the repository; everything else is elsewhere. */
  async #dependency(
    dependency: unknown,
    dir: string,
    place: string,
    depth: number,
    at: Location,
  ): Promise<void> {
    const name = asText(fieldAt(dependency, 'name'));
    const repository = asText(fieldAt(dependency, 'repository'));
    if (await this.#isVendored(name, dir)) return;
    const local = repository.startsWith('file://')
      ? relativePath(dir, repository.slice('file://'.length))
      : undefined;
    const isPlain = /^[\w][\w.-]*$/.test(name);
    if (
      local !== undefined &&
      isPlain &&
      depth < MAX_DEPTH &&
      this.#paths.has(local === '' ? 'Chart.yaml' : `${local}/Chart.yaml`)
    ) {
      await this.chart(local, `${place}charts/${name}/`, depth + 1);
    } else {
      const why = 'it is not vendored under charts/ and is never fetched';
      this.absent.set(name, unchecked(`chart ${name} of ${repository || 'no repository'}`, why, at));
    }
  }

  async #isVendored(name: string, dir: string): Promise<boolean> {
    const charts = dir === '' ? 'charts/' : `${dir}/charts/`;
    for (const path of this.#paths) {
      if (!path.startsWith(charts)) continue;
      const inside = path.slice(charts.length);
      if (inside.endsWith('.tgz') && inside.startsWith(`${name}-`) && !inside.includes('/')) return true;
      if (
        /^[^/]+\/Chart\.yaml$/.test(inside) &&
        fieldAt((await this.#document(path))?.value, 'name') === name
      )
        return true;
    }
    return false;
  }

  async #document(path: string): Promise<Document | undefined> {
    if (!this.#paths.has(path)) return undefined;
    const { documents } = parseFile(await this.#files.read(path), { json: false });
    return documents.find(({ value }) => asMap(value) !== undefined);
  }
}
