import { baseName, joinPath, parentOf } from './repository-path.ts';

/** Directories whose children are environments: `overlays/prod`, `clusters/eu-1`. */
const HOLDERS = new Set([
  'overlays',
  'overlay',
  'clusters',
  'environments',
  'environment',
  'envs',
  'env',
  'stages',
]);

/** Children of those that all the others build on. */
const SHARED = new Set(['base', 'bases', 'common', 'components', 'shared', 'templates']);

const STAGE =
  /^(?:[a-z0-9]+[-_])?(?:dev|develop|development|int|integration|test|testing|qa|uat|stage|staging|stg|sit|perf|preprod|pre-prod|preproduction|prod|production|prd|live|sandbox|canary|nonprod|non-prod)(?:\d{1,3}|[-_][a-z0-9]{1,12}){0,3}$/i;

/** Does the name of a directory say which stage it is for? */
export function isStageName(name: string): boolean {
  return STAGE.test(name);
}

/**
 * Which environment directories belong to, by their names: the child of `overlays`, `clusters` and the like, or a stage's
 * name (`dev`, `prod-eu`) that has a sibling stage. `undefined`: no name says so.
 */
export class EnvironmentNames {
  private readonly stages: ReadonlySet<string>;

  constructor(directories: Iterable<string>) {
    const byParent = new Map<string, string[]>();
    for (const dir of new Set(directories)) {
      if (!isStageName(baseName(dir))) continue;
      const parent = parentOf(dir);
      byParent.set(parent, [...(byParent.get(parent) ?? []), dir]);
    }
    this.stages = new Set([...byParent.values()].filter(({ length }) => length > 1).flat());
  }

  of(dir: string): string | undefined {
    const steps = dir === '' ? [] : dir.split('/');
    let current = '';
    for (const [index, step] of steps.entries()) {
      current = joinPath(current, step);
      const child = steps[index + 1];
      if (HOLDERS.has(step) && child !== undefined && !SHARED.has(child)) return child;
      if (this.stages.has(current)) return step;
    }
    return undefined;
  }
}
