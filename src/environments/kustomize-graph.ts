import type { Location } from '../vocabulary.ts';
import type { SnapshotEntry } from '../source/snapshot.ts';
import type { Repository } from '../render/repository.ts';
import { asList, asText, fieldAt } from '../untyped.ts';
import { byText, resolvePath } from './repository-path.ts';
import { kustomizationsOf, type Kustomization } from './kustomization.ts';

/** What an entry of `resources`, `bases` or `components` names. */
export type Entry =
  | { readonly kind: 'file'; readonly path: string; readonly at: Location }
  | { readonly kind: 'directory'; readonly path: string; readonly at: Location }
  | { readonly kind: 'remote'; readonly path: string; readonly at: Location }
  | { readonly kind: 'broken'; readonly path: string; readonly why: string; readonly at: Location };

/** Which kustomization includes which files and directories. Structure only: nothing is transformed. */
export class KustomizeGraph {
  readonly kustomizations: ReadonlyMap<string, Kustomization>;
  private readonly paths: ReadonlyMap<string, SnapshotEntry>;
  private readonly entries = new Map<string, readonly Entry[]>();
  private readonly closures = new Map<string, ReadonlySet<string>>();

  constructor(repository: Repository) {
    this.kustomizations = kustomizationsOf(repository);
    this.paths = new Map(repository.snapshot.list().map((entry) => [entry.path, entry]));
  }

  has(dir: string): boolean {
    return this.kustomizations.has(dir);
  }

  /** `resources` and `bases` of the kustomization in `dir`, in order. */
  resourcesOf(dir: string): readonly Entry[] {
    return this.listed(dir, ['resources', 'bases']);
  }

  componentsOf(dir: string): readonly Entry[] {
    return this.listed(dir, ['components']);
  }

  /** Every file that can change what the kustomization in `dir` builds: itself, and all it includes, patches too. */
  closureOf(dir: string): ReadonlySet<string> {
    const known = this.closures.get(dir);
    if (known) return known;
    const files = new Set<string>();
    const visited = new Set<string>();
    const pending = [dir];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const kustomization = this.kustomizations.get(next);
      if (!kustomization || visited.has(next)) continue;
      visited.add(next);
      files.add(kustomization.file);
      for (const path of this.inputFiles(kustomization)) files.add(path);
      for (const entry of [...this.resourcesOf(next), ...this.componentsOf(next)]) {
        if (entry.kind === 'file') files.add(entry.path);
        if (entry.kind === 'directory') pending.push(entry.path);
      }
    }
    this.closures.set(dir, files);
    return files;
  }

  /** Equal keys mean equal builds: paths and content of the closure. */
  contentKey(dir: string): string {
    return this.contentOf(this.closureOf(dir));
  }

  /** Names and blob ids of files: equal texts mean equal content. */
  contentOf(files: Iterable<string>): string {
    const lines = [...files].map((path) => `${path}=${this.paths.get(path)?.blob ?? ''}`);
    return lines.sort(byText).join('\n');
  }

  /** Directories of kustomizations that another kustomization includes. */
  includedDirectories(): ReadonlySet<string> {
    const included = new Set<string>();
    for (const dir of this.kustomizations.keys()) {
      for (const entry of [...this.resourcesOf(dir), ...this.componentsOf(dir)]) {
        if (entry.kind === 'directory' && entry.path !== dir) included.add(entry.path);
      }
    }
    return included;
  }

  private listed(dir: string, keys: readonly string[]): readonly Entry[] {
    const id = `${keys.join('+')} ${dir}`;
    const known = this.entries.get(id);
    if (known) return known;
    const kustomization = this.kustomizations.get(dir);
    const entries = kustomization
      ? keys.flatMap((key) =>
          asList(fieldAt(kustomization.value, key)).map((item, index) =>
            this.entryOf(kustomization, asText(item), kustomization.at([key, index])),
          ),
        )
      : [];
    this.entries.set(id, entries);
    return entries;
  }

  private entryOf(kustomization: Kustomization, text: string, at: Location): Entry {
    if (isRemote(text)) return { kind: 'remote', path: text, at };
    const path = resolvePath(kustomization.dir, text);
    if (path === undefined) return { kind: 'broken', path: text, why: 'it leaves the repository', at };
    if (this.kustomizations.has(path)) return { kind: 'directory', path, at };
    const kind = this.paths.get(path)?.kind;
    if (kind === 'file') return { kind: 'file', path, at };
    if (kind === 'symlink') return { kind: 'broken', path, why: 'it is a symbolic link', at };
    if (kind === 'submodule') return { kind: 'broken', path, why: 'it is a submodule', at };
    return { kind: 'broken', path, why: 'it is not in the repository', at };
  }

  /** Patches, generator inputs and values a kustomization names, when they are files of this repository. */
  private inputFiles({ dir, value }: Kustomization): string[] {
    const named = [
      ...asList(fieldAt(value, 'patchesStrategicMerge')).map(asText),
      ...[...asList(fieldAt(value, 'patches')), ...asList(fieldAt(value, 'patchesJson6902'))].map((patch) =>
        asText(fieldAt(patch, 'path')),
      ),
      ...['configMapGenerator', 'secretGenerator'].flatMap((key) =>
        asList(fieldAt(value, key)).flatMap(generatorFiles),
      ),
      ...['generators', 'transformers', 'validators', 'replacements', 'configurations', 'crds'].flatMap(
        (key) => asList(fieldAt(value, key)).map((item) => asText(item) || asText(fieldAt(item, 'path'))),
      ),
      ...asList(fieldAt(value, 'helmCharts')).flatMap((chart) => [
        asText(fieldAt(chart, 'valuesFile')),
        ...asList(fieldAt(chart, 'additionalValuesFiles')).map(asText),
      ]),
    ];
    return named.flatMap((text) => {
      const path = text === '' || text.includes('\n') ? undefined : resolvePath(dir, text);
      return path !== undefined && this.paths.get(path)?.kind === 'file' ? [path] : [];
    });
  }
}

/** `files` entries read `path` or `key=path`; `env` and `envs` are paths. */
function generatorFiles(generator: unknown): string[] {
  const files = asList(fieldAt(generator, 'files')).map((item) => asText(item).replace(/^[^=]*=/, ''));
  return [...files, ...asList(fieldAt(generator, 'envs')).map(asText), asText(fieldAt(generator, 'env'))];
}

/**
 * Does kustomize fetch this entry from elsewhere? URLs, `host:path` git addresses, `github.com/org/repo//path?ref=v1`.
 */
export function isRemote(text: string): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || text.startsWith('git::') || text.startsWith('git@'))
    return true;
  if (text.includes('?ref=') || text.includes('?version=')) return true;
  return /^(github\.com|gitlab\.com|bitbucket\.org)[/:]/i.test(text);
}
