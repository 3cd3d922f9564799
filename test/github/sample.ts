import { SCHEMAS, type Schema } from './openapi.ts';

type Value = Readonly<Record<string, unknown>>;

/**
 * A smallest value of one of GitHub's schemas, with what a test cares about put in place: an answer as complete as GitHub's
 * without a page of fixture.
 */
export function sample(schemaName: string, values: Value = {}): Record<string, unknown> {
  const schema = SCHEMAS[schemaName];
  if (!schema) throw new Error(`no schema ${schemaName} in openapi.json`);
  return { ...(smallest(schema) as Value), ...values };
}

/** The same for a schema written in place, such as the answer of one operation. */
export function sampleOf(schema: Schema, values: Value = {}): Record<string, unknown> {
  return { ...(smallest(schema) as Value), ...values };
}

function smallest(schema: Schema): unknown {
  const reference = schema['$ref'];
  if (typeof reference === 'string') return smallest(SCHEMAS[reference.replace('#/schemas/', '')] ?? {});
  const choices = schema['enum'];
  if (Array.isArray(choices)) return choices[0] as unknown;
  const all = schema['allOf'];
  if (Array.isArray(all)) return Object.assign({}, ...all.map((each) => smallest(each as Schema))) as unknown;
  const options = schema['oneOf'] ?? schema['anyOf'];
  if (Array.isArray(options) && schema['properties'] === undefined) return simplest(options as Schema[]);
  return ofType(schema);
}

function simplest(options: readonly Schema[]): unknown {
  if (options.some(({ type }) => type === 'null')) return null;
  return smallest(options[0] ?? {});
}

function ofType(schema: Schema): unknown {
  const type = Array.isArray(schema['type']) ? (schema['type'] as unknown[])[0] : schema['type'];
  if (type === 'object' || schema['properties'] !== undefined) {
    const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
    const required = (schema['required'] ?? []) as readonly string[];
    return Object.fromEntries(required.map((name) => [name, smallest(properties[name] ?? {})]));
  }
  if (type === 'string') return textOf(schema);
  if (type === 'integer' || type === 'number') return schema['minimum'] ?? 1;
  if (type === 'boolean') return false;
  if (type === 'array') return [];
  return null;
}

function textOf(schema: Schema): string {
  if (schema['format'] === 'date-time') return '2026-01-01T00:00:00Z';
  if (schema['format'] === 'uri') return 'https://api.github.com/';
  return 'x'.repeat(Math.max(1, Number(schema['minLength'] ?? 1)));
}
