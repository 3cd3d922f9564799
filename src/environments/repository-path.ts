/** Paths inside a repository: `/`-separated, relative to its root, '' for the root itself. */

export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function joinPath(dir: string, name: string): string {
  return dir === '' ? name : `${dir}/${name}`;
}

/**
 * `relative` as seen from `dir`; `undefined` when it leaves the repository. A leading `/` counts from the repository root
 * when `dir` is '' and is refused elsewhere: kustomize refuses absolute paths.
 */
export function resolvePath(dir: string, relative: string): string | undefined {
  if (relative.startsWith('/') && dir !== '') return undefined;
  const steps = dir === '' ? [] : dir.split('/');
  for (const step of relative.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** Is `path` inside `dir`, or `dir` itself? Everything is inside ''. */
export function isUnder(path: string, dir: string): boolean {
  return dir === '' || path === dir || path.startsWith(`${dir}/`);
}

/** Code-unit order: the one order used for names and paths. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The deepest directory that holds both. */
export function commonDirectory(a: string, b: string): string {
  const left = a.split('/');
  const right = b.split('/');
  let length = 0;
  while (length < left.length && length < right.length && left[length] === right[length]) length++;
  return left.slice(0, length).join('/');
}
