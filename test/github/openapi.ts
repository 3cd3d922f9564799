import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

/** Part of GitHub's OpenAPI description, as scripts/github-openapi.mjs extracts it. */
export type Schema = Readonly<Record<string, unknown>>;

export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: 'path' | 'query' | 'header';
    readonly required: boolean;
    readonly schema: Schema;
  }[];
  readonly body?: Schema;
  /** By status; null for an answer without a JSON body. */
  readonly responses: Readonly<Record<string, Schema | null>>;
}

interface Description {
  readonly operations: Readonly<Record<string, Omit<Operation, 'id'>>>;
  readonly schemas: Readonly<Record<string, Schema>>;
}

const description = JSON.parse(readFileSync(new URL('openapi.json', import.meta.url), 'utf8')) as Description;

export const SCHEMAS = description.schemas;
const OPERATIONS: readonly (Operation & { readonly pattern: RegExp })[] = Object.entries(
  description.operations,
)
  .map(([id, operation]) => ({ id, ...operation, pattern: patternOf(operation.path) }))
  // A last parameter may hold slashes: `commits/{ref}` must not take `commits/{sha}/pulls`.
  .sort((a, b) => b.path.split('/').length - a.path.split('/').length);

export function operation(id: string): Operation {
  const found = OPERATIONS.find((each) => each.id === id);
  if (!found) throw new Error(`no operation ${id} in openapi.json; see scripts/github-openapi.mjs`);
  return found;
}

/** The operation a request is for, and the parameters of its path, decoded. */
export function matchOperation(
  method: string,
  path: string,
): { readonly operation: Operation; readonly params: Readonly<Record<string, string>> } | undefined {
  for (const each of OPERATIONS) {
    const match = each.method === method ? each.pattern.exec(path) : null;
    if (match) {
      const params = Object.entries(match.groups ?? {}).map(([name, text]) => [
        name,
        decodeURIComponent(text),
      ]);
      return { operation: each, params: Object.fromEntries(params) as Record<string, string> };
    }
  }
  return undefined;
}

function patternOf(path: string): RegExp {
  const last = path.split('/').pop() ?? '';
  const pattern = path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, (whole, name: string) => {
    const rest = last === whole && ['path', 'ref'].includes(name);
    return `(?<${name}>${rest ? '.+' : '[^/]+?'})`;
  });
  return new RegExp(`^${pattern}$`);
}

const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema({ $id: 'github', schemas: SCHEMAS });
const compiled = new Map<string, ValidateFunction>();

/** What is wrong with a value, as `/annotations must NOT have more than 50 items`; empty when it is right. */
export function problemsOf(schema: Schema, value: unknown): string[] {
  const text = JSON.stringify(schema).replaceAll('"#/schemas/', '"github#/schemas/');
  const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text) as Schema);
  compiled.set(text, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** What is wrong with a request: parameters GitHub does not know, wrong types, a body that breaks the schema. */
export function requestProblems(asked: Operation, query: URLSearchParams, body: unknown): string[] {
  const known = asked.parameters.filter((parameter) => parameter.in === 'query');
  const unknown = [...query.keys()].filter((name) => !known.some((parameter) => parameter.name === name));
  const wrong = known.flatMap(({ name, required, schema }) => {
    const text = query.get(name);
    if (text === null) return required ? [`?${name} is missing`] : [];
    return problemsOf(schema, typed(schema, text)).map((problem) => `?${name}${problem}`);
  });
  const bodies = asked.body ? problemsOf(asked.body, body ?? {}) : [];
  return [...unknown.map((name) => `?${name} is not known`), ...wrong, ...bodies];
}

function typed(schema: Schema, text: string): unknown {
  return schema['type'] === 'integer' ? Number(text) : text;
}

/** What is wrong with an answer of the fake itself. */
export function responseProblems(asked: Operation, status: number, body: unknown): string[] {
  if (!(String(status) in asked.responses)) {
    return status >= 400 ? [] : [`${asked.id} never answers ${status}`];
  }
  const schema = asked.responses[String(status)];
  return schema ? problemsOf(schema, body) : [];
}
