import type { Fix } from '../../vocabulary.ts';
import type { MeshComponent } from '../../mesh/mesh.ts';
import type { Promotion } from '../promotion.ts';

/** A value that is to be set for a part of a chart of charts. */
interface PartValue {
  readonly key: string;
  readonly to: string;
  readonly title: string;
}

/**
 * Sets a value of one dependency in the values file beside `Chart.yaml`, where it stands under the dependency's name. None when
 * the dependency has an alias, is there twice, or when the file is not written in blocks.
 */
export function addToChart({ copy }: Promotion, { at, component }: MeshComponent, value: PartValue): Fix[] {
  const file = `${at.file.slice(0, at.file.lastIndexOf('/') + 1)}values.yaml`;
  const lines = copy.text(file);
  if (!lines || !isNamedOnce(copy.text(at.file) ?? [], component)) return [];
  const { key, to, title } = value;
  const own = lines.findIndex((text) => text.startsWith(`${component}:`));
  if (own < 0)
    return listed(isBlock(lines) && copy.append(file, [`${component}:`, `  ${key}: ${to}`], title));
  const margin = /^\s+(?=[\w"'])/.exec(lines[own + 1] ?? '')?.[0];
  if (lines[own]?.trim() !== `${component}:` || margin === undefined) return [];
  return listed(copy.insertAfter(file, own, [`${margin}${key}: ${to}`], title));
}

/** Is there one dependency of this name, without an alias? */
function isNamedOnce(chart: readonly string[], name: string): boolean {
  const items = chart.flatMap((text, index) => (/^\s*- /.test(text) ? [index] : []));
  const named = items.filter((start, index) => {
    const item = chart.slice(start, items[index + 1] ?? chart.length);
    return item.some((text) => fieldIn(text) === `name=${name}`);
  });
  const [first, ...others] = named;
  if (first === undefined || others.length > 0) return false;
  const item = chart.slice(first, items[items.indexOf(first) + 1] ?? chart.length);
  return !item.some((text) => fieldIn(text).startsWith('alias='));
}

function fieldIn(text: string): string {
  const match = /^\s*(?:- )?(\w+):\s*["']?([^\s"']+)/.exec(text);
  return match ? `${match[1] ?? ''}=${match[2] ?? ''}` : '';
}

/** Top-level keys at the margin: another one can follow at the end. */
function isBlock(lines: readonly string[]): boolean {
  return lines.every((text) => !/^[[{]/.test(text)) && lines.some((text) => /^[\w"'-]+:/.test(text));
}

function listed(edit: Fix | undefined | false): Fix[] {
  return edit ? [edit] : [];
}
