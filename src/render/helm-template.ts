import type { Path } from '../vocabulary.ts';
import { scalarText } from './helm-values.ts';

/** Where a field stands in a template: lines count from 0. */
export interface TemplatePlace {
  readonly line: number;
  /** How many steps of the path were found; the rest is made by the template. */
  readonly found: number;
}

/** Longer lines are data; they are cut, so that looking at one takes a bounded time. */
const MAX_LINE = 1_000;

export function templateLines(text: string): string[] {
  return text.split('\n').map((line) => line.slice(0, MAX_LINE));
}

/** An object as it was rendered, and the how-manieth of its kind that its template made. */
export interface RenderedObject {
  readonly kind: string;
  readonly name: string;
  readonly ordinal: number;
}

/**
 * The line of a template that most likely gives the field at `path`. Templates are not YAML, so this goes by keys and
 * indentation: the deepest step of the path that stands in the text.
 */
export function placeInTemplate(lines: readonly string[], object: RenderedObject, path: Path): TemplatePlace {
  const { start, end } = sectionOf(lines, object);
  let block = { line: start, from: start, end, indent: -1 };
  let found = 0;
  for (const [index, step] of path.entries()) {
    const next = typeof step === 'number' ? entryOf(lines, block, step) : keyOf(lines, block, step);
    if (!next) break;
    block = next;
    found = index + 1;
  }
  return { line: block.line, found };
}

interface Section {
  readonly start: number;
  readonly end: number;
}

/** The document of the template that makes the object: of that kind, with a name that fits. */
function sectionOf(lines: readonly string[], { kind, name, ordinal }: RenderedObject): Section {
  const breaks = [...lines.keys()].filter((line) => lines[line]?.startsWith('---'));
  const starts = [0, ...breaks.map((line) => line + 1)];
  const sections = starts.map((start, index) => ({ start, end: breaks[index] ?? lines.length }));
  const ofKind = sections.filter(({ start, end }) =>
    lines.slice(start, end).some((line) => valueOfKey(line, 'kind') === kind),
  );
  const fitting = ofKind.filter(({ start, end }) => {
    const written = lines.slice(start, end).map((line) => valueOfKey(line, 'name'));
    return fits(written.find((text) => text !== undefined) ?? '', name);
  });
  const candidates = fitting.length > 0 ? fitting : ofKind;
  const section = candidates[Math.min(ordinal, candidates.length - 1)] ?? { start: 0, end: lines.length };
  const first = lines.findIndex(
    (line, at) => at >= section.start && at < section.end && /^(?:apiVersion|kind):/.test(line),
  );
  return { start: first < 0 ? section.start : first, end: section.end };
}

/** Does the text of a template, with anything in place of its actions, make `name`? */
function fits(written: string, name: string): boolean {
  return written.split(/\{\{[^}]*\}\}/).every((part) => name.includes(part.trim()));
}

interface Block {
  readonly line: number;
  readonly from: number;
  readonly end: number;
  readonly indent: number;
}

function keyOf(lines: readonly string[], block: Block, key: string): Block | undefined {
  let level: number | undefined;
  for (let line = block.from; line < block.end; line++) {
    const text = lines[line] ?? '';
    const indent = contentIndent(text);
    if (isSkipped(text) || indent <= block.indent) continue;
    level ??= indent;
    if (indent <= level && valueOfKey(text, key) !== undefined)
      return blockAt(lines, line, indent, block.end, true);
  }
  return undefined;
}

function entryOf(lines: readonly string[], block: Block, index: number): Block | undefined {
  let seen = -1;
  let level: number | undefined;
  for (let line = block.from; line < block.end; line++) {
    const text = lines[line] ?? '';
    const indent = text.length - text.trimStart().length;
    if (!text.trimStart().startsWith('- ')) continue;
    level ??= indent;
    if (indent === level) seen += 1;
    if (seen === index) return { ...blockAt(lines, line, indent, block.end, false), from: line };
  }
  return undefined;
}

/**
 * The lines that belong to what begins at `line`: those that are indented further, and template actions between. The
 * entries of a key's sequence may stand as far left as the key.
 */
function blockAt(
  lines: readonly string[],
  line: number,
  indent: number,
  limit: number,
  isKey: boolean,
): Block {
  const mayHoldEntries = isKey && lines[line]?.trimEnd().endsWith(':') === true;
  let end = line + 1;
  while (end < limit) {
    const text = lines[end] ?? '';
    const isEntry = mayHoldEntries && text.startsWith('- ', indent);
    const isInside = isSkipped(text) || text.length - text.trimStart().length > indent || isEntry;
    if (!isInside) break;
    end += 1;
  }
  return { line, from: line + 1, end, indent };
}

function isSkipped(text: string): boolean {
  const content = text.trimStart();
  return content === '' || content.startsWith('#') || content.startsWith('{{');
}

/** The column of a key, behind the dashes of the sequence entries it begins. */
function contentIndent(text: string): number {
  return /^[ ]*(?:- +)*/.exec(text)?.[0].length ?? 0;
}

/** What a line gives the key `key`; `undefined` when it is about something else. */
function valueOfKey(line: string, key: string): string | undefined {
  const content = line.slice(contentIndent(line));
  const written = [key, `"${key}"`, `'${key}'`].find((text) => content.startsWith(`${text}:`));
  return written === undefined
    ? undefined
    : content
        .slice(written.length + 1)
        .trim()
        .replace(/^(["'])(.*)\1$/, '$2');
}

/** The paths of `.Values` that a line of a template refers to. */
export function referencesIn(line: string): Path[] {
  return [...line.matchAll(/\$?\.Values((?:\.[A-Za-z_]\w*)+)/g)].map((match) =>
    (match[1] ?? '').split('.').slice(1),
  );
}

/** Does an action of the line use a field of this name, of whatever object: `{{ .timeout }}`? */
export function mentions(line: string, key: string): boolean {
  return [...line.matchAll(/\.([A-Za-z_]\w*)/g)].some(([, name]) => name === key) && line.includes('{{');
}

/** Does the line say the value itself, outside of template actions? */
export function saysLiterally(line: string, value: unknown): boolean {
  const text = scalarText(value);
  return text !== undefined && text !== '' && line.replace(/\{\{[^}]*\}\}/g, '').includes(text);
}
