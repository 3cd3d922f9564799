import { asList, asText, fieldAt, valueAt } from '../untyped.ts';
import type { Path } from '../vocabulary.ts';
import { readExternalId } from './check-subject.ts';
import { slashCommands } from './slash-command.ts';
import type { Place, Task } from './tasks.ts';

/** Every event the App acts on, as `name.action`. A test holds app.yml to it. */
export const HANDLED_EVENTS = [
  'pull_request.opened',
  'pull_request.reopened',
  'pull_request.synchronize',
  'pull_request.ready_for_review',
  'pull_request.edited',
  'pull_request.closed',
  'check_run.rerequested',
  'check_run.requested_action',
  'check_suite.rerequested',
  'merge_group.checks_requested',
  'merge_group.destroyed',
  'issue_comment.created',
] as const;

export type HandledEvent = (typeof HANDLED_EVENTS)[number];

/**
 * What a verified webhook asks for; nothing for all it does not concern. New events and actions appear at any time, and a
 * payload may lack what its kind usually has: then it asks for nothing.
 */
export function tasksOf(event: string, payload: unknown): readonly Task[] {
  const name = `${event}.${asText(fieldAt(payload, 'action'))}`;
  const place = placeOf(payload);
  return place && isHandled(name) ? READERS[name](payload, place) : [];
}

function isHandled(name: string): name is HandledEvent {
  return HANDLED_EVENTS.some((handled) => handled === name);
}

type Reader = (payload: unknown, place: Place) => readonly Task[];

const READERS: Readonly<Record<HandledEvent, Reader>> = {
  'pull_request.opened': (payload, place) => reviewNewHead(payload, place),
  // The base may have moved while it was closed.
  'pull_request.reopened': (payload, place) => reviewPull(payload, place, true),
  'pull_request.synchronize': (payload, place) => [
    ...reviewNewHead(payload, place),
    ...concludeCheck(payload, place, ['before']),
  ],
  'pull_request.ready_for_review': (payload, place) => reviewPull(payload, place, false),
  'pull_request.edited': (payload, place) =>
    valueAt(payload, ['changes', 'base']) === undefined ? [] : reviewPull(payload, place, true),
  'pull_request.closed': (payload, place) => [
    ...numberAt(payload, ['pull_request', 'number']).map((number): Task => ({
      ...place,
      kind: 'stop',
      of: { number },
    })),
    ...concludeCheck(payload, place, ['pull_request', 'head', 'sha']),
  ],
  'check_run.rerequested': reviewCheckRun,
  'check_run.requested_action': buttonPressed,
  'check_suite.rerequested': (payload, place) =>
    reviewCommit(
      place,
      textAt(payload, ['check_suite', 'head_sha']),
      valueAt(payload, ['check_suite', 'pull_requests']),
    ),
  'merge_group.checks_requested': (payload, place) => {
    const headSha = textAt(payload, ['merge_group', 'head_sha']);
    const baseSha = textAt(payload, ['merge_group', 'base_sha']);
    if (headSha === '' || baseSha === '') return [];
    return [{ ...place, kind: 'review-merge-group', headSha, baseSha, again: false }];
  },
  'merge_group.destroyed': (payload, place) => {
    const headSha = textAt(payload, ['merge_group', 'head_sha']);
    return headSha === '' ? [] : [{ ...place, kind: 'stop', of: { headSha } }];
  },
  'issue_comment.created': commentWritten,
};

function placeOf(payload: unknown): Place | undefined {
  const [installation] = numberAt(payload, ['installation', 'id']);
  const owner = textAt(payload, ['repository', 'owner', 'login']);
  const repo = textAt(payload, ['repository', 'name']);
  const url = textAt(payload, ['repository', 'html_url']);
  return installation === undefined || owner === '' || repo === ''
    ? undefined
    : { installation, owner, repo, url };
}

