import type { Location, Path } from '../vocabulary.ts';
import { toResource } from '../render/plain.ts';
import type { Origin, Resource } from '../render/resource.ts';
import { asMap, valueAt, type Fields } from '../untyped.ts';
import { withValueAt } from './with-value.ts';

/** Where a value of a transformed object comes from: a path of the object before the transformation, or a place. */
export type Traced = { readonly before: Path } | { readonly at: Location };

/** Answers for a path of the transformed object. `what` as in Origin.at. */
export type Trace = (path: Path, what: 'value' | 'key' | undefined) => Traced;

/** What transforms an object. */
export interface Transformer {
  /** `kustomize overlays/prod`, `Flux Kustomization shop`. */
  readonly name: string;
  /** Equal texts mean equal transformations, and equal places to point at. */
  readonly signature: string;
}

/**
 * `resource` with another body. Fields the transformation did not touch still point at the manifest they were written in.
 * The same object when the body is the same.
 */
export function transformed(
  resource: Resource,
  body: Fields,
  transformer: Transformer,
  trace: Trace,
): Resource {
  if (body === resource.body) return resource;
  const origin = tracedOrigin(resource.origin, transformer.name, trace);
  return toResource(body, origin, `${resource.digest}|${transformer.signature}`) ?? resource;
}

/** `resource` with `value` at `path`, set by what stands at `at`; the same object when it says so already. */
export function withField(
  resource: Resource,
  path: Path,
  value: unknown,
  transformer: Transformer,
  at: (path: Path) => Location,
): Resource {
  if (valueAt(resource.body, path) === value) return resource;
  const body = asMap(withValueAt(resource.body, path, value)) ?? resource.body;
  return transformed(resource, body, transformer, (asked) =>
    startsWith(asked, path) ? { at: at(asked.slice(path.length)) } : { before: asked },
  );
}

function tracedOrigin(before: Origin, through: string, trace: Trace): Origin {
  return {
    file: before.file,
    through: before.through.includes(through) ? before.through : [through, ...before.through],
    at(path, what) {
      const traced = trace(path, what);
      return 'at' in traced ? traced.at : before.at(traced.before, what);
    },
    lines(path) {
      const traced = trace(path, 'value');
      return 'at' in traced ? undefined : before.lines?.(traced.before);
    },
  };
}

export function startsWith(path: Path, prefix: Path): boolean {
  return prefix.length <= path.length && prefix.every((step, index) => step === path[index]);
}
