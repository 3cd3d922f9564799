import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Level } from '../../src/vocabulary.ts';

/** The strongest thing said about a change; `none` is silence. Numbers are steps on the ladder. */
export type Strength = Level | 'none';
export const LADDER: readonly Strength[] = ['none', 'info', 'warning', 'error'];

/** One change of a real repository, and what a good reviewer says about it. */
export interface Pair {
  readonly id: string;
  /** The bundle's path. */
  readonly bundle: string;
  readonly base: string;
  readonly head: string;
  readonly category: string;
  readonly expect: Strength;
  readonly subject: string;
  readonly say: string;
  /** The day of the change, `YYYY-MM-DD`: what dates in the repository are judged by. */
  readonly date: string;
}

/**
 * The pairs that `corpus.yaml` in `directory` lists, in its order.
 * @throws Error naming the entry that is not one.
 */
export function readPairs(directory: string): Pair[] {
  const repositories = load(readFileSync(join(directory, 'corpus.yaml'), 'utf8'));
  return list(repositories, 'corpus.yaml').flatMap((repository) => {
    const bundle = join(directory, text(repository, 'bundle'));
    return list(field(repository, 'pairs'), bundle).map((pair) => toPair(bundle, pair));
  });
}

function toPair(bundle: string, pair: unknown): Pair {
  const expect = text(pair, 'expect');
  const strength = LADDER.find((step) => step === expect);
  if (!strength)
    throw new Error(`${text(pair, 'id')} expects "${expect}", which is none of ${LADDER.join(', ')}`);
  const [base, head] = [text(pair, 'base'), text(pair, 'head')];
  const about = { category: text(pair, 'category'), subject: text(pair, 'subject'), say: text(pair, 'say') };
  return {
    id: text(pair, 'id'),
    bundle,
    base,
    head,
    ...about,
    expect: strength,
    date: text(pair, 'date').slice(0, 10),
  };
}

function list(value: unknown, of: string): unknown[] {
  if (Array.isArray(value)) return value;
  throw new Error(`${of}: a list was expected`);
}

function text(value: unknown, key: string): string {
  const found = field(value, key);
  if (typeof found === 'string') return found;
  throw new Error(`"${key}" is missing in ${JSON.stringify(value)?.slice(0, 200)}`);
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
