import { type Snapshot, SourceError } from '../source/snapshot.ts';
import type { Document } from '../yaml/document.ts';
import { parseFile } from '../yaml/parse.ts';
import type { Level, Path } from '../vocabulary.ts';
import { schemaProblems } from './json-schema.ts';
import { settingsSchema, type RuleHead } from './settings-schema.ts';
import { SETTINGS_PATHS, type Settings } from './settings.ts';

/** What a settings file may say. Keys it leaves out keep their default. */
export type RepositorySettings = Partial<
  Pick<
    Settings,
    'environments' | 'levels' | 'pathLevels' | 'failOn' | 'suppressions' | 'externals' | 'comment' | 'waves'
  >
>;

/** A mistake in a settings file. Lines and columns count from 1. */
export interface SettingsProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface LoadedSettings {
  /** What could be understood; a top-level key with a mistake anywhere in it is left out. */
  readonly settings: RepositorySettings;
  readonly problems: readonly SettingsProblem[];
}

const NOTHING: LoadedSettings = { settings: {}, problems: [] };

/**
 * The settings a repository has at one snapshot. For a review that is the base: a pull request may not relax the rules
 * it is judged by.
 * @param paths where the file may be; the first in the snapshot's order.
 * @throws SourceError when the snapshot breaks; mistakes in the file are values.
 */
export async function loadSettings(
  snapshot: Snapshot | undefined,
  rules: readonly RuleHead[],
  paths: readonly string[] = SETTINGS_PATHS,
): Promise<LoadedSettings> {
  const entry = snapshot?.list().find(({ path }) => paths.includes(path));
  if (!snapshot || !entry) return NOTHING;
  const { path } = entry;
  if (entry.kind !== 'file') return unread(path, 'must be a plain file, not a link');
  try {
    return parseSettings(await snapshot.read(path), path, rules);
  } catch (error) {
    if (error instanceof SourceError && error.code === 'unreadable') return unread(path, error.message);
    throw error;
  }
}

function unread(file: string, message: string): LoadedSettings {
  return { settings: {}, problems: [{ file, line: 1, column: 1, message }] };
}

/** Reads the text of a settings file. `file` is only how problems name it. */
export function parseSettings(bytes: Uint8Array, file: string, rules: readonly RuleHead[]): LoadedSettings {
  const { documents, problems } = parseFile(bytes, { json: false });
  if (problems.length > 0) {
    return {
      settings: {},
      problems: problems.map((each) => ({ file, ...positionOf(each), message: each.message })),
    };
  }
  const [document, second] = documents;
  if (!document || document.value === null) return NOTHING;
  if (second) {
    const message = 'settings are one document; this file begins another';
    return { settings: {}, problems: [{ file, line: second.line, column: 1, message }] };
  }
  return check(document, file, rules);
}

function check(document: Document, file: string, rules: readonly RuleHead[]): LoadedSettings {
  const broken = schemaProblems(settingsSchema(rules), document.value);
  const problems = broken.map(({ path, at, message }) => ({
    file,
    ...positionOf(document.locate(path, at)),
    message: `${pathText(path, at)}${message}`,
  }));
  if (broken.some(({ path }) => path.length === 0)) return { settings: {}, problems };
  const unusable = new Set(broken.map(({ path }) => path[0]));
  const usable = Object.entries(document.value as FileShape).filter(([key]) => !unusable.has(key));
  return { settings: settingsOf(Object.fromEntries(usable)), problems };
}

type FileLevels = Readonly<Record<string, Level | 'off' | false>>;

/** What the schema has proved about the value of a file without problems. */
type FileShape = Omit<RepositorySettings, 'levels' | 'pathLevels'> & {
  readonly rules?: FileLevels;
  readonly overrides?: readonly { readonly paths: readonly string[]; readonly rules: FileLevels }[];
};

function settingsOf({ rules, overrides, ...others }: FileShape): RepositorySettings {
  return {
    ...others,
    ...(rules && { levels: levelsOf(rules) }),
    ...(overrides && {
      pathLevels: overrides.map((each) => ({ paths: each.paths, levels: levelsOf(each.rules) })),
    }),
  };
}

function levelsOf(rules: FileLevels): Readonly<Record<string, Level | 'off'>> {
  return Object.fromEntries(
    Object.entries(rules).map(([id, level]) => [id, level === false ? 'off' : level]),
  );
}

function positionOf({ line, column }: { readonly line: number; readonly column: number }) {
  return { line, column };
}

/** `rules.IST0101: `; of a wrong key, where it stands: `suppressions[0]: `. */
function pathText(path: Path, at: 'key' | 'value'): string {
  const shown = at === 'key' ? path.slice(0, -1) : path;
  const text = shown
    .map((segment) => (typeof segment === 'number' ? `[${segment}]` : `.${segment}`))
    .join('');
  return text === '' ? '' : `${text.replace(/^\./, '')}: `;
}
