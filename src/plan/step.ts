import type { Fix, PlanStep } from '../vocabulary.ts';

/** How one step is done and undone with the installer in use. */
export interface Action {
  readonly preconditions: readonly string[];
  readonly run: readonly string[];
  readonly edits: readonly Fix[];
  readonly verify: readonly string[];
  readonly rollback: readonly string[];
}

/** A step before it is known whether it is done, part of this change, or still to do. */
export interface Draft extends Action {
  readonly title: string;
  /** Is it true already, on each side of the change, as far as the repository says? */
  readonly holds: { readonly base: boolean; readonly head: boolean };
  readonly pointOfNoReturn?: boolean;
}

/** True already at base; true by this change; still to do. */
export const BOTH: Draft['holds'] = { base: true, head: true };
export const HEAD: Draft['holds'] = { base: false, head: true };
export const NEITHER: Draft['holds'] = { base: false, head: false };

const BY_HAND = /^Edit .+ by hand: /;

/** Where an edit cannot be offered. */
export function byHand(file: string): string {
  return `Edit ${file} by hand: it is not written plainly enough for an edit to be offered.`;
}

/** How a rollback names the way back of an edit. */
export const REVERT = "Revert this step's edit.";

/** A proxy is as old as its injector: it only goes back when the control plane has. */
export const UNDO_UPGRADE =
  'Undo the steps back to the upgrade of the control plane, the last one first, and then restart without delay:';

export const NOTHING: Action = { preconditions: [], run: [], edits: [], verify: [], rollback: [] };

/** Several actions as one, in their order; undone in the opposite order. */
export function inOrder(...actions: readonly Action[]): Action {
  /** A command that did it once for all does it no better again. */
  const all = (field: 'preconditions' | 'run' | 'verify') => [
    ...new Set(actions.flatMap((action) => action[field])),
  ];
  return {
    preconditions: all('preconditions'),
    run: all('run'),
    edits: actions.flatMap(({ edits }) => edits),
    verify: all('verify'),
    rollback: [...new Set([...actions].reverse().flatMap(({ rollback }) => rollback))],
  };
}

/** The step as the plan shows it. What this change does already carries no edit, and is undone with the change. */
export function finished({ holds, pointOfNoReturn = false, ...draft }: Draft): PlanStep {
  if (holds.base) return { ...draft, edits: [], state: 'done', pointOfNoReturn };
  if (!holds.head) return { ...draft, state: 'next', pointOfNoReturn };
  const rollback = draft.rollback.includes(REVERT) ? draft.rollback : [REVERT, ...draft.rollback];
  const preconditions = draft.preconditions.filter((text) => !BY_HAND.test(text));
  return { ...draft, preconditions, edits: [], rollback, state: 'this-change', pointOfNoReturn };
}
