import { remembered } from '../remember.ts';
import { EnvironmentNames } from './environment-names.ts';
import { baseName, byText, joinPath, parentOf } from './repository-path.ts';
import { setAsideAt, type Aside } from './set-aside.ts';

/** The directories that hold YAML, and what their names say. '' is the root. */
export class DirectoryTree {
  /** Code-unit order. */
  readonly all: ReadonlySet<string>;
  readonly names: EnvironmentNames;
  private readonly paths: readonly string[];
  private readonly direct = new Map<string, string[]>();

  constructor(paths: Iterable<string>) {
    this.paths = [...paths].sort(byText);
    const found = new Set(['']);
    for (const path of this.paths) {
      const parent = parentOf(path);
      const siblings = this.direct.get(parent);
      if (siblings) siblings.push(path);
      else this.direct.set(parent, [path]);
      for (let dir = parent; !found.has(dir); dir = parentOf(dir)) found.add(dir);
    }
    this.all = new Set([...found].sort(byText));
    this.names = new EnvironmentNames(this.all);
  }

  has(dir: string): boolean {
    return this.all.has(dir);
  }

  /** Files in `dir` itself. */
  filesIn(dir: string): readonly string[] {
    return this.direct.get(dir) ?? [];
  }

  /** Files in `dir` and everywhere below it. */
  filesBelow(dir: string): readonly string[] {
    if (dir === '') return this.paths;
    const prefix = joinPath(dir, '');
    const start = this.firstFrom(prefix);
    let end = start;
    while (this.paths[end]?.startsWith(prefix)) end++;
    return this.paths.slice(start, end);
  }

  /**
   * Why a file is not part of a running cluster, by the directory that says so. A directory called `test` that is an
   * environment (`overlays/test`, or beside `prod`) says nothing of the sort.
   */
  asideAt(path: string): Aside | undefined {
    return this.asideOf(parentOf(path));
  }

  private readonly asideOf = remembered((dir): Aside | undefined => {
    const aside = setAsideAt(`${dir}/`);
    return aside && this.names.of(aside.dir) === baseName(aside.dir) ? undefined : aside;
  });

  isSetAside(path: string): boolean {
    return this.asideAt(path) !== undefined;
  }

  private firstFrom(text: string): number {
    let low = 0;
    let high = this.paths.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (byText(this.paths[middle] ?? '', text) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
