import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadSettings, parseSettings, type LoadedSettings } from '../config/load.ts';
import { nearest } from '../config/nearest.ts';
import { DEFAULT_SETTINGS, SETTINGS_PATHS, type Settings, type Suppression } from '../config/settings.ts';
import { RULE_HEADS, ruleHeadById } from '../rules/registry.ts';
import type { Snapshot } from '../source/snapshot.ts';
import { LEVELS } from '../vocabulary.ts';
import { parseFile } from '../yaml/parse.ts';
import type { Arguments } from './arguments.ts';
import type { Io } from './io.ts';
import { SettingsError } from './settings-error.ts';
import { UsageError } from './usage-error.ts';

/**
 * Settings of a review: the base's file, so that a pull request cannot relax the rules it is judged by, under what the
 * command line says. The file at head is checked as well, so that a mistake shows on the change that introduces it;
 * a mistake that only the base has is being mended, and costs no more than the keys it is in.
 * @throws UsageError, SettingsError.
 */
export async function reviewSettings(
  args: Arguments,
  io: Io,
  base: Snapshot | undefined,
  head: Snapshot,
): Promise<Settings> {
  const override = await overrideFile(args, io);
  if (override) return mergedSettings(args, io, accepted(override));
  const atHead = accepted(await loadSettings(head, RULE_HEADS));
  return mergedSettings(args, io, base ? (await loadSettings(base, RULE_HEADS)).settings : atHead);
}

/**
 * Settings of `analyze`: of the tree itself, else of the working directory.
 * @throws UsageError, SettingsError.
 */
export async function analyzeSettings(args: Arguments, io: Io, tree: Snapshot): Promise<Settings> {
  const loaded = (await overrideFile(args, io)) ?? (await ownFile(io, tree));
  return {
    ...mergedSettings(args, io, accepted(loaded)),
    world: args.has('closed-world') ? 'closed' : 'open',
    namespace: args.text('namespace') ?? '',
    meshConfig: await mappingFile(args, io, 'mesh-config'),
    meshNetworks: await meshNetworksOf(args, io),
  };
}

function accepted({ settings, problems }: LoadedSettings): LoadedSettings['settings'] {
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}

async function overrideFile(args: Arguments, io: Io): Promise<LoadedSettings | undefined> {
  const file = args.text('config');
  return file === undefined ? undefined : parseSettings(await fileOf('config', file, io), file, RULE_HEADS);
}

async function ownFile(io: Io, tree: Snapshot): Promise<LoadedSettings> {
  if (tree.list().some(({ path }) => SETTINGS_PATHS.some((known) => known === path))) {
    return loadSettings(tree, RULE_HEADS);
  }
  for (const path of SETTINGS_PATHS) {
    const bytes = await readFile(resolve(io.cwd, path)).catch(() => undefined);
    if (bytes) return parseSettings(bytes, path, RULE_HEADS);
  }
  return { settings: {}, problems: [] };
}

function mergedSettings(args: Arguments, io: Io, repository: LoadedSettings['settings']): Settings {
  const failOn = args.choice('fail-on', [...LEVELS, 'never']);
  const suppressed = args.list('suppress').map(suppressionOf);
  return {
    ...DEFAULT_SETTINGS,
    ...repository,
    environment: args.text('environment'),
    rules: args.text('rules')?.split(',').map(knownRule),
    ...(failOn && { failOn }),
    suppressions: [...(repository.suppressions ?? []), ...suppressed],
    today: io.now.toISOString().slice(0, 10),
  };
}

function knownRule(text: string): string {
  const id = text.trim();
  if (ruleHeadById(id)) return id;
  const near = nearest(
    id,
    RULE_HEADS.map((rule) => rule.id),
  );
  throw new UsageError(
    `There is no rule "${id}"${near === undefined ? '' : ` (did you mean ${near}?)`}.`,
    'The command `rules` lists them.',
  );
}

/** `IST0101=VirtualService shop/*`. */
function suppressionOf(text: string): Suppression {
  const [rule = '', resource = ''] = splitOnce(text, '=');
  if (resource === '') {
    throw new UsageError(
      `--suppress "${text}" names no resource.`,
      "It takes RULE=Kind namespace/name, such as 'IST0101=VirtualService shop/*'.",
    );
  }
  return { rule: rule.trim() === '*' ? '*' : knownRule(rule), resource: resource.trim() };
}

function splitOnce(text: string, separator: string): string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

async function meshNetworksOf(args: Arguments, io: Io): Promise<Settings['meshNetworks']> {
  const value = await mappingFile(args, io, 'mesh-networks');
  return value && { file: args.text('mesh-networks') ?? '', value };
}

async function mappingFile(
  args: Arguments,
  io: Io,
  option: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const file = args.text(option);
  if (file === undefined) return undefined;
  const { documents, problems } = parseFile(await fileOf(option, file, io), { json: false });
  const [problem] = problems;
  if (problem) throw new UsageError(`${file}:${problem.line}: ${problem.message}`);
  const value = documents[0]?.value ?? {};
  if (documents.length > 1 || !isMapping(value)) {
    throw new UsageError(`--${option} ${file} does not hold one YAML mapping.`);
  }
  return value;
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function fileOf(option: string, file: string, io: Io): Promise<Uint8Array> {
  try {
    return await readFile(resolve(io.cwd, file));
  } catch {
    throw new UsageError(`--${option} ${file} cannot be read.`);
  }
}
