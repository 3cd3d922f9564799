import type { Repository } from '../../render/repository.ts';
import { isMapping } from '../../untyped.ts';
import type { DeclaredChart } from '../environment.ts';
import { resolvePath } from '../repository-path.ts';
import type { HclBlock, HclBody } from './hcl.ts';
import { asRelease, releaseOf } from './terraform-release.ts';
import { written, type ModuleScope, type TerraformWork, type Written } from './terraform-values.ts';

/** The files of one directory, parsed. */
export interface TerraformFile {
  readonly path: string;
  readonly body: HclBody;
}

export type TerraformFiles = ReadonlyMap<string, readonly TerraformFile[]>;

/** Modules call modules at most this deep. */
const MOST_NESTED = 4;

interface ModuleCharts {
  readonly charts: readonly DeclaredChart[];
  /** Directories that took part. */
  readonly dirs: ReadonlySet<string>;
}

/** The charts that the module in `dir` installs, those of the modules it calls among them. */
export function moduleCharts(
  dir: string,
  files: TerraformFiles,
  repository: Repository,
  work: TerraformWork,
  args: ReadonlyMap<string, Written> = new Map(),
  depth = 0,
): ModuleCharts {
  const own = files.get(dir) ?? [];
  const scope = scopeOf(dir, own, { repository, work }, args);
  const charts: DeclaredChart[] = [];
  const dirs = new Set([dir]);
  for (const { path, body } of own) {
    for (const block of body.blocks) {
      if (block.type === 'resource' && block.labels[0] === 'helm_release') {
        const release = releaseOf(block, path, scope);
        if (release) charts.push(release);
      }
      if (block.type !== 'module') continue;
      charts.push(...releasesIn(block, path, scope));
      const called = calledDirectory(block, dir);
      if (called === undefined || depth >= MOST_NESTED || !files.has(called) || !work.takesModule()) continue;
      const given = new Map(
        [...block.body.attributes].map(([name, value]) => [name, written(value, path, scope)] as const),
      );
      const below = moduleCharts(called, files, repository, work, given, depth + 1);
      charts.push(...below.charts);
      for (const one of below.dirs) dirs.add(one);
    }
  }
  return { charts, dirs };
}

/** The directory of the repository that a module comes from. */
export function calledDirectory({ body }: HclBlock, dir: string): string | undefined {
  const source = body.attributes.get('source');
  const path = source?.kind === 'scalar' ? source.value : undefined;
  return typeof path === 'string' && /^\.{1,2}\//.test(path) ? resolvePath(dir, path) : undefined;
}

/** What a module of others is told to install: `helm_releases = { istiod = { chart = ..., chart_version = ... } }`. */
function releasesIn(block: HclBlock, file: string, scope: ModuleScope): DeclaredChart[] {
  return [...block.body.attributes].flatMap(([, value]) => {
    const given = written(value, file, scope);
    if (!isMapping(given.value)) return [];
    const direct = asRelease(given, block.labels[0] ?? '');
    if (direct) return [direct];
    return Object.entries(given.value).flatMap(([name, entry]) => {
      const inner: Written = { ...given, value: entry, at: (path) => given.at([name, ...path]) };
      return asRelease(inner, name) ?? [];
    });
  });
}

function scopeOf(
  dir: string,
  files: readonly TerraformFile[],
  shared: Pick<ModuleScope, 'repository' | 'work'>,
  args: ReadonlyMap<string, Written>,
): ModuleScope {
  const variables = new Map<string, Written>();
  const locals = new Map<
    string,
    { value: NonNullable<ReturnType<HclBody['attributes']['get']>>; file: string }
  >();
  const scope: ModuleScope = { ...shared, dir, variables, locals };
  for (const { path, body } of files) {
    for (const { type, labels, body: inner } of body.blocks) {
      const fallback = type === 'variable' ? inner.attributes.get('default') : undefined;
      if (fallback) variables.set(labels[0] ?? '', { ...written(fallback, path, scope), isDefault: true });
      if (type === 'locals')
        for (const [name, value] of inner.attributes) locals.set(name, { value, file: path });
    }
  }
  // terraform.tfvars and *.auto.tfvars are loaded unasked.
  for (const { path, body } of files) {
    if (!path.endsWith('.tfvars')) continue;
    for (const [name, value] of body.attributes) variables.set(name, written(value, path, scope));
  }
  for (const [name, value] of args) variables.set(name, value);
  return scope;
}
