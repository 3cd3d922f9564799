import {
  CALLED_NOUNS,
  LISTEN_WORDS,
  OTHER_FILE_WORDS,
  OWN_SECTIONS,
  OWN_WORDS,
} from '../facts/bind-names.ts';
import type { FileFormat } from '../facts/bind-program.ts';
import { bindsFrom, declaredOnly, type Bind } from './bind.ts';
import { lastSegment } from './command-line.ts';
import { type ConfigFile, entriesIn } from './config-files.ts';
import type { ContainerFacts } from './container.ts';
import { withEnvironment } from './environment-values.ts';
import { type FileSetting, fileSettings } from './file-settings.ts';
import { isForeignUrl, onlyPort } from './named-flags.ts';
import { isSideWord, isTargetWord, namedAddresses, nameWords, portsBeside } from './names.ts';
import { OwnNames } from './own-names.ts';
import { isCatalogued } from './programs.ts';

/** Formats that a file's ending tells for certain. */
const FORMATS: ReadonlyMap<string, FileFormat> = new Map([
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['json', 'yaml'],
  ['toml', 'ini'],
  ['ini', 'ini'],
  ['properties', 'properties'],
  ['xml', 'xml'],
]);

/** Endings of files whose text tells the format; so does that of a file without one. */
const PLAIN_ENDINGS: ReadonlySet<string> = new Set([
  ...['conf', 'cfg', 'cf', 'cnf', 'config', 'inc', 'hcl', 'hocon', ''],
]);

/** Addresses in files of no known program under keys that say that somebody listens there: `server.listen: 127.0.0.1:80`. */
export function fileKeyBinds(facts: ContainerFacts, understood: ReadonlySet<ConfigFile>): Bind[] {
  const names = new OwnNames(facts);
  return facts.files
    .filter((file) => !understood.has(file) && !isOthers(file))
    .flatMap((file) => {
      const format = formatOf(file);
      if (format === undefined) return [];
      const settings = fileSettings(entriesIn(file, format), format === 'xml');
      return settings.flatMap((setting) => bindsOf(setting, file, facts, names));
    });
}

/** Whether a file is one that a client reads, or nobody does: `config.example.yaml`. */
function isOthers({ file }: ConfigFile): boolean {
  const words = file
    .split('/')
    .slice(-2)
    .join('.')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some((word) => OTHER_FILE_WORDS.has(word) || /^\w{2,}(?:cli|ctl)$/.test(word));
}

function formatOf({ file, text }: ConfigFile): FileFormat | undefined {
  const name = lastSegment(file);
  const ending = name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
  const told = FORMATS.get(ending);
  if (told !== undefined || !PLAIN_ENDINGS.has(ending)) return told;
  const start = text.trimStart().charAt(0);
  if (start === '{') return 'yaml';
  if (start === '<') return 'xml';
  if (/^\[[^\]\n]{1,100}\][ \t]*$/m.test(text)) return 'ini';
  return /^[\w.-]{1,60}:[ \t]*$/m.test(text) ? 'yaml' : 'directives';
}

function bindsOf(setting: FileSetting, file: ConfigFile, facts: ContainerFacts, names: OwnNames): Bind[] {
  const { entry, name, says, around, ports } = setting;
  const trust = trustIn(setting, file, names);
  const value = withEnvironment(entry.value, facts.variables);
  if (trust === undefined || (trust === 'weak' && isForeignUrl(value))) return [];
  const known = ports.map((port) => ({ ...port, value: withEnvironment(port.value, facts.variables) }));
  const beside = portsBeside(says, known);
  const isMain = trust === 'named' && [...around, ...says.whose].every((step) => isMainSection(step, names));
  const found = beside.length > 0 || !isMain ? beside : onlyPort(facts.container);
  const key = [...around, name].filter((step) => !/^\d+$/.test(step));
  const binds = bindsFrom(namedAddresses(value), found, {
    ...{ setting: `${key.slice(-2).join('.')} ${entry.value}`.slice(0, 200), program: '', trust },
    ...{ source: 'file', path: file.path },
    ...(file.source && { configMap: { ...file.source, line: entry.line() } }),
  });
  return trust === 'weak' ? declaredOnly(binds, facts.container) : binds;
}

/** Whose address it is, by its name and by what stands around it; `undefined` when it may be somebody else's. */
function trustIn(
  { says, around, logsIn }: FileSetting,
  { file }: ConfigFile,
  names: OwnNames,
): 'named' | 'weak' | undefined {
  const words = around.map(nameWords);
  if (words.some((step) => step.some(isTargetWord))) return undefined;
  if (says.kind === 'listens') return 'named';
  if (!says.whose.every((word) => OWN_WORDS.has(word) || names.has(word))) return undefined;
  const [block = [], outer = []] = words.filter((step) => !/^\d+$/.test(step.join())).reverse();
  const isOwn = (step: string): boolean => isOwnSection(step, names);
  if (says.whose.every((word) => OWN_WORDS.has(word)) && block.some(isListenWord)) return 'named';
  if (outer.some(isListenWord) && block.every((word) => OWN_WORDS.has(word))) return 'named';
  // Where nothing stands around it, the file's name says whose it is: `config.json`, and not `datasource.json`.
  const [first = lastSegment(file).replace(/\.\w{1,10}$|rc$/, ''), ...inner] = around;
  return !logsIn && (isOwn(first) || isProgram(first, names)) && inner.every(isOwn) ? 'weak' : undefined;
}

function isListenWord(word: string): boolean {
  return LISTEN_WORDS.has(word);
}

/** A section about the program itself: `server`, `http`, its own name. A position in a list is none. */
function isOwnSection(step: string, names: OwnNames): boolean {
  const words = nameWords(step);
  return words.length > 0 && words.every((word) => isAboutIt(word, names));
}

function isAboutIt(word: string, names: OwnNames): boolean {
  return OWN_WORDS.has(word) || OWN_SECTIONS.has(word) || names.has(word);
}

/** A file, and the one section that everything stands in, may be called after the program: `my-app.server`. */
function isProgram(step: string, names: OwnNames): boolean {
  const words = nameWords(step);
  return (
    words.some((word) => isAboutIt(word, names)) &&
    !words.some((word) => CALLED_NOUNS.has(word) || isCatalogued(word))
  );
}

/** A section of the part that the program is there for. */
function isMainSection(step: string, names: OwnNames): boolean {
  return isOwnSection(step, names) && !nameWords(step).some(isSideWord);
}
