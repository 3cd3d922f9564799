import {
  loadSettings,
  parseSettings,
  SETTINGS_PATHS,
  type LoadedSettings,
  type RepositorySettings,
} from '../config/load.ts';
import { DEFAULT_SETTINGS, type Settings } from '../config/settings.ts';
import { RULE_HEADS } from '../rules/registry.ts';
import type { ComparedSnapshots } from '../source/github.ts';
import { SourceError, type Snapshot, type SnapshotEntry } from '../source/snapshot.ts';

/** What decides a review, and what is to be said about it. */
export interface ReviewSettings {
  readonly settings: Settings;
  /** Mistakes that this change brings into the settings file. */
  readonly problems: LoadedSettings['problems'];
  /** Whole sentences. */
  readonly notes: readonly string[];
}

/** What the settings of a review are made of, besides what the repository says. */
export interface SettingsSources {
  readonly organisation: RepositorySettings;
  readonly overrides: Partial<Settings>;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Path of the settings file in the repository, when it is not the usual one. */
  readonly path?: string;
}

/**
 * The settings of a review, each laid over the one before: our defaults, the organisation's, those of the base (a change
 * cannot relax the rules it is judged by; a first commit has only its own), and what the surface was told.
 * @throws SourceError when a snapshot breaks, or when a file that was asked for is on neither side.
 */
export async function reviewSettings(
  { base, head }: ComparedSnapshots,
  { organisation, overrides, today, path }: SettingsSources,
): Promise<ReviewSettings> {
  const paths = path === undefined ? SETTINGS_PATHS : [path];
  const [before, after] = [base && settingsFile(base, paths), settingsFile(head, paths)];
  if (path !== undefined && !before && !after) throw noSuchFile(path);
  const atHead = await loadSettings(head, RULE_HEADS, paths);
  const atBase = base ? await loadSettings(base, RULE_HEADS, paths) : atHead;
  const edited = base !== undefined && (before?.path !== after?.path || before?.blob !== after?.blob);
  const settings: Settings = {
    ...{ ...DEFAULT_SETTINGS, ...laidOver(organisation, atBase.settings), ...overrides },
    today,
  };
  return {
    settings,
    problems: edited || base === undefined ? atHead.problems : [],
    notes: [
      ...(edited ? [editedNote(before, after)] : []),
      ...(base === undefined ? [] : atBase.problems.slice(0, MOST_BROKEN).map(brokenAtBase)),
      ...expiredNotes(settings),
    ],
  };
}

/** Mistakes of the base that are told; its own pull request had all of them. */
const MOST_BROKEN = 3;

/** Settings of an organisation, as text of its `.github` repository; what is wrong there is left out. */
export function organisationSettings(bytes: Uint8Array | undefined): RepositorySettings {
  return bytes ? parseSettings(bytes, ORGANISATION_FILE, RULE_HEADS).settings : {};
}

/** Where an organisation keeps the settings of repositories that have none of their own. */
export const ORGANISATION_FILE = '.github/istio-upgrade-guard.yml';

/** A repository's own word counts; rule levels it says nothing of stay the organisation's. */
function laidOver(organisation: RepositorySettings, own: RepositorySettings): RepositorySettings {
  const levels = { ...organisation.levels, ...own.levels };
  return { ...organisation, ...own, levels };
}

function settingsFile(snapshot: Snapshot, paths: readonly string[]): SnapshotEntry | undefined {
  return snapshot.list().find(({ path }) => paths.includes(path));
}

function noSuchFile(path: string): SourceError {
  const advice = 'The path is relative to the root of the repository.';
  return new SourceError('missing-path', `The repository has no settings file ${path}.`, advice);
}

function editedNote(before: SnapshotEntry | undefined, after: SnapshotEntry | undefined): string {
  const verb = after ? 'edits' : 'removes';
  const path = (after ?? before)?.path ?? '';
  return `This change ${verb} ${path}. Settings apply after the merge; this review is by those of the base.`;
}

function brokenAtBase({ file, line, message }: LoadedSettings['problems'][number]): string {
  return `The settings of the base have a mistake, and the key it is in is not used: ${file}:${line}: ${message}`;
}

function expiredNotes({ suppressions, today }: Settings): string[] {
  return suppressions
    .filter(({ until }) => until !== undefined && until < today)
    .map(({ rule, resource, until = '', reason }) => {
      const because = reason === undefined ? '' : ` Its reason was: ${reason}`;
      return `The suppression of ${rule} for ${resource} ended on ${until} and is not applied.${because}`;
    });
}
