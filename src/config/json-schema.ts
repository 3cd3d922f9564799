import type { Path } from '../vocabulary.ts';
import { nearest } from './nearest.ts';

/** The part of JSON Schema 2020-12 that our own schemas use, and that `schemaProblems` checks. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: TypeName | readonly TypeName[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  /** `false`: other keys are errors. A schema: what their values must be. */
  readonly additionalProperties?: false | JsonSchema;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  /** `#/$defs/NAME` only. */
  readonly $ref?: string;
}

type TypeName = 'object' | 'array' | 'string' | 'integer' | 'boolean' | 'null';

/** Where a value breaks its schema. `key`: the key itself is wrong, not its value. */
export interface SchemaProblem {
  readonly path: Path;
  readonly at: 'key' | 'value';
  readonly message: string;
}

/** Everything in `value` that breaks `schema`, in document order. Depth is bounded by the schema's, not by the value's. */
export function schemaProblems(schema: JsonSchema, value: unknown): SchemaProblem[] {
  return new Validation(schema.$defs ?? {}).check(schema, value, []);
}

class Validation {
  private readonly definitions: Readonly<Record<string, JsonSchema>>;

  constructor(definitions: Readonly<Record<string, JsonSchema>>) {
    this.definitions = definitions;
  }

  check(schema: JsonSchema, value: unknown, path: Path): SchemaProblem[] {
    if (schema.$ref !== undefined) return this.check(this.resolve(schema.$ref), value, path);
    const wrong = wrongValue(schema, value);
    if (wrong !== undefined) return [{ path, at: 'value', message: wrong }];
    if (Array.isArray(value)) return this.checkItems(schema, value, path);
    return isObject(value) ? this.checkKeys(schema, value, path) : [];
  }

  private checkItems(schema: JsonSchema, values: readonly unknown[], path: Path): SchemaProblem[] {
    const { items } = schema;
    return items ? values.flatMap((value, i) => this.check(items, value, [...path, i])) : [];
  }

  private checkKeys(
    schema: JsonSchema,
    value: Readonly<Record<string, unknown>>,
    path: Path,
  ): SchemaProblem[] {
    const missing = (schema.required ?? [])
      .filter((key) => !Object.hasOwn(value, key))
      .map((key): SchemaProblem => ({ path, at: 'value', message: `"${key}" is missing` }));
    const present = Object.keys(value).flatMap((key) => this.checkKey(schema, key, value[key], path));
    return [...missing, ...present];
  }

  private checkKey(schema: JsonSchema, key: string, value: unknown, path: Path): SchemaProblem[] {
    const properties = schema.properties ?? {};
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (known) return this.check(known, value, [...path, key]);
    const others = schema.additionalProperties;
    if (others === undefined) return [];
    if (others) return this.check(others, value, [...path, key]);
    const message = `unknown key "${key}"${suggestion(key, Object.keys(properties))}`;
    return [{ path: [...path, key], at: 'key', message }];
  }

  private resolve(reference: string): JsonSchema {
    const name = reference.replace('#/$defs/', '');
    return (Object.hasOwn(this.definitions, name) ? this.definitions[name] : undefined) ?? {};
  }
}

function wrongValue(schema: JsonSchema, value: unknown): string | undefined {
  const { type, enum: choices, const: only, pattern, minLength, minimum, minItems, maxItems } = schema;
  const types = type === undefined ? [] : [type].flat();
  if (types.length > 0 && !types.some((name) => hasType(value, name))) {
    return `must be ${types.map((name) => TYPE_NAMES[name]).join(' or ')}, not ${shown(value)}`;
  }
  if (choices && !choices.includes(value)) {
    return `must be one of ${choices.map(String).join(', ')}, not ${shown(value)}${suggestion(String(value), choices.map(String))}`;
  }
  if (only !== undefined && value !== only) return `must be ${JSON.stringify(only)}, not ${shown(value)}`;
  if (typeof value === 'string') {
    if (minLength !== undefined && value.length < minLength) return 'must not be empty';
    if (pattern !== undefined && !new RegExp(pattern, 'u').test(value)) {
      return `must be ${schema.description ?? `like ${pattern}`}, not ${shown(value)}`;
    }
  }
  if (typeof value === 'number' && minimum !== undefined && value < minimum)
    return `must be at least ${minimum}`;
  if (Array.isArray(value)) {
    if (minItems !== undefined && value.length < minItems) return 'must not be empty';
    if (maxItems !== undefined && value.length > maxItems) return `must have at most ${maxItems} entries`;
  }
  return undefined;
}

const TYPE_NAMES: Readonly<Record<TypeName, string>> = {
  object: 'a mapping',
  array: 'a list',
  string: 'text',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'null',
};

function hasType(value: unknown, type: TypeName): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const LONGEST_SHOWN = 60;

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isObject(value)) return 'a mapping';
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function suggestion(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
