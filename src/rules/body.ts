import { type Fields, isMapping } from '../untyped.ts';
import { isKnown } from '../yaml/placeholders.ts';

/**
 * Reads fields of manifests whose shape nobody has checked: a field of the wrong type counts as absent.
 * Istio accepts both `credentialName` and `credential_name`; a field is looked up by its camelCase name first.
 */

export const NO_FIELDS: Fields = Object.freeze({});

/** The snake_case names of the fields that rules ask for: they are asked for at every resource, and there are few. */
const SNAKE_NAMES = new Map<string, string>();

function snakeCase(name: string): string {
  const known = SNAKE_NAMES.get(name);
  if (known !== undefined) return known;
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  SNAKE_NAMES.set(name, snake);
  return snake;
}

/**
 * The name under which a field is written: camelCase, else snake_case, else camelCase for a field that is missing.
 * `name` is one that a rule knows, never one from the repository.
 */
export function fieldName(owner: unknown, name: string): string {
  if (!isMapping(owner) || Object.hasOwn(owner, name)) return name;
  const snake = snakeCase(name);
  return snake !== name && Object.hasOwn(owner, snake) ? snake : name;
}

/** The value of a field, `undefined` when `owner` is no mapping or does not have it. `null` is absent, as in Kubernetes. */
export function field(owner: unknown, name: string): unknown {
  if (!isMapping(owner)) return undefined;
  if (Object.hasOwn(owner, name)) return owner[name] ?? undefined;
  const snake = snakeCase(name);
  return snake !== name && Object.hasOwn(owner, snake) ? (owner[snake] ?? undefined) : undefined;
}

export function fields(owner: unknown, name: string): Fields {
  const value = field(owner, name);
  return isMapping(value) ? value : NO_FIELDS;
}

export function list(owner: unknown, name: string): readonly unknown[] {
  const value = field(owner, name);
  return Array.isArray(value) ? value : [];
}

export function text(owner: unknown, name: string): string {
  const value = field(owner, name);
  return typeof value === 'string' ? value : '';
}

/** A number, also one written in quotes as Istio allows for integers; `undefined` for anything else. */
export function integer(owner: unknown, name: string): number | undefined {
  const value = field(owner, name);
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : undefined;
}

export function texts(owner: unknown, name: string): readonly string[] {
  return list(owner, name).filter((item) => typeof item === 'string');
}

/** A map of labels; entries that are not text are left out. */
export function labels(owner: unknown, name: string): Readonly<Record<string, string>> {
  const entries = Object.entries(fields(owner, name)).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

/** `k=v` pairs sorted by key and joined by commas: how Istio writes a label selector. */
export function selectorText(selector: Readonly<Record<string, string>>): string {
  return Object.keys(selector)
    .sort()
    .map((key) => `${key}=${selector[key] ?? ''}`)
    .join(',');
}

/** `namespace/name`, or the bare name without a namespace. */
export function qualifiedName({ namespace, name }: { namespace: string; name: string }): string {
  return namespace === '' ? name : `${namespace}/${name}`;
}

/** Whether a text stands for one that is filled in later, so that it may be any. */
export function hasPlaceholder(text: string): boolean {
  return !isKnown(text);
}
