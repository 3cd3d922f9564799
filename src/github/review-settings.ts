import { loadSettings, parseSettings, type LoadedSettings, type RepositorySettings } from '../config/load.ts';
import { expiredSentences } from '../config/expired.ts';
import { DEFAULT_SETTINGS, SETTINGS_PATHS, type Settings } from '../config/settings.ts';
import { RULE_HEADS } from '../rules/registry.ts';
import type { ComparedSnapshots } from '../source/github.ts';
import { SourceError, type Snapshot, type SnapshotEntry } from '../source/snapshot.ts';
import type { OrganisationFile } from './organisation-settings.ts';

/** What decides a review, and what is to be said about it. */
export interface ReviewSettings {
  readonly settings: Settings;
  /** Mistakes that this change brings into the settings file. */
  readonly problems: LoadedSettings['problems'];
  /** Whole sentences. */
  readonly notes: readonly string[];
  /** Files that had a say, the strongest first, as people name them. */
  readonly files: readonly string[];
}

/** What the settings of a review are made of, besides what the repository says. */
export interface SettingsSources {
  readonly organisation: OrganisationFile | undefined;
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
  const above = organisation && parseSettings(organisation.bytes, organisation.name, RULE_HEADS);
  const edited = base !== undefined && (before?.path !== after?.path || before?.blob !== after?.blob);
  const settings: Settings = {
    ...{ ...DEFAULT_SETTINGS, ...laidOver(above?.settings ?? {}, atBase.settings), ...overrides },
    today,
  };
  return {
    settings,
    problems: edited || base === undefined ? atHead.problems : [],
    notes: [
      ...(edited ? [editedNote(before, after)] : []),
      ...(base === undefined ? [] : brokenNotes('the base', atBase.problems)),
      ...brokenNotes('the organisation', above?.problems ?? []),
      ...expiredSentences(settings),
    ],
    files: [(base ? before : after)?.path, organisation?.name].filter((file) => file !== undefined),
  };
}

/** Mistakes elsewhere that are told; the change that brought them had all of them. */
const MOST_BROKEN = 3;

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

function brokenNotes(whose: string, problems: LoadedSettings['problems']): string[] {
  return problems
    .slice(0, MOST_BROKEN)
    .map(
      ({ file, line, message }) =>
        `The settings of ${whose} have a mistake, and the key it is in is not used: ${file}:${line}: ${message}`,
    );
}
