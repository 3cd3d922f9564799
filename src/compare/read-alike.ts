import type { Environment } from '../environments/environment.ts';
import type { Resource } from '../render/resource.ts';
import type { EnvironmentPair } from './environment-pairs.ts';

/**
 * The pair without what could be read on one side of the change only: a chart that Helm refuses after it, a template that hangs
 * on the cluster now. What is out of sight is neither fixed nor removed, and what comes into sight is not new.
 */
export function readAlike(pair: EnvironmentPair): EnvironmentPair {
  const { base, head } = pair;
  if (!base || !head) return pair;
  const apart = new Set([...readOnlyIn(base, head), ...readOnlyIn(head, base)]);
  return apart.size === 0 ? pair : { ...pair, base: without(base, apart), head: without(head, apart) };
}

/** Files that were made into objects on one side, and that the other side has and has not. */
function readOnlyIn(one: Environment, other: Environment): string[] {
  const { rendered = NOTHING } = one;
  if (rendered.size === 0) return [];
  // An overlay that a tool does not build, or that nothing deploys yet, is read by us all the same; of a chart, perhaps a part.
  const read = new Set(other.resources.filter(isOfNoChart).map(({ origin }) => origin.file));
  const isRead = (path: string): boolean =>
    read.has(path) || other.rendered?.has(path) === true || other.unbuilt?.has(path) === true;
  return [...rendered].filter((path) => other.files.has(path) && !isRead(path));
}

const NOTHING: ReadonlySet<string> = new Set();

function isOfNoChart({ origin }: Resource): boolean {
  return !origin.through.some((renderer) => renderer.startsWith('helm '));
}

function without(environment: Environment, apart: ReadonlySet<string>): Environment {
  const hidden = environment.resources.filter(({ origin }) => apart.has(origin.file));
  if (hidden.length === 0) return environment;
  const gone = new Set(hidden);
  const examples = [...new Set(hidden.map(({ origin }) => origin.file))].sort().slice(0, EXAMPLES);
  const entry = {
    what: 'objects that were read on one side of the change only',
    why: 'what they become cannot be told',
    count: hidden.length,
    examples: examples.map((file) => ({ file, line: 1, column: 1, endLine: 1 })),
  };
  return {
    ...environment,
    resources: environment.resources.filter((resource) => !gone.has(resource)),
    unchecked: [...environment.unchecked, entry],
  };
}

/** How many places an entry names. */
const EXAMPLES = 3;
