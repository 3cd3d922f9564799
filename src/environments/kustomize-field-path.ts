import type { Path } from '../vocabulary.ts';
import { asMap, fieldAt, isMapping, scalarText } from '../untyped.ts';

/** Longer paths nobody writes; a pattern may not lead to more places than this. */
const LONGEST = 1000;
const MOST = 1000;

/**
 * The places of `body` that a field path of kustomize leads to: `spec.hosts.0`, `spec.containers.[name=app].image`, `*` for
 * everything, `\.` for a dot within a key. With `create`, mappings on the way that are missing are there to be made.
 */
export function pathsAt(body: unknown, fieldPath: string, create = false): Path[] {
  if (fieldPath.length > LONGEST) return [];
  let reached: { readonly path: Path; readonly value: unknown }[] = [{ path: [], value: body }];
  for (const step of stepsOf(fieldPath)) {
    reached = reached
      .flatMap(({ path, value }) =>
        keysAt(value, step, create).map((key) => ({ path: [...path, key], value: fieldAt(value, key) })),
      )
      .slice(0, MOST);
  }
  return reached.filter(({ value }) => create || value !== undefined).map(({ path }) => path);
}

function stepsOf(fieldPath: string): string[] {
  const steps = fieldPath.matchAll(/(?:\[[^\]]*\]|\\.|[^.\\])+/g);
  return [...steps].map(([step]) => step.replaceAll(/\\(.)/g, '$1'));
}

function keysAt(value: unknown, step: string, create: boolean): (string | number)[] {
  if (Array.isArray(value)) {
    const items = value as unknown[];
    const [, key = '', wanted = ''] = /^\[([^=]+)=(.*)\]$/s.exec(step) ?? [];
    if (key !== '') return items.flatMap((item, i) => (scalarText(asMap(item)?.[key]) === wanted ? [i] : []));
    if (step === '*') return [...items.keys()];
    return /^\d+$/.test(step) && Number(step) < items.length ? [Number(step)] : [];
  }
  if (isMapping(value)) {
    if (step === '*') return Object.keys(value);
    return Object.hasOwn(value, step) || create ? [step] : [];
  }
  return create && value === undefined ? [step] : [];
}
