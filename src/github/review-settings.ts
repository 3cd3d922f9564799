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
import type { Snapshot } from '../source/snapshot.ts';

/** What decides a review, and what is to be said about it. */
export interface ReviewSettings {
  readonly settings: Settings;
  /** Mistakes that this change brings into the settings file. */
  readonly problems: LoadedSettings['problems'];
  /** Whole sentences. */
  readonly notes: readonly string[];
}

/**
 * The settings of a review, each laid over the one before: our defaults, the organisation's, those of the base (a change
 * cannot relax the rules it is judged by; a first commit has only its own), and what the surface was told.
 * @param today `YYYY-MM-DD`.
 * @throws SourceError when a snapshot breaks.
 */
export async function reviewSettings(
  { base, head }: ComparedSnapshots,
  organisation: RepositorySettings,
  overrides: Partial<Settings>,
  today: string,
): Promise<ReviewSettings> {
  const atHead = await loadSettings(head, RULE_HEADS);
  const atBase = base ? await loadSettings(base, RULE_HEADS) : atHead;
  const edited = base !== undefined && settingsBlob(base) !== settingsBlob(head);
  const repository = laidOver(organisation, atBase.settings);
  const settings: Settings = { ...DEFAULT_SETTINGS, ...repository, ...overrides, today };
  return {
    settings,
    problems: edited || base === undefined ? atHead.problems : [],
    notes: [
      ...(edited ? [editedNote(base, head)] : []),
      ...(base === undefined ? [] : atBase.problems.slice(0, 3).map(brokenAtBase)),
      ...expiredNotes(settings),
    ],
  };
}

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

function settingsBlob(snapshot: Snapshot): string {
  const entry = snapshot.list().find(({ path }) => isSettingsPath(path));
  return entry ? `${entry.path} ${entry.blob}` : '';
}

function isSettingsPath(path: string): boolean {
  return SETTINGS_PATHS.some((known) => known === path);
}

function editedNote(base: Snapshot, head: Snapshot): string {
  const [verb, side] = settingsBlob(head) === '' ? ['removes', base] : ['edits', head];
  const path = side.list().find((entry) => isSettingsPath(entry.path))?.path ?? '';
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
