import type { Location, Path, Unchecked } from '../vocabulary.ts';
import { parseFile } from '../yaml/parse.ts';
import { KUSTOMIZATION_NAMES, readKustomization, type KustomizationFile } from './kustomize-file.ts';
import { isRemote, relativePath } from './kustomize-path.ts';
import { isInline, namedFiles } from './kustomize-references.ts';
import { byText, unchecked } from './rendered.ts';
import type { ReadableFiles } from './tree.ts';
import { asList, asMap, asText, fieldAt, textsIn } from '../untyped.ts';

/** All that a kustomization is built from, and what keeps it from being built here. */
export interface KustomizeClosure {
  /** Sorted. Only these are given to the tool: what is not among them it cannot read. */
  readonly files: readonly string[];
  /** By path of the file. */
  readonly kustomizations: ReadonlyMap<string, KustomizationFile>;
  /** Entries that are elsewhere, run programs, or leave their directory. With one of them the tool is not started. */
  readonly refused: readonly Unchecked[];
}

/** Walks what the kustomization in `root` includes, without the tool and without fetching anything. */
export async function kustomizeClosure(root: string, files: ReadableFiles): Promise<KustomizeClosure> {
  const walk = new Walk(files);
  await walk.directory(root);
  return { files: [...walk.files].sort(byText), kustomizations: walk.kustomizations, refused: walk.refused };
}

/** Directories of one closure; the largest public ones include about 300. */
const MAX_DIRECTORIES = 2_000;

const ELSEWHERE = 'it is not in this repository and is never fetched';

class Walk {
  readonly files = new Set<string>();
  readonly kustomizations = new Map<string, KustomizationFile>();
  readonly refused: Unchecked[] = [];
  readonly #source: ReadableFiles;
  readonly #paths: ReadonlySet<string>;
  readonly #omitted: ReadonlyMap<string, string>;
  readonly #visited = new Set<string>();

  constructor(source: ReadableFiles) {
    this.#source = source;
    this.#paths = new Set(source.list());
    this.#omitted = new Map(source.omitted?.map(({ path, why }) => [path, why]));
  }

  async directory(root: string): Promise<void> {
    const pending = [root];
    for (let dir = pending.pop(); dir !== undefined; dir = pending.pop()) {
      if (this.#visited.has(dir)) continue;
      this.#visited.add(dir);
      if (this.#visited.size > MAX_DIRECTORIES) {
        this.#refuse(`kustomization ${dir}`, `more than ${MAX_DIRECTORIES} directories are included`);
        return;
      }
      const kustomization = await this.#open(dir);
      if (kustomization)
        pending.push(...this.#included(kustomization), ...(await this.#configured(kustomization)));
    }
  }

  async #open(dir: string): Promise<KustomizationFile | undefined> {
    const candidates = this.#kustomizationsIn(dir);
    const [file, second] = candidates;
    for (const candidate of candidates) this.files.add(candidate);
    if (file === undefined || second !== undefined) {
      this.#refuse(
        `kustomization ${dir}`,
        file === undefined ? this.#whyMissing(dir) : 'there are two in one directory',
      );
      return undefined;
    }
    const kustomization = await readKustomization(file, this.#source);
    if (typeof kustomization === 'string') {
      this.#refuse(`kustomization ${file}`, kustomization, { file, line: 1, column: 1, endLine: 1 });
      return undefined;
    }
    this.kustomizations.set(file, kustomization);
    return kustomization;
  }

  /** Files and directories whose objects become part of the build, and the charts and files that shape them. */
  #included(kustomization: KustomizationFile): string[] {
    const { value } = kustomization;
    for (const key of ['helmCharts', 'helmChartInflationGenerator']) {
      asList(fieldAt(value, key)).forEach((chart, index) => {
        const name = asText(fieldAt(chart, 'name')) || asText(fieldAt(chart, 'chartName'));
        const at = kustomization.at([key, index]);
        this.#refuse(`Helm chart ${name}`, 'charts inside a kustomization are not rendered', at);
      });
    }
    const entries = ['resources', 'bases', 'components'].flatMap((key) =>
      asList(fieldAt(value, key)).map((entry, index) =>
        this.#entry(asText(entry), kustomization, [key, index], 'any'),
      ),
    );
    for (const { text, path } of namedFiles(value)) this.#entry(text, kustomization, path, 'file');
    return entries.flatMap((dir) => (dir === undefined ? [] : [dir]));
  }

