import type { FieldsShape, Shape } from '../../facts/shape.ts';
import { SimilarNames } from '../../mesh/near-misses.ts';
import { isMapping } from '../../untyped.ts';
import type { Path, PathSegment } from '../../vocabulary.ts';
import { field, fieldName, hasPlaceholder } from '../body.ts';
import { camelCase } from '../fields/field-hints.ts';

/** Comparisons of a word with those of an enumeration. */
const MOST_COMPARISONS = 100;

/** A value that the schema of the CRD does not allow. */
export interface ShapeProblem {
  readonly path: Path;
  readonly text: string;
  /** A later release may know the word. */
  readonly mayBeNewer?: boolean;
}

/**
 * What the schema of a CRD refuses: values of the wrong type, words that are none of an enumeration, missing fields, and
 * several of a group of which one may be set. Fields that it does not describe, absent ones and placeholders are not
 * looked at.
 * @param path of the value.
 */
export function shapeProblems(value: unknown, shape: Shape, path: Path): ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  visit(value, shape, [...path], problems);
  return problems;
}

/** `here` is the path of the value, the same list all the way: it is copied where there is a problem, which is hardly anywhere. */
function visit(value: unknown, shape: Shape, here: PathSegment[], problems: ShapeProblem[]): void {
  if (value === undefined || value === null || shape === 'free') return;
  if (typeof shape === 'string') {
    if (typeof value !== EXPECTED[shape].type) tellScalar(value, shape, here, problems);
  } else if ('items' in shape) {
    if (!Array.isArray(value)) tell(value, 'must be a list', here, problems);
    else
      for (let index = 0; index < value.length; index++)
        step(value[index], shape.items, index, here, problems);
  } else if ('fields' in shape) {
    if (!isMapping(value)) tell(value, 'must be a mapping', here, problems);
    else visitFields(value, shape, here, problems);
  } else if ('each' in shape) {
    if (!isMapping(value)) tell(value, 'must be a mapping', here, problems);
    else for (const key of Object.keys(value)) step(value[key], shape.each, key, here, problems);
  } else if (typeof value !== 'string' || !shape.includes(value)) tellWord(value, shape, here, problems);
}

function step(
  value: unknown,
  shape: Shape,
  segment: PathSegment,
  here: PathSegment[],
  problems: ShapeProblem[],
): void {
  here.push(segment);
  visit(value, shape, here, problems);
  here.pop();
}

/** What a placeholder stands for is not known. */
function tell(value: unknown, text: string, here: Path, problems: ShapeProblem[], mayBeNewer = false): void {
  if (typeof value === 'string' && hasPlaceholder(value)) return;
  problems.push({ path: [...here], text, ...(mayBeNewer && { mayBeNewer }) });
}

const EXPECTED = {
  text: { type: 'string', words: 'must be text: put it in quotes' },
  number: { type: 'number', words: 'must be a number, without quotes' },
  flag: { type: 'boolean', words: 'must be true or false, without quotes' },
} as const;

function tellScalar(
  value: unknown,
  shape: keyof typeof EXPECTED,
  here: Path,
  problems: ShapeProblem[],
): void {
  if (isColonText(value)) return;
  const { words } = EXPECTED[shape];
  tell(value, typeof value === 'object' ? words.replace(/[:,].*/, '') : words, here, problems);
}

/** `[fd00::]`: what Kubernetes' YAML reader takes for text is a key without value to YAML 1.2. */
function isColonText(value: unknown): boolean {
  if (!isMapping(value)) return false;
  const [[key, inner] = [], ...others] = Object.entries(value);
  return key?.endsWith(':') === true && inner === null && others.length === 0;
}

function tellWord(value: unknown, words: readonly string[], here: Path, problems: ShapeProblem[]): void {
  const word = typeof value === 'string' ? value.toUpperCase() : '';
  const meant = new SimilarNames(words, { left: MOST_COMPARISONS }).nearest(word);
  const isSlip = meant !== undefined || words.includes(word) || word === '';
  tell(value, `must be one of ${words.join(', ')}`, here, problems, !isSlip);
}

function visitFields(
  value: Readonly<Record<string, unknown>>,
  { fields, oneOf, required }: FieldsShape,
  here: PathSegment[],
  problems: ShapeProblem[],
): void {
  for (const name of required ?? NOTHING) {
    if (field(value, name) === undefined) {
      tell(undefined, 'is missing', [...here, fieldName(value, name)], problems);
    }
  }
  const names = Object.keys(value);
  if (names.length > 1) for (const group of oneOf ?? NOTHING) tellSurplus(value, group, here, problems);
  for (const name of names) {
    const shape = Object.hasOwn(fields, name) ? fields[name] : otherwiseWritten(fields, name);
    if (shape !== undefined) step(value[name], shape, name, here, problems);
  }
}

const NOTHING: readonly never[] = [];

/** Of a field in snake_case. */
function otherwiseWritten(fields: FieldsShape['fields'], name: string): Shape | undefined {
  const camel = camelCase(name);
  return Object.hasOwn(fields, camel) ? fields[camel] : undefined;
}

function tellSurplus(
  value: Readonly<Record<string, unknown>>,
  names: readonly string[],
  here: Path,
  problems: ShapeProblem[],
): void {
  let first: string | undefined;
  for (const name of names) {
    if (field(value, name) === undefined) continue;
    if (first === undefined) first = name;
    else tell(undefined, `cannot be set together with ${first}`, [...here, fieldName(value, name)], problems);
  }
}
