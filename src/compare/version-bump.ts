import type { Environment } from '../environments/environment.ts';
import type { Repository } from '../render/repository.ts';
import type { Change, Location } from '../vocabulary.ts';
import type { ChangedFiles } from './changed-files.ts';
import { undeployedBumps } from './undeployed-bumps.ts';

/** A part of Istio that goes from one version to another, in a change that does nothing but move versions. */
export interface VersionBump {
  /** `istio-system/istiod`, as the change to the mesh names it. */
  readonly subject: string;
  readonly from: string;
  readonly to: string;
  readonly at?: Location;
  /** It is written where nothing of the repository deploys it: the version moves in the file, and nowhere else. */
  readonly undeployed?: true;
}

/** A bot moves a handful of lines; beyond this a change is not looked at as one. */
const MOST_FILES = 40;
const MOST_LINES = 20_000;
const LONGEST_LINE = 2000;

/** Release numbers with whatever is written around them, digests, commits, and the time that a lock file was made. */
const VERSION =
  /\bv?\d{1,4}\.\d{1,4}(?:\.\d{1,4})?(?:[-+.][0-9A-Za-z.]{1,40})?|\bsha256:[0-9a-f]{64}\b|\b[0-9a-f]{40}\b|\b\d{4}-\d\d-\d\dT[0-9:.]{5,30}(?:Z|[-+]\d\d:?\d\d)?/g;

/**
 * The versions of Istio that a change moves when it does nothing else, as Renovate and Dependabot propose it: every line
 * differs from the old one in version numbers only. Empty for any other change.
 */
export async function bumpsOf(
  base: Repository | undefined,
  head: Repository,
  files: ChangedFiles,
  environments: readonly Pick<Environment, 'files'>[],
  changes: readonly Change[],
): Promise<VersionBump[]> {
  if (!base || files.paths.size > MOST_FILES) return [];
  const bumps = [...versionChanges(changes), ...undeployedBumps(base, head, files, environments)];
  if (bumps.length === 0) return [];
  for (const path of files.paths) {
    if (!base.has(path) || !head.has(path)) return [];
    const [before, after] = [await base.text(path), await head.text(path)];
    if (before === undefined || after === undefined || !movesVersionsOnly(before, after)) return [];
  }
  return bumps;
}

function movesVersionsOnly(before: string, after: string): boolean {
  const [old, now] = [before.split('\n'), after.split('\n')];
  if (old.length !== now.length || now.length > MOST_LINES) return false;
  return old.every((line, index) => {
    const other = now[index] ?? '';
    if (line === other) return true;
    if (line.length > LONGEST_LINE || other.length > LONGEST_LINE) return false;
    return line.replace(VERSION, '#') === other.replace(VERSION, '#');
  });
}

function versionChanges(changes: readonly Change[]): VersionBump[] {
  const bumps = new Map<string, VersionBump>();
  for (const { kind, subject, from, to, at } of changes) {
    if (kind !== 'revision-upgraded-in-place' && kind !== 'component-version-changed') continue;
    if (from === undefined || to === undefined) continue;
    const key = JSON.stringify([subject, from, to]);
    if (!bumps.has(key)) bumps.set(key, { subject, from, to, ...(at && { at }) });
  }
  return [...bumps.values()];
}
