import type { Body } from './plain-tools.ts';
import { asMap, fieldAt } from '../../src/untyped.ts';

/** What two builds of the same overlay disagree about. */
export interface Difference {
  /** Which part of an object: what it is called decides how bad it is. */
  readonly part: 'membership' | 'labels' | 'rest';
  /** `Service shop/web: spec.ports[0].port: 80, not 8080`. */
  readonly says: string;
}

/** Kinds of which a review reads no more than the head. */
const HEAD_ONLY = new Set(['CustomResourceDefinition', 'GrafanaDashboard', 'PrometheusRule']);

/** More than this is not read by anybody. */
const MOST = 200;

/** @param loose a name may lack the hash that kustomize appends to generated ones */
export function differences(ours: readonly Body[], theirs: readonly Body[], loose = false): Difference[] {
  const found: Difference[] = [];
  const rest = [...ours];
  for (const object of theirs) {
    const at = matching(object, rest, loose);
    const mine = rest[at];
    if (!mine) found.push({ part: 'membership', says: `${idOf(object)} is missing` });
    else {
      rest.splice(at, 1);
      found.push(...inside(mine, object, loose));
    }
  }
  found.push(...rest.map((object) => ({ part: 'membership' as const, says: `${idOf(object)} is too much` })));
  return found.slice(0, MOST);
}

/** Of several of one name, the one that is equal. */
function matching(object: Body, among: readonly Body[], loose: boolean): number {
  const equal = among.findIndex((one) => JSON.stringify(one) === JSON.stringify(object));
  if (equal >= 0) return equal;
  const id = idOf(object);
  return among.findIndex((one) => idOf(one) === id || (loose && idOf(one) === withoutHash(id)));
}

function inside(ours: Body, theirs: Body, loose: boolean): Difference[] {
  return [...pathsApart(ours, theirs, '')].flatMap(({ path, mine, other }) => {
    if (loose && HEAD_ONLY.has(String(theirs['kind'])) && /^(?:spec|status)\b/.test(path)) return [];
    if (loose && typeof other === 'string' && withoutHash(other) === mine) return [];
    const part = /(?:^|\.)(?:labels|matchLabels|selector)(?:\.|$)/.test(path) ? 'labels' : 'rest';
    return [{ part, says: `${idOf(theirs)}: ${path}: ${short(mine)}, not ${short(other)}` }];
  });
}

interface Apart {
  readonly path: string;
  readonly mine: unknown;
  readonly other: unknown;
}

function* pathsApart(mine: unknown, other: unknown, path: string): Generator<Apart> {
  const [left, right] = [asMap(mine), asMap(other)];
  if (left && right) {
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      yield* pathsApart(left[key], right[key], path === '' ? key : `${path}.${key}`);
    }
  } else if (Array.isArray(mine) && Array.isArray(other) && mine.length === other.length) {
    for (const [index, item] of mine.entries()) yield* pathsApart(item, other[index], `${path}[${index}]`);
  } else if (JSON.stringify(mine) !== JSON.stringify(other)) yield { path, mine, other };
}

function idOf(object: Body): string {
  const metadata = fieldAt(object, 'metadata');
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const { apiVersion, kind } = object;
  return `${text(apiVersion)} ${text(kind)} ${text(fieldAt(metadata, 'namespace'))}/${text(fieldAt(metadata, 'name'))}`;
}

/** kustomize's hash: ten letters and digits behind a dash. */
function withoutHash(name: string): string {
  return name.replace(/-[2-9b-hkmtvwxz4678]{10}$/, '');
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 120)}...` : text;
}
