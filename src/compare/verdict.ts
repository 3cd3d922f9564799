import type { Change, ChangeKind, Finding, Verdict } from '../vocabulary.ts';

/** Changes that take nothing away from running workloads: they prepare, or they only inform. */
const HARMLESS: ReadonlySet<ChangeKind> = new Set([
  'tag-created',
  'revision-added',
  'component-version-changed',
]);

/**
 * One word for the change. `unchecked` says how many of the changed files that concern the mesh could not be judged.
 * Old findings have no say: they are not this change's doing.
 */
export function verdictOf(
  findings: readonly Finding[],
  changes: readonly Change[],
  uncheckedFiles: number,
): Verdict {
  const introduced = findings.filter(({ status }) => status === 'introduced');
  if (introduced.some(({ level }) => level === 'error')) return 'unsafe';
  if (introduced.some(({ level }) => level === 'warning')) return 'caution';
  if (changes.some(({ kind }) => !HARMLESS.has(kind))) return 'caution';
  return uncheckedFiles > 0 ? 'unknown' : 'safe';
}
