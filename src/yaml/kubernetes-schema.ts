import {
  CORE_SCHEMA,
  NOT_RESOLVED,
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  mapTag,
  mergeTag,
  seqTag,
  type Schema,
} from 'js-yaml';

/**
 * Which plain scalars are what, as Kubernetes reads them. kubectl, Helm, kustomize and Flux read YAML through
 * sigs.k8s.io/yaml, which is neither YAML 1.1 nor 1.2: `yes` and `on` are booleans and `010` is eight, but `12:30` and
 * `2026-01-01` stay text. Checked scalar by scalar against `helm template`.
 */
const TRUE = ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'];
const FALSE = ['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'];
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...TRUE.map((text) => [text, true] as const),
  ...FALSE.map((text) => [text, false] as const),
]);

const INTEGER = /^[-+]?(?:0|[1-9][0-9_]*|0[0-7_]+|0o[0-7_]+|0b[01_]+|0[xX][0-9a-fA-F_]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INFINITE = /^[-+]?\.(?:inf|Inf|INF)$/;
const NOT_A_NUMBER = /^\.(?:nan|NaN|NAN)$/;

/** A number this long is no number anybody meant; it stays text rather than costing time. */
const LONGEST_NUMBER = 64;

const NULLS: ReadonlySet<string> = new Set(['~', 'null', 'Null', 'NULL']);

/** First characters of what is no text, as the tags below declare them. */
const SPECIAL = /^[-+.0-9~nNyYtToOfF]/;

/** The value of a plain scalar that is not empty, as the schema below resolves it. */
export function plainValue(text: string): string | number | boolean | null {
  if (!SPECIAL.test(text)) return text;
  if (NULLS.has(text)) return null;
  return BOOLEANS.get(text) ?? integer(text) ?? decimal(text) ?? text;
}

const bool = defineScalarTag('tag:yaml.org,2002:bool', {
  implicit: true,
  implicitFirstChars: Array.from('yYtToOnNfF'),
  identify: (value) => typeof value === 'boolean',
  resolve: (text) => BOOLEANS.get(text) ?? NOT_RESOLVED,
});

const int = defineScalarTag('tag:yaml.org,2002:int', {
  implicit: true,
  implicitFirstChars: Array.from('-+0123456789'),
  identify: (value) => Number.isInteger(value),
  resolve: (text) => integer(text) ?? NOT_RESOLVED,
});

const float = defineScalarTag('tag:yaml.org,2002:float', {
  implicit: true,
  implicitFirstChars: Array.from('-+.0123456789'),
  identify: (value) => typeof value === 'number',
  resolve: (text) => decimal(text) ?? NOT_RESOLVED,
});

function integer(text: string): number | undefined {
  if (text.length > LONGEST_NUMBER || !INTEGER.test(text)) return undefined;
  const digits = text.replace(/^[-+]/, '').replace(/_/g, '');
  const value = Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  if (Number.isNaN(value)) return undefined;
  return text.startsWith('-') ? -value : value;
}

function decimal(text: string): number | undefined {
  if (text.length > LONGEST_NUMBER) return undefined;
  if (INFINITE.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (NOT_A_NUMBER.test(text)) return NaN;
  const digits = text.replace(/_/g, '');
  return FLOAT.test(digits) ? Number(digits) : undefined;
}

/** `!vault`, `!Ref`, `!reference`: tags of other tools. What they stand for is not ours to know; the text is kept. */
const foreignTags = ['!', 'tag:'].flatMap((prefix) => [
  defineScalarTag(prefix, { matchByTagPrefix: true, identify: () => false, resolve: (text) => text }),
  defineSequenceTag(prefix, { ...seqTag, matchByTagPrefix: true, identify: () => false }),
  defineMappingTag(prefix, { ...mapTag, matchByTagPrefix: true, identify: () => false }),
]);

/** How Kubernetes tools read scalars, merge keys included; unknown tags are tolerated. */
export const KUBERNETES_SCHEMA: Schema = CORE_SCHEMA.withTags(bool, int, float, mergeTag, foreignTags);
