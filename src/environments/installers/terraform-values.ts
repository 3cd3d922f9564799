import type { Location, Path } from '../../vocabulary.ts';
import type { Repository } from '../../render/repository.ts';
import { asMap, valueAt } from '../../untyped.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { locationIn } from '../kustomization.ts';
import { resolvePath } from '../repository-path.ts';
import type { HclValue } from './hcl.ts';

/** A value of Terraform as it is written, with its place. What is not literal is a text with `${` in it. */
export interface Written {
  readonly value: unknown;
  readonly at: (path: Path) => Location;
  /** It may be another: a variable's default, which whoever applies the module may replace. */
  readonly isDefault: boolean;
}

/** What references of a module mean. */
export interface ModuleScope {
  readonly dir: string;
  readonly variables: ReadonlyMap<string, Written>;
  readonly locals: ReadonlyMap<string, { readonly value: HclValue; readonly file: string }>;
  readonly repository: Repository;
  readonly work: TerraformWork;
}

/**
 * What all modules of a repository may cost: locals that hold each other many times over, and modules that call each other,
 * grow without end. What is not worked out any more is unknown.
 */
export class TerraformWork {
  #expressions = 50_000;
  #calls = 1_000;

  /** Whether one more expression is worked out. */
  takesExpression(): boolean {
    return this.#expressions-- > 0;
  }

  /** Whether one more module is gone through. */
  takesModule(): boolean {
    return this.#calls-- > 0;
  }
}

/** Characters of a text that is put together: more than a value of a person has. */
const LONGEST_TEXT = 100_000;

/** Locals that name each other nest at most this deep. */
const MOST_NESTED = 20;

const UNKNOWN = '${...}';

/** What an expression in `file` gives. */
export function written(value: HclValue, file: string, scope: ModuleScope, depth = 0): Written {
  const here = (): Location => ({ file, line: value.line, column: 1, endLine: value.line });
  const plain = (result: unknown, isDefault = false): Written => ({ value: result, at: here, isDefault });
  if (depth > MOST_NESTED || !scope.work.takesExpression()) return plain(UNKNOWN);
  const inner = (one: HclValue): Written => written(one, file, scope, depth + 1);
  switch (value.kind) {
    case 'scalar':
      return plain(value.value);
    case 'unknown':
      return plain(UNKNOWN);
    case 'reference':
      return referred(value.path, scope, depth) ?? plain(UNKNOWN);
    case 'text': {
      const parts = value.parts.map((part) => (typeof part === 'string' ? plain(part) : inner(part)));
      const texts = parts.map((part) => scalarOr(part.value));
      const length = texts.reduce((sum, text) => sum + text.length, 0);
      return plain(
        length > LONGEST_TEXT ? UNKNOWN : texts.join(''),
        parts.some(({ isDefault }) => isDefault),
      );
    }
    case 'list': {
      const items = value.items.map(inner);
      return collection(
        items.map((item) => item.value),
        items,
        here,
      );
    }
    case 'map': {
      const entries = new Map([...value.entries].map(([key, one]) => [key, inner(one)] as const));
      return mapping(entries, here);
    }
    case 'call':
      return called(value.name, value.args.map(inner), scope) ?? plain(UNKNOWN);
  }
}

function referred(
  [head = '', name = '', ...rest]: readonly string[],
  scope: ModuleScope,
  depth: number,
): Written | undefined {
  if (head === 'path' && name === 'module') {
    const at = { file: scope.dir, line: 1, column: 1, endLine: 1 };
    return { value: scope.dir || '.', at: () => at, isDefault: false };
  }
  const local = head === 'local' ? scope.locals.get(name) : undefined;
  const found = local
    ? written(local.value, local.file, scope, depth + 1)
    : head === 'var'
      ? scope.variables.get(name)
      : undefined;
  if (!found) return undefined;
  const value = valueAt(found.value, rest);
  return value === undefined ? undefined : { ...found, value, at: (path) => found.at([...rest, ...path]) };
}

/** Functions that pass on what they get. `file` and `templatefile` give the document, which is what Helm makes of it. */
function called(
  name: string,
  args: readonly Written[],
  { repository, dir }: ModuleScope,
): Written | undefined {
  const [first] = args;
  if (
    first &&
    ['yamlencode', 'jsonencode', 'tostring', 'trimspace', 'tolist', 'toset', 'tomap', 'yamldecode'].includes(
      name,
    )
  )
    return first;
  if (name === 'coalesce' || name === 'try')
    return args.find(({ value }) => value !== null && value !== UNKNOWN);
  if (name !== 'file' && name !== 'templatefile') return undefined;
  const text = typeof first?.value === 'string' ? first.value : '';
  const path = isKnown(text) ? (repository.files.has(text) ? text : resolvePath(dir, text)) : undefined;
  const document = path === undefined ? undefined : repository.files.get(path)?.parsed.documents[0];
  if (path === undefined || !document || !asMap(document.value)) return undefined;
  return { value: document.value, at: (asked) => locationIn(path, document, asked), isDefault: false };
}

function collection(value: readonly unknown[], items: readonly Written[], here: () => Location): Written {
  return {
    value,
    at: ([index, ...path]) => (typeof index === 'number' ? items[index]?.at(path) : undefined) ?? here(),
    isDefault: items.some(({ isDefault }) => isDefault),
  };
}

function mapping(entries: ReadonlyMap<string, Written>, here: () => Location): Written {
  const value = Object.create(null) as Record<string, unknown>;
  for (const [key, entry] of entries) value[key] = entry.value;
  return {
    value,
    at: ([key, ...path]) => entries.get(String(key))?.at(path) ?? here(),
    isDefault: [...entries.values()].some(({ isDefault }) => isDefault),
  };
}

function scalarOr(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : UNKNOWN;
}
