import { ActionError } from './action-error.ts';
import type { Inputs } from './inputs.ts';

/** `exact`: the commit itself, not where head left it. */
export type ComparedBase = { readonly ref: string; readonly exact: boolean } | 'first-parent' | 'nothing';

/** Which commits an event is about. */
export interface EventChange {
  /** What to compare with: a ref, the commit before head (`first-parent`), or nothing (a first commit). */
  readonly base: ComparedBase;
  /** What to compare with when GitHub has thrown that away: a force-push replaced it. */
  readonly otherwise?: ComparedBase;
  /** A commit id or another ref. */
  readonly head: string;
  /** The pull request to comment on, and the branch it is made to. */
  readonly pull: { readonly number: number; readonly baseRef: string } | undefined;
  /** The head comes from a fork, so that the token of `pull_request` can only read. */
  readonly fork: boolean;
  /** The workflow has a token that can write, and reviews what strangers wrote. */
  readonly privileged: boolean;
}

/** The parts of an event that are read here; all of them may be missing. */
export interface EventPayload {
  readonly action?: string;
  readonly pull_request?: {
    readonly number: number;
    readonly base: {
      readonly ref: string;
      readonly sha: string;
      readonly repo: { readonly id: number } | null;
    };
    readonly head: { readonly sha: string; readonly repo: { readonly id: number } | null };
  };
  readonly merge_group?: { readonly base_sha: string; readonly head_sha: string };
  readonly before?: string;
  readonly after?: string;
  readonly deleted?: boolean;
  readonly forced?: boolean;
  readonly repository?: { readonly default_branch?: string };
}

/** What the runner says of the event besides its payload. */
export interface EventFacts {
  readonly name: string;
  /** `GITHUB_SHA` and `GITHUB_REF`. */
  readonly sha: string;
  readonly ref: string;
}

const NO_COMMIT = /^0+$/;

/**
 * What to review, by the event that started the workflow; `undefined` when there is nothing (a deleted branch). The inputs
 * `base` and `head` come first.
 * @throws ActionError for an event that says nothing of a change.
 */
export function changeOf(
  facts: EventFacts,
  payload: EventPayload,
  inputs: Pick<Inputs, 'base' | 'head'>,
): EventChange | undefined {
  const found = byEvent(facts, payload);
  if (inputs.base === '' && inputs.head === '') return found ?? unknownEvent(facts, payload);
  // Who starts workflow_run, issue_comment and the like may be anybody, and their token can write.
  const { pull, fork, privileged } = found ?? { ...WITHOUT_PULL, privileged: true };
  const base =
    inputs.base === '' ? (found?.base ?? defaultBase(facts, payload)) : { ref: inputs.base, exact: false };
  return {
    base,
    head: inputs.head === '' ? (found?.head ?? facts.sha) : inputs.head,
    pull,
    fork,
    privileged,
  };
}

function byEvent(facts: EventFacts, payload: EventPayload): EventChange | undefined {
  switch (facts.name) {
    case 'pull_request':
    case 'pull_request_target':
      return (
        payload.pull_request && ofPullRequest(payload.pull_request, facts.name === 'pull_request_target')
      );
    case 'merge_group':
      return payload.merge_group && ofMergeGroup(payload.merge_group);
    case 'push':
      return ofPush(facts, payload);
    case 'workflow_dispatch':
    case 'schedule':
      return { ...WITHOUT_PULL, base: defaultBase(facts, payload), head: facts.sha };
    default:
      return undefined;
  }
}

const WITHOUT_PULL = { pull: undefined, fork: false, privileged: false };

function ofPullRequest(
  { number, base, head }: NonNullable<EventPayload['pull_request']>,
  privileged: boolean,
): EventChange {
  return {
    base: { ref: base.sha, exact: false },
    head: head.sha,
    pull: { number, baseRef: base.ref },
    fork: head.repo?.id !== base.repo?.id,
    privileged,
  };
}

function ofMergeGroup({ base_sha, head_sha }: NonNullable<EventPayload['merge_group']>): EventChange {
  return { ...WITHOUT_PULL, base: { ref: base_sha, exact: true }, head: head_sha };
}

/** A new branch is compared with the default one; after a force-push what it replaced may share only a part. */
function ofPush(facts: EventFacts, payload: EventPayload): EventChange | undefined {
  const { before = '', after = facts.sha, deleted, forced } = payload;
  if (deleted || NO_COMMIT.test(after)) return undefined;
  const isNew = before === '' || NO_COMMIT.test(before);
  const otherwise = defaultBase(facts, payload);
  if (!isNew) {
    return { ...WITHOUT_PULL, base: { ref: before, exact: forced !== true }, otherwise, head: after };
  }
  const base = isDefaultBranch(facts, payload) ? 'nothing' : otherwise;
  return { ...WITHOUT_PULL, base, head: after };
}

function defaultBase(facts: EventFacts, payload: EventPayload): ComparedBase {
  const branch = payload.repository?.default_branch;
  if (branch === undefined || isDefaultBranch(facts, payload)) return 'first-parent';
  return { ref: branch, exact: false };
}

function isDefaultBranch({ ref }: EventFacts, { repository }: EventPayload): boolean {
  return ref === `refs/heads/${repository?.default_branch ?? ''}`;
}

function unknownEvent({ name }: EventFacts, { deleted, after = '' }: EventPayload): undefined {
  if (name === 'push' && (deleted || NO_COMMIT.test(after))) return undefined;
  throw new ActionError(
    `The event ${name} does not say which change to review.`,
    'Give the inputs base and head, or use pull_request, pull_request_target, merge_group, push or workflow_dispatch.',
  );
}
