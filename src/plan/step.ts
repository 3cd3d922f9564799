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

/** How a rollback names the way back of an edit. */
export const REVERT = "Revert this step's edit.";

export const NOTHING: Action = { preconditions: [], run: [], edits: [], verify: [], rollback: [] };

/** Several actions as one, in their order; undone in the opposite order. */
export function inOrder(...actions: readonly Action[]): Action {
  const all = (field: 'preconditions' | 'run' | 'verify') => [
    ...new Set(actions.flatMap((action) => action[field])),
  ];
  return {
    preconditions: all('preconditions'),
    run: actions.flatMap(({ run }) => run),
    edits: actions.flatMap(({ edits }) => edits),
    verify: all('verify'),
    rollback: [...new Set([...actions].reverse().flatMap(({ rollback }) => rollback))],
  };
}

/** The step as the plan shows it. What this change does already carries no edit. */
export function finished({ holds, pointOfNoReturn = false, ...draft }: Draft): PlanStep {
  const state = holds.base ? 'done' : holds.head ? 'this-change' : 'next';
  return { ...draft, edits: state === 'next' ? draft.edits : [], state, pointOfNoReturn };
}
