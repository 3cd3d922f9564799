import type { FieldsShape, Shape } from '../../facts/shape.ts';
import { SimilarNames } from '../../mesh/near-misses.ts';
import { isMapping } from '../../untyped.ts';
import type { PathSegment } from '../../vocabulary.ts';
import { field, fieldName, hasPlaceholder } from '../body.ts';
import { camelCase } from '../fields/field-hints.ts';

/** Comparisons of a word with those of an enumeration. */
const MOST_COMPARISONS = 100;

/** A value that the schema of the CRD does not allow. */
export interface ShapeProblem {
  /** From the value that was checked; filled in from its end on the way out, for hardly any value has a problem. */
  readonly path: PathSegment[];
  readonly text: string;
  /** A later release may know the word. */
  readonly mayBeNewer?: boolean;
}

const NONE: readonly ShapeProblem[] = [];

/**
 * What the schema of a CRD refuses: values of the wrong type, words that are none of an enumeration, missing fields, and
 * several of a group of which one may be set. Fields that it does not describe, absent ones and placeholders are not
 * looked at.
 */
export function shapeProblems(value: unknown, shape: Shape): readonly ShapeProblem[] {
  if (value === undefined || value === null || shape === 'free') return NONE;
  if (typeof value === 'string' && hasPlaceholder(value)) return NONE;
  if (typeof shape === 'string') return scalarProblems(value, shape);
  if ('items' in shape) {
    if (!Array.isArray(value)) return [problem('must be a list')];
    return value.flatMap((item, index) => below(index, shapeProblems(item, shape.items)));
  }
  if (!('each' in shape) && !('fields' in shape)) return wordProblems(value, shape);
  if (!isMapping(value)) return [problem('must be a mapping')];
  if ('fields' in shape) return fieldsProblems(value, shape);
  return Object.entries(value).flatMap(([key, entry]) => below(key, shapeProblems(entry, shape.each)));
}

function problem(text: string, ...path: PathSegment[]): ShapeProblem {
  return { path, text };
}

function below(segment: PathSegment, problems: readonly ShapeProblem[]): readonly ShapeProblem[] {
  for (const { path } of problems) path.unshift(segment);
  return problems;
}

const EXPECTED = {
  text: { type: 'string', words: 'must be text: put it in quotes' },
  number: { type: 'number', words: 'must be a number, without quotes' },
  flag: { type: 'boolean', words: 'must be true or false, without quotes' },
} as const;

function scalarProblems(value: unknown, shape: keyof typeof EXPECTED): readonly ShapeProblem[] {
  const { type, words } = EXPECTED[shape];
  if (typeof value === type || isColonText(value)) return NONE;
  return [problem(typeof value === 'object' ? words.replace(/[:,].*/, '') : words)];
}

/** `[fd00::]`: what Kubernetes' YAML reader takes for text is a key without value to YAML 1.2. */
function isColonText(value: unknown): boolean {
  if (!isMapping(value)) return false;
  const [[key, inner] = [], ...others] = Object.entries(value);
  return key?.endsWith(':') === true && inner === null && others.length === 0;
}

function wordProblems(value: unknown, words: readonly string[]): readonly ShapeProblem[] {
  const word = typeof value === 'string' ? value : '';
  if (words.includes(word)) return NONE;
  const upper = word.toUpperCase();
  const meant = new SimilarNames(words, { left: MOST_COMPARISONS }).nearest(upper);
  const isSlip = meant !== undefined || words.includes(upper) || word === '';
  return [{ ...problem(`must be one of ${words.join(', ')}`), ...(isSlip ? {} : { mayBeNewer: true }) }];
}

function fieldsProblems(
  value: Readonly<Record<string, unknown>>,
  { fields, oneOf, required }: FieldsShape,
): readonly ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  for (const name of required ?? []) {
    if (field(value, name) === undefined) problems.push(problem('is missing', fieldName(value, name)));
  }
  for (const names of oneOf ?? []) {
    const [first, ...others] = names.filter((name) => field(value, name) !== undefined);
    for (const name of others) {
      problems.push(problem(`cannot be set together with ${first ?? ''}`, fieldName(value, name)));
    }
  }
  for (const [name, entry] of Object.entries(value)) {
    const known = Object.hasOwn(fields, name) ? name : camelCase(name);
    const shape = Object.hasOwn(fields, known) ? fields[known] : undefined;
    if (shape !== undefined) problems.push(...below(name, shapeProblems(entry, shape)));
  }
  return problems;
}
