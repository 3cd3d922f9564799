import type { FileFact, FileFormat, ProgramFact } from '../facts/bind-program.ts';
import { listAt, mappingAt, textAt } from '../untyped.ts';
import type { ContainerModel, Workload } from '../mesh/mesh.ts';
import type { Resource } from '../render/resource.ts';
import type { Path } from '../vocabulary.ts';
import { mentionsLoopback } from './address.ts';
import type { CommandLine } from './command-line.ts';
import { entriesOf } from './formats/entries.ts';
import type { Entry } from './formats/entry.ts';
import { fits } from './patterns.ts';
import { isNamedAfter } from './programs.ts';
import type { ConfigMaps, ContainerVariables } from './variables.ts';

/** A configuration file that a container sees, whose text stands in the repository. */
export interface ConfigFile {
  /** Its path in the container; the name alone where no more is known. */
  readonly file: string;
  readonly text: string;
  /** The field of the workload that brings it: the mount, the script that writes it. */
  readonly path: Path;
  /** The ConfigMap and the key that hold the text. */
  readonly source?: { readonly resource: Resource; readonly path: Path };
}

/** A container that mounts more files than this is not configured by hand. */
const MOST_FILES = 100;

/** The files of a container that are mounted from ConfigMaps which the repository holds. */
export function mountedFilesOf(
  container: ContainerModel,
  workload: Workload,
  configMaps: ConfigMaps,
): ConfigFile[] {
  const volumes = mapOf(listAt(workload.spec, 'volumes'), (volume) => textAt(volume, 'name'));
  const mounted = listAt(container.body, 'volumeMounts').flatMap((mount, index) => {
    const path = [...container.path, 'volumeMounts', index];
    return mountedFiles(mount, path, volumes.get(textAt(mount, 'name')), configMaps);
  });
  return mounted.slice(0, MOST_FILES);
}

/** The files that its scripts write, and those that stand in a variable. */
export function otherFiles({ files }: CommandLine, { known }: ContainerVariables): ConfigFile[] {
  const told = [...known].flatMap(([name, { value, path, source }]): ConfigFile[] => {
    const isSpring = name === 'SPRING_APPLICATION_JSON';
    if (!isSpring && (!isDocument(value) || !mentionsLoopback(value))) return [];
    return [{ file: isSpring ? 'application.json' : name, text: value, path, ...(source && { source }) }];
  });
  return [...files, ...told].slice(0, MOST_FILES);
}

/** Whether a variable holds a whole configuration: JSON, XML, or lines of YAML or in sections. */
function isDocument(value: string): boolean {
  const text = value.trim();
  if (/^[{<]/.test(text)) return true;
  if (!text.includes('\n') || text.startsWith('#!')) return false;
  return /^\[[^\]\n]{1,100}\][ \t]*$|^[\w.-]{1,60}:(?:\s|$)/m.test(text);
}

function mapOf(items: readonly unknown[], nameOf: (item: unknown) => string): Map<string, unknown> {
  return new Map(items.map((item) => [nameOf(item), item]));
}

function mountedFiles(mount: unknown, path: Path, volume: unknown, configMaps: ConfigMaps): ConfigFile[] {
  const sources = [volume, ...listAt(volume, 'projected', 'sources')];
  const directory = textAt(mount, 'mountPath');
  const subPath = textAt(mount, 'subPath');
  return sources.flatMap((source) => {
    const configMap = mappingAt(source, 'configMap');
    const name = textAt(configMap, 'name');
    const resource = name === '' ? undefined : configMaps(name);
    if (!resource) return [];
    return filesIn(resource, configMap).flatMap(({ key, inside }): ConfigFile[] => {
      const file = placeOf(inside, directory, subPath);
      const text = mappingAt(resource.body, 'data')[key];
      if (file === undefined || typeof text !== 'string') return [];
      return [{ file, text, path, source: { resource, path: ['data', key] } }];
    });
  });
}

/** Where a file of a volume appears; `undefined` when `subPath` picks another one. */
function placeOf(inside: string, directory: string, subPath: string): string | undefined {
  if (subPath === '' || subPath === '.') return `${directory}/${inside}`.replaceAll('//', '/');
  if (subPath === inside) return directory;
  return inside.startsWith(`${subPath}/`) ? `${directory}/${inside.slice(subPath.length + 1)}` : undefined;
}

/** The keys of a ConfigMap volume and the paths they get: all of them, or those of `items`. */
function filesIn({ body }: Resource, configMap: unknown): { key: string; inside: string }[] {
  const items = listAt(configMap, 'items').map((item) => ({
    key: textAt(item, 'key'),
    inside: textAt(item, 'path'),
  }));
  if (items.length > 0) return items;
  return Object.keys(mappingAt(body, 'data')).map((key) => ({ key, inside: key }));
}

/** Texts of ConfigMaps are taken apart once, for all workloads and both sides of a review. */
const PARSED = new WeakMap<Resource, Map<string, readonly Entry[]>>();
const MENTIONS = new WeakMap<Resource, Map<string, boolean>>();

function remembered<T>(
  memory: WeakMap<Resource, Map<string, T>>,
  { source }: ConfigFile,
  what: string,
  make: () => T,
): T {
  if (!source) return make();
  let known = memory.get(source.resource);
  if (!known) memory.set(source.resource, (known = new Map<string, T>()));
  const key = `${source.path.join('/')} ${what}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

/** Whether the file can hold a loopback address at all. */
export function fileMentionsLoopback(file: ConfigFile): boolean {
  return remembered(MENTIONS, file, '', () => mentionsLoopback(file.text));
}

export function entriesIn(file: ConfigFile, format: FileFormat): readonly Entry[] {
  return remembered(PARSED, file, format, () => entriesOf(file.text, format));
}

/** How a program reads a file: by the file's name, or by what the name is like when the container runs the program. */
export function formatFor(program: ProgramFact, file: ConfigFile, runs: boolean): FileFormat | undefined {
  const facts = program.files ?? [];
  const known = facts.find(({ names }) => names.some((name) => isNamed(file.file, name)));
  if (known) return known.format;
  if (!runs && !isNamedAfter(program, directoryOf(file.file))) return undefined;
  return facts.find((fact) => looksLike(file.file, fact))?.format;
}

/** Whether the file is named like the program's own, and so is its main one. */
export function hasOwnFile({ files = [] }: ProgramFact, { file }: ConfigFile): boolean {
  return files.some(({ names }) => names.some((name) => isNamed(file, name)));
}

function isNamed(file: string, pattern: string): boolean {
  const segments = file.split('/');
  const length = pattern.split('/').length;
  return fits(pattern, segments.slice(-length).join('/'));
}

/** The last directory: `nginx` of `/etc/nginx/upstreams.conf`. */
function directoryOf(file: string): string {
  return file.split('/').slice(-3, -1).join('-');
}

const TYPED: Readonly<Record<string, FileFormat>> = { yaml: 'yaml', yml: 'yaml', json: 'yaml', xml: 'xml' };

/** Endings of what is never a program's configuration. */
const OTHER_ENDINGS = new Set(['sh', 'sql', 'lua', 'html', 'css', 'md', 'pem', 'crt', 'key', 'txt', 'csv']);

function looksLike(file: string, { format }: FileFact): boolean {
  const ending = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  if (OTHER_ENDINGS.has(ending)) return false;
  const typed = Object.hasOwn(TYPED, ending) ? TYPED[ending] : undefined;
  if (typed !== undefined) return typed === format;
  return (
    format !== 'xml' && format !== 'sites' && (format !== 'yaml' || ending === 'conf' || !/[.]/.test(file))
  );
}
