import type { Fix, Location } from '../../vocabulary.ts';
import { fieldAt, mappingAt, textAt } from '../../untyped.ts';
import type { MeshComponent } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import type { Rewriting } from '../list-lines.ts';
import { present } from '../moves.ts';
import type { Promotion } from '../promotion.ts';
import { isPlain } from './helm-commands.ts';
import { addToChart } from './umbrella-values.ts';

/** A value of a component's chart, as it is and as it is to be. */
export interface ValueChange {
  readonly key: string;
  /** Where it stands; `undefined` when it is not set. */
  readonly at: Location | undefined;
  readonly from: string;
  readonly to: string;
  readonly title: string;
}

/** Sets a value where the repository writes the component's values; none when that is not plain to see. */
export function valueEdits(p: Promotion, owner: MeshComponent, change: ValueChange): Fix[] {
  const { at, from, to, title } = change;
  if (at) return present([p.copy.replaceValue(at, from, to, title)]);
  switch (owner.installer) {
    case 'flux':
      return addToHelmRelease(p, owner, change);
    case 'argocd':
      return addToApplication(p, owner, change);
    default:
      if (isPlain(owner)) return addToCommand(p, owner, change);
      return /(?:^|\/)Chart\.ya?ml$/.test(owner.at.file)
        ? addToChart(p, owner, change)
        : addToHelmfile(p, owner, change);
  }
}

/** The object whose manifest holds a component's version. */
export function objectOf(
  { head }: Promotion,
  kind: string,
  { at }: Pick<MeshComponent, 'at'>,
): Resource | undefined {
  return head.resources(kind).find(({ origin }) => {
    const { line, endLine } = origin.at([]);
    return origin.file === at.file && line <= at.line && at.line <= endLine;
  });
}

function addToHelmRelease(p: Promotion, owner: MeshComponent, change: ValueChange): Fix[] {
  const resource = objectOf(p, 'HelmRelease.helm.toolkit.fluxcd.io', owner);
  return resource ? addBelow(p, resource, ['spec'], ['values'], change) : [];
}

/** A text of values would be replaced as a whole by an object of them. */
function addToApplication(p: Promotion, owner: MeshComponent, change: ValueChange): Fix[] {
  const resource = objectOf(p, 'Application.argoproj.io', owner);
  const isText = textAt(resource?.body, 'spec', 'source', 'helm', 'values') !== '';
  if (!resource || isText) return [];
  return addBelow(p, resource, ['spec', 'source'], ['helm', 'valuesObject'], change);
}

/** Puts the value into the deepest mapping of `path` that is there, as its first entry. */
export function addBelow(
  { copy }: Promotion,
  resource: Resource,
  root: readonly string[],
  path: readonly string[],
  { key, to, title }: Pick<ValueChange, 'key' | 'to' | 'title'>,
): Fix[] {
  let depth = path.length;
  while (depth > 0 && fieldAt(resource.body, ...root, ...path.slice(0, depth)) === undefined) depth -= 1;
  const there = [...root, ...path.slice(0, depth)];
  const [first] = Object.keys(mappingAt(resource.body, ...there));
  if (first === undefined) return [];
  const missing = path.slice(depth);
  const lines = [...missing.map((name) => `${name}:`), `${key}: ${to}`];
  const indented = lines.map((line, level) => `${'  '.repeat(level)}${line}`);
  return present([copy.insertBefore(resource.origin.at([...there, first], 'key'), indented, title)]);
}

/** A command of a script sets it behind the version, when it stands on one line and does not set it already. */
function addToCommand({ copy }: Promotion, { at }: MeshComponent, { key, to, title }: ValueChange): Fix[] {
  const command = (lines: readonly string[], index: number): Rewriting | undefined => {
    const text = lines[index] ?? '';
    const version = / --version[= ]["']?[\w.-]{1,60}["']?/.exec(text);
    if (!version || !text.slice(0, version.index).includes('helm ') || text.includes(` ${key}=`))
      return undefined;
    const end = version.index + version[0].length;
    const texts = [`${text.slice(0, end)} --set ${key}=${to}${text.slice(end)}`];
    return { first: index, last: index, texts };
  };
  return present([copy.rewrite(at, command, title)]);
}

/** Values of a helmfile's release are a list; the first entry is the weakest. */
function addToHelmfile({ copy }: Promotion, { at }: MeshComponent, { key, to, title }: ValueChange): Fix[] {
  if (!/(?:^|\/)helmfile/.test(at.file)) return [];
  const line = copy.text(at.file)?.[at.line - 1] ?? '';
  const column = line.indexOf('version:') + 1;
  if (column < 1) return [];
  return present([copy.insertBefore({ ...at, column }, ['values:', `  - ${key}: ${to}`], title)]);
}
