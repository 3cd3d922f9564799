import type { ScriptLine } from '../../environments/environment.ts';
import { parseIstioVersion } from '../../facts/versions.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { textAt } from '../../untyped.ts';
import type { ControlPlane, RevisionTag } from '../mesh.ts';
import type { ValuesLayer } from './installation.ts';
import { istiodSettings, revisionOf } from './istiod-values.ts';
import { setValues } from './set-values.ts';
import { flagValues, shellCommands } from './shell-words.ts';
import { imageVersion } from './version-fact.ts';
import type { VersionFact } from './version-fact.ts';

/** What scripts and CI files do with istioctl, as far as their text shows. All of it is likely at best. */
export interface ScriptInstallations {
  readonly controlPlanes: readonly ControlPlane[];
  readonly tags: readonly RevisionTag[];
  /** The version of istioctl, where scripts agree on one: what an IstioOperator without a tag installs. */
  readonly istioctl: VersionFact | undefined;
}

interface Command {
  readonly words: readonly string[];
  readonly line: ScriptLine;
}

/** Control planes and tags of `istioctl install`, `upgrade` and `tag set` (1.6 and later; `x revision tag set` in 1.10). */
export function scriptInstallations(lines: readonly ScriptLine[]): ScriptInstallations {
  const commands = lines.flatMap((line) =>
    shellCommands(line.text).flatMap((words) => istioctlIn(words, line)),
  );
  const istioctl = istioctlVersion(lines);
  return {
    istioctl,
    controlPlanes: distinct(
      commands.filter(isInstall).flatMap((one) => controlPlaneOf(one, lines, istioctl)),
    ),
    tags: commands.flatMap(tagOf),
  };
}

/**
 * The revisions that scripts uninstall since the change: `istioctl uninstall --revision X` (`x uninstall` before 1.15). A line
 * that was there before is one of taking everything down.
 */
export function newlyUninstalled(
  before: readonly ScriptLine[],
  after: readonly ScriptLine[],
): ReadonlySet<string> {
  const known = uninstalled(before);
  return new Set([...uninstalled(after)].filter((revision) => !known.has(revision)));
}

function uninstalled(lines: readonly ScriptLine[]): ReadonlySet<string> {
  const commands = lines.flatMap((line) =>
    shellCommands(line.text).flatMap((words) => istioctlIn(words, line)),
  );
  const uninstalls = commands.filter(({ words }) => plainWords(words).slice(0, 2).includes('uninstall'));
  return new Set(uninstalls.flatMap(({ words }) => flagValues(words, '--revision', '-r').filter(isKnown)));
}

/** The command and its arguments, without flags. */
function plainWords(words: readonly string[]): readonly string[] {
  return words.slice(1).filter((word) => !word.startsWith('-'));
}

/** The words after istioctl, wherever it is called from: `./bin/istioctl-1.28.3`, `sudo istioctl`, `run: istioctl`. */
function istioctlIn(words: readonly string[], line: ScriptLine): Command[] {
  const index = words.findIndex((word) => /(?:^|\/)istioctl(?:-[\w.-]+)?$/.test(word));
  return index < 0 ? [] : [{ words: words.slice(index), line }];
}

function isInstall({ words }: Command): boolean {
  const [first, second] = plainWords(words);
  return (
    first === 'install' ||
    first === 'upgrade' ||
    (first === 'manifest' && (second === 'apply' || second === 'install'))
  );
}

function controlPlaneOf(
  { words, line }: Command,
  lines: readonly ScriptLine[],
  everywhere: VersionFact | undefined,
): ControlPlane[] {
  const { at } = line;
  const layer = valuesOf(words, line);
  const named = flagValues(words, '--revision', '-r').at(-1);
  const revision = named ?? revisionOf(layer.values);
  if (!isKnown(revision)) return [];
  const here = istioctlVersion(lines.filter((one) => one.at.file === at.file)) ?? everywhere;
  const binary = versionIn(words[0] ?? '', line) ?? here;
  const unknown: VersionFact = { version: undefined, versionText: '', at, confidence: 'likely' };
  const fact = imageVersion(layer, [['pilot', 'tag'], ['tag'], ['global', 'tag']], binary ?? unknown);
  const more = flagValues(words, '-f', '--filename', '--set-file').length > 0;
  return [
    {
      revision: revision === '' ? 'default' : revision,
      ...fact,
      confidence: 'likely',
      installer: 'istioctl',
      release: 'istioctl',
      namespace: textAt(layer.values, 'global', 'istioNamespace') || 'istio-system',
      resource: undefined,
      ...istiodSettings(layer),
      values: { ...layer, elsewhere: more },
    },
  ];
}

/** `--set values.global.tag=1.28.3 --set tag=1.28.3 --set meshConfig.accessLogFile=/dev/stdout`. */
function valuesOf(words: readonly string[], { at }: ScriptLine): ValuesLayer {
  const settings = flagValues(words, '--set', '-s');
  return setValues(
    settings.map((setting) => setting.replace(/^(?:spec\.)?(?:values\.)?/, '')),
    at,
  );
}

function tagOf({ words, line }: Command): RevisionTag[] {
  const plain = plainWords(words);
  const tag = plain.indexOf('tag');
  const set = plain[tag + 1];
  if (tag < 0 || (set !== 'set' && set !== 'generate')) return [];
  const name = plain[tag + 2];
  const revision = flagValues(words, '--revision', '-r').at(-1);
  if (name === undefined || revision === undefined || !isKnown(name) || !isKnown(revision)) return [];
  return [{ name, revision, at: line.at, resource: undefined }];
}

/** `ISTIO_VERSION=1.28.3`, `istioctl 1.28.3` (asdf), `istioctl = "1.28"` (mise), `istio-1.28.3` (a download), get-istioctl. */
const VERSION_SHAPES = [
  /\bISTIO(?:CTL)?_VERSION\b["']?\s*(?::=|\?=|[:=])\s*(?:\$\{[A-Z_]+:-)?["']?v?(1\.\d{1,2}(?:\.\d{1,3})?[\w.-]{0,20})/i,
  /^"?istioctl"?\s*=?\s*["']?v?(1\.\d{1,2}(?:\.\d{1,3})?)/,
  /\bistio(?:ctl)?-v?(1\.\d{1,2}\.\d{1,3})\b/,
  /get-istioctl@\S+\s.*version:\s*["']?v?(1\.\d{1,2}(?:\.\d{1,3})?)/,
];

function versionIn(text: string, { at }: ScriptLine): VersionFact | undefined {
  for (const shape of VERSION_SHAPES) {
    const versionText = shape.exec(text)?.[1]?.replace(/[._-]+$/, '');
    const version = versionText === undefined ? undefined : parseIstioVersion(versionText);
    if (versionText !== undefined && version) return { version, versionText, at, confidence: 'likely' };
  }
  return undefined;
}

/** The one version that all lines agree on; `undefined` where they name several or none. */
function istioctlVersion(lines: readonly ScriptLine[]): VersionFact | undefined {
  const facts = lines.flatMap((line) => versionIn(line.text, line) ?? []);
  const [first, ...others] = facts;
  return others.every(({ versionText }) => versionText === first?.versionText) ? first : undefined;
}

/** One command in several scripts installs the same. */
function distinct(controlPlanes: readonly ControlPlane[]): ControlPlane[] {
  const first = new Map<string, ControlPlane>();
  for (const one of controlPlanes) {
    const key = `${one.revision} ${one.versionText} ${one.namespace}`;
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}
