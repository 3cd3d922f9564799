import { applications } from './applications.ts';
import { gitOps, planes, tagFiles } from './planes.ts';
import { revisionsOf, type Files, type Situation } from './situation.ts';

/** The repository as it was, and with the new control plane: beside the old one, or in its place. */
export function repositories(situation: Situation): { readonly base: Files; readonly head: Files } {
  const { from, to, way } = situation;
  const { old, next } = revisionsOf(situation);
  const common = { ...applications(situation), ...tagFiles(situation), ...gitOps(situation) };
  const before = planes(situation, [[old, from]]);
  const after =
    way === 'canary'
      ? planes(situation, [
          [old, from],
          [next, to],
        ])
      : planes(situation, [[old, to]]);
  return { base: filesOf(common, before), head: filesOf(common, after) };
}

function filesOf(...parts: readonly Record<string, string>[]): Files {
  return new Map(parts.flatMap((part) => Object.entries(part)));
}
