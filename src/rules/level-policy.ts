import type { Settings } from '../config/settings.ts';
import { matchesPathGlob } from '../environments/path-glob.ts';
import type { Level } from '../vocabulary.ts';

/**
 * What the repository says about a rule in one file: the last of its entries for some paths that names the rule, else its
 * level everywhere; `undefined` when it says nothing.
 */
export function levelPolicy(rule: string, settings: Settings, file: string): Level | 'off' | undefined {
  const here = settings.pathLevels.findLast(
    ({ paths, levels }) => Object.hasOwn(levels, rule) && paths.some((glob) => matchesPathGlob(glob, file)),
  );
  const levels = here?.levels ?? settings.levels;
  return Object.hasOwn(levels, rule) ? levels[rule] : undefined;
}

/** Whether a rule can have a finding anywhere. */
export function isEverOn(rule: string, { levels, pathLevels }: Settings): boolean {
  if (!Object.hasOwn(levels, rule) || levels[rule] !== 'off') return true;
  return pathLevels.some((entry) => Object.hasOwn(entry.levels, rule) && entry.levels[rule] !== 'off');
}