/** @param head where the payload names the commit that nobody reviews any more. */
function concludeCheck(payload: unknown, place: Place, head: Path): readonly Task[] {
  const headSha = textAt(payload, head);
  if (headSha === '') return [];
  const numbers = numberAt(payload, ['pull_request', 'number']);
  return numbers.map((number) => ({ ...place, kind: 'conclude-check', number, headSha }));
}

/** The head is one that this pull request did not have before. */
function reviewNewHead(payload: unknown, place: Place): readonly Task[] {
  return reviewPull(payload, place, false, textAt(payload, ['pull_request', 'updated_at']));
}

function reviewPull(payload: unknown, place: Place, again: boolean, since = ''): readonly Task[] {
  const headSha = textAt(payload, ['pull_request', 'head', 'sha']);
  const baseRef = textAt(payload, ['pull_request', 'base', 'ref']);
  const seen = headSha !== '' &&
    baseRef !== '' && { seen: { headSha, baseRef, ...(since !== '' && { since }) } };
  return numberAt(payload, ['pull_request', 'number']).map((number) => ({
    ...place,
    kind: 'review-pull',
    number,
    again,
    ...seen,
  }));
}

/** Of a fork the payload names no pull request, so what we wrote into the run goes first. */
function reviewCheckRun(payload: unknown, place: Place): readonly Task[] {
  const about = readExternalId(place, textAt(payload, ['check_run', 'external_id']));
  const headSha = textAt(payload, ['check_run', 'head_sha']);
  if (about === undefined)
    return reviewCommit(place, headSha, valueAt(payload, ['check_run', 'pull_requests']));
  if ('pull' in about) return [{ ...place, kind: 'review-pull', number: about.pull, again: true }];
  return [{ ...place, kind: 'review-merge-group', ...about, again: true }];
}

function reviewCommit(place: Place, headSha: string, pulls: unknown): readonly Task[] {
  const numbers = asList(pulls).flatMap((pull) => numberAt(pull, ['number']));
  if (numbers.length > 0)
    return numbers.map((number) => ({ ...place, kind: 'review-pull', number, again: true }));
  return headSha === '' ? [] : [{ ...place, kind: 'review-commit', headSha }];
}

function buttonPressed(payload: unknown, place: Place): readonly Task[] {
  const button = textAt(payload, ['requested_action', 'identifier']);
  if (button === 'review-again') return reviewCheckRun(payload, place);
  if (button !== 'post-plan' && button !== 'how-to-ignore') return [];
  const about = readExternalId(place, textAt(payload, ['check_run', 'external_id']));
  const slug = textAt(payload, ['check_run', 'app', 'slug']);
  if (about === undefined || !('pull' in about) || slug === '') return [];
  return numberAt(payload, ['check_run', 'id']).map((checkRun) => ({
    ...place,
    kind: 'answer-button',
    number: about.pull,
    checkRun,
    author: `${slug}[bot]`,
    button,
  }));
}

/** Comments of people on pull requests; whether they may command is asked when the task runs. */
function commentWritten(payload: unknown, place: Place): readonly Task[] {
  const onPull = valueAt(payload, ['issue', 'pull_request']) !== undefined;
  const isPerson = textAt(payload, ['comment', 'user', 'type']) === 'User';
  const commands = onPull && isPerson ? slashCommands(textAt(payload, ['comment', 'body'])) : [];
  const [number] = numberAt(payload, ['issue', 'number']);
  const [comment] = numberAt(payload, ['comment', 'id']);
  const login = textAt(payload, ['comment', 'user', 'login']);
  if (commands.length === 0 || number === undefined || comment === undefined || login === '') return [];
  return [{ ...place, kind: 'answer-command', number, comment, login, commands }];
}

function textAt(value: unknown, path: Path): string {
  return asText(valueAt(value, path));
}

/** A GitHub number or id at the path; none when there is something else. */
function numberAt(value: unknown, path: Path): number[] {
  const number = valueAt(value, path);
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? [number] : [];
}
