import { asMap } from '../../untyped.ts';
import { Unknown } from './unknown.ts';
import { sortedKeys } from './values.ts';

/** The value in block style, keys sorted, without a newline at the end: as Helm's `toYaml` lays it out. */
export function toYaml(value: unknown): string {
  return linesOf(value).join('\n');
}

function linesOf(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.length === 0 ? ['[]'] : value.flatMap((item) => nested('- ', linesOf(item)));
  }
  const map = value instanceof Unknown ? undefined : asMap(value);
  if (!map) return [scalar(value)];
  const keys = sortedKeys(map);
  return keys.length === 0 ? ['{}'] : keys.flatMap((key) => entry(key, map[key]));
}

function entry(key: string, value: unknown): string[] {
  const name = `${plain(key)}:`;
  const lines = linesOf(value);
  if (!isCollection(value)) return [`${name} ${lines.join('')}`];
  return [name, ...(Array.isArray(value) ? lines : lines.map((line) => `  ${line}`))];
}

function isCollection(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  const map = value instanceof Unknown ? undefined : asMap(value);
  return map !== undefined && Object.keys(map).length > 0;
}

function nested(mark: string, [first = '', ...rest]: readonly string[]): string[] {
  return [`${mark}${first}`, ...rest.map((line) => `  ${line}`)];
}

function scalar(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (value instanceof Unknown) return value.text;
  return typeof value === 'string' ? plain(value) : JSON.stringify(value);
}

/** Texts that YAML reads as themselves stay as they are; others are quoted. */
function plain(text: string): string {
  const isWord = /^[A-Za-z_/][\w./-]*$/.test(text);
  return isWord && !/^(?:true|false|yes|no|on|off|null|y|n)$/i.test(text) ? text : JSON.stringify(text);
}