  /** Generators, transformers and validators: a file, a directory, or the configuration itself. */
  async #configured(kustomization: KustomizationFile): Promise<string[]> {
    const directories: string[] = [];
    for (const key of ['generators', 'transformers', 'validators']) {
      for (const [index, entry] of asList(fieldAt(kustomization.value, key)).entries()) {
        const text = asText(entry);
        const path = [key, index];
        if (isInline(text)) {
          this.#plugin(new TextEncoder().encode(text), kustomization, path);
          continue;
        }
        const before = new Set(this.files);
        const dir = this.#entry(text, kustomization, path, 'any');
        if (dir !== undefined) directories.push(dir);
        for (const file of this.files) {
          if (!before.has(file)) this.#plugin(await this.#source.read(file), kustomization, path);
        }
      }
    }
    return directories;
  }

  /** What configures a plugin may name files, addresses and programs under any key. */
  #plugin(bytes: Uint8Array, kustomization: KustomizationFile, path: Path): void {
    const at = kustomization.at(path);
    const { documents, problems } = parseFile(bytes, { json: false });
    const readable = documents.every(({ value }) => asMap(value) !== undefined) && problems.length === 0;
    if (!readable) this.#refuse('kustomize plugin', 'its configuration cannot be read', at);
    for (const { value } of documents) {
      const kind = asText(fieldAt(value, 'kind'));
      const annotations = fieldAt(fieldAt(value, 'metadata'), 'annotations');
      const builtin = fieldAt(value, 'apiVersion') === 'builtin' && !kind.includes('Helm');
      if (!builtin || fieldAt(annotations, 'config.kubernetes.io/function') !== undefined) {
        this.#refuse(`kustomize plugin ${kind}`, 'plugins that run programs are not started', at);
      }
      for (const { text } of textsIn(value)) {
        if (/^\s*[a-z][a-z0-9+.-]*:\/\//i.test(text)) this.#refuse(`${kind} ${text}`, ELSEWHERE, at);
        const named = relativePath(kustomization.dir, text.replace(/^[^=]*=/, ''));
        if (named !== undefined && this.#paths.has(named)) this.files.add(named);
      }
    }
  }

  /** Adds the file that `text` names, or gives the directory to walk. */
  #entry(
    text: string,
    { dir, file, at }: KustomizationFile,
    path: Path,
    what: 'file' | 'any',
  ): string | undefined {
    const label = `${asText(path[0])} ${text}`;
    if (text === '') return this.#refuse(`an entry of ${file}`, 'it is not a path', at(path));
    if (isRemote(text)) return this.#refuse(label, ELSEWHERE, at(path));
    const target = relativePath(dir, text);
    if (target === undefined) return this.#refuse(label, 'it leaves the repository', at(path));
    if (this.#paths.has(target)) {
      const inside = dir === '' || target.startsWith(`${dir}/`);
      if (inside) this.files.add(target);
      else
        this.#refuse(label, 'kustomize reads no file outside the directory of the kustomization', at(path));
      return undefined;
    }
    if (what === 'any' && this.#kustomizationsIn(target).length > 0) return target;
    return this.#refuse(label, this.#whyMissing(target), at(path));
  }

  #kustomizationsIn(dir: string): string[] {
    return KUSTOMIZATION_NAMES.map((name) => (dir === '' ? name : `${dir}/${name}`)).filter((path) =>
      this.#paths.has(path),
    );
  }

  /** A link on the way explains more than a path that is not there. */
  #whyMissing(path: string): string {
    for (let step = path; step !== ''; step = step.slice(0, Math.max(0, step.lastIndexOf('/')))) {
      const why = this.#omitted.get(step);
      if (why !== undefined) return step === path ? why : `${step} is ${why}`;
    }
    return 'it is not in the repository';
  }

  #refuse(what: string, why: string, at?: Location): undefined {
    this.refused.push(unchecked(what, why, at));
  }
}
