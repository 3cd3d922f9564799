import { dataOf } from '../../listeners/variables.ts';
import { type Bind, namesSecret } from '../../listeners/bind.ts';
import type { Resource, SourceLines } from '../../render/resource.ts';
import { valueAt } from '../../untyped.ts';
import type { Fix, Location } from '../../vocabulary.ts';

/** Lines longer than this are no place for an edit by hand, and neither is a text of so many lines. */
const LONGEST_LINE = 500;
const MOST_LINES = 5_000;

/**
 * The edit that makes a listener reachable: its loopback address becomes the address of everything, and the rest of the line
 * stays. Only where the line is known as it stands in the file and holds the address once, literally.
 */
export function fixFor(bind: Bind, workload: Resource): Fix | undefined {
  if (bind.source === 'default' || bind.host === '') return undefined;
  const line = bind.configMap === undefined ? lineOfField(bind, workload) : lineOfConfigMap(bind.configMap);
  const text = line && replaced(line, bind);
  if (line === undefined || text === undefined) return undefined;
  const { file, startLine } = line;
  const title = `Listen on ${everywhere(bind.host)} instead of ${bind.host}`;
  return { title, file, startLine, endLine: startLine, text };
}

interface Line extends SourceLines {
  /** Whether YAML reads the text as it stands, so that quotes and colons matter. */
  readonly isYaml: boolean;
}

/** The line of the field that holds the setting. */
function lineOfField(bind: Bind, workload: Resource): Line | undefined {
  const only = lineThatSays(bind, workload);
  return only && { ...only, isYaml: true };
}

/** Where a field of several lines says it: a script, a file that it writes. */
export function placeInField(bind: Bind, workload: Resource): Location | undefined {
  const lines = linesOf(workload.origin.lines?.(bind.path));
  const only = lines.length > 1 ? lineThatSays(bind, workload) : undefined;
  return only && { file: only.file, line: only.startLine, column: 1, endLine: only.startLine };
}

/**
 * The only line with the setting as it is shown; else the only one with its name and its address; else the only one with its
 * address, if the field holds nothing else. Elsewhere in a script, the same address may be one that is called.
 */
function lineThatSays(bind: Bind, { body, origin }: Resource): SourceLines | undefined {
  const lines = linesOf(origin.lines?.(bind.path));
  const { setting, host } = bind;
  const value = valueAt(body, bind.path);
  const isAll = typeof value === 'string' && value !== '' && setting.endsWith(value);
  for (const parts of [[setting], [nameIn(setting), host], ...(isAll ? [[host]] : [])]) {
    const found = lines.filter(({ text }) => parts.every((part) => text.includes(part)));
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

/** `--listen` of `--listen=127.0.0.1:80`, `host` of `server.host 127.0.0.1`. */
function nameIn(setting: string): string {
  const name = setting.split(/[\s=]/)[0] ?? '';
  return name.startsWith('-') ? name : name.slice(name.lastIndexOf('.') + 1);
}

function lineOfConfigMap({ resource, path, line }: NonNullable<Bind['configMap']>): Line | undefined {
  const lines = linesOf(resource.origin.lines?.(path));
  const [first] = lines;
  if (line === undefined) return first && lines.length === 1 ? { ...first, isYaml: true } : undefined;
  // The text of a file stands below the `|` that introduces it, line by line, or is a file that a generator reads.
  const value = dataOf(resource)[String(path.at(-1))];
  const texts = typeof value === 'string' ? value.replace(/\n$/, '').split('\n') : [];
  const written = lines[texts.length === lines.length ? line : line + 1];
  const meant = texts[line];
  const isSame = written !== undefined && meant !== undefined && written.text.trim() === meant.trim();
  return isSame ? { ...written, isYaml: false } : undefined;
}

function linesOf(lines: SourceLines | undefined): SourceLines[] {
  if (!lines) return [];
  const texts = lines.text.split('\n');
  if (texts.length > MOST_LINES) return [];
  return texts.map((text, index) => ({ file: lines.file, startLine: lines.startLine + index, text }));
}

/** The line with the address replaced; `undefined` when it is not there exactly once, or quotes would be needed. */
function replaced({ text, isYaml }: Line, { host, setting }: Bind): string | undefined {
  // The edit shows the whole line.
  if (text.length > LONGEST_LINE || namesSecret(text)) return undefined;
  const start = countOf(text, setting) === 1 ? text.indexOf(setting) : 0;
  const end = start === 0 ? text.length : start + setting.length;
  const scope = text.slice(start, end);
  if (countOf(scope, host) !== 1) return undefined;
  const at = start + scope.indexOf(host);
  const next = text.charAt(at + host.length);
  if (/[\w.]/.test(next)) return undefined;
  // `value: ::` is no YAML; inside quotes or brackets it is.
  if (isYaml && everywhere(host) === '::' && !/["'\]]/.test(next)) return undefined;
  return `${text.slice(0, at)}${everywhere(host)}${text.slice(at + host.length)}`;
}

/** The address of everything, in the way the loopback address is written. */
function everywhere(host: string): string {
  if (host === 'loopback-only') return 'all';
  return host.includes(':') && !host.startsWith('::ffff:') ? '::' : '0.0.0.0';
}

function countOf(text: string, part: string): number {
  return part === '' ? 0 : text.split(part).length - 1;
}
