import type { Author } from '../github/author.ts';
import type { GitHubClient } from '../github/client.ts';
import { pullState } from '../github/pull-state.ts';
import { replyOnce } from '../github/reply.ts';
import type { JobResult } from '../github/review-job.ts';
import {
  helpAnswer,
  ignoreAnswer,
  ruleAnswer,
  ruleNamed,
  unknownAnswer,
  unknownRuleAnswer,
} from './answers.ts';
import type { AppContext, Attempt } from './app-context.ts';
import { planToMarkdown } from '../report/markdown-plan.ts';
import { retryDelay } from './retry.ts';
import { readReview } from './review-pull.ts';
import { whyNot } from './review-subject.ts';
import type { SlashCommand } from './slash-command.ts';
import { placeOf, type AnswerButton, type AnswerCommand } from './tasks.ts';

/** What a repository's permission must be for a command: comments of everybody else are read by nobody here. */
const MAY_COMMAND = ['admin', 'maintain', 'write'];

/**
 * Does what a person asked for in a comment: acknowledged by a reaction at once, answered by a comment where there is
 * something to say. Who may not write to the repository gets a reaction and nothing else.
 */
export async function answerCommand(
  task: AnswerCommand,
  context: AppContext,
  client: GitHubClient,
  attempt: Attempt,
): Promise<void> {
  const { owner, repo, comment } = task;
  const content = (await mayCommand(task, client)) ? 'eyes' : 'confused';
  const reaction = { owner, repo, comment_id: comment, content } as const;
  const { user } = (await client.rest.reactions.createForIssueComment(reaction)).data;
  if (content === 'confused') return;
  if (task.commands.some(({ name }) => name === 'review')) {
    await context.dispatch({ ...placeOf(task), kind: 'review-pull', number: task.number, again: true });
  }
  const asked = task.commands.filter((each): each is Answered => each.name !== 'review');
  if (asked.length === 0) return;
  const author = { login: user?.login };
  await answer(task, author, `comment-${comment}`, context, client, attempt, async () => {
    const texts: string[] = [];
    for (const command of asked) texts.push(await commandText(command, task, context, client, attempt));
    return texts.join('\n\n---\n\n');
  });
}

/** GitHub answers 404 for somebody it does not know here. */
async function mayCommand({ owner, repo, login }: AnswerCommand, client: GitHubClient): Promise<boolean> {
  try {
    const asked = { owner, repo, username: login };
    const { data } = await client.rest.repos.getCollaboratorPermissionLevel(asked);
    return MAY_COMMAND.includes(data.permission);
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return false;
    throw error;
  }
}

/** A command that is answered by a comment. */
type Answered = Exclude<SlashCommand, { name: 'review' }>;

/** Answers a button of the check. GitHub lets only people with write access press it. */
export async function answerButton(
  task: AnswerButton,
  context: AppContext,
  client: GitHubClient,
  attempt: Attempt,
): Promise<void> {
  const cause = `check-${task.checkRun}-${task.button}`;
  await answer(task, { login: task.author }, cause, context, client, attempt, async () => {
    const result = await reviewNow(task, context, client, attempt);
    if (!result) return CLOSED;
    return task.button === 'post-plan'
      ? planToMarkdown(result.review)
      : ignoreAnswer(result, undefined, '', context.now());
  });
}

const CLOSED = 'This pull request is closed; there is nothing to look at.';

async function commandText(
  command: Answered,
  task: AnswerCommand,
  context: AppContext,
  client: GitHubClient,
  attempt: Attempt,
): Promise<string> {
  if (command.name === 'help') return helpAnswer();
  if (command.name === 'unknown') return unknownAnswer(command.said);
  if (command.name === 'explain') return explain(command.rule, context);
  const rule = command.name === 'ignore' ? ruleNamed(command.rule) : undefined;
  if (command.name === 'ignore' && !rule) return unknownRuleAnswer(command.rule);
  const result = await reviewNow(task, context, client, attempt);
  if (!result) return CLOSED;
  if (command.name === 'plan') return planToMarkdown(result.review);
  return ignoreAnswer(result, rule?.id, command.name === 'ignore' ? command.reason : '', context.now());
}

async function explain(text: string, { readRulePage }: AppContext): Promise<string> {
  const rule = ruleNamed(text);
  if (!rule) return unknownRuleAnswer(text);
  return (await readRulePage(rule.id)) ?? ruleAnswer(rule);
}

/** The review of the pull request as it is now; undefined when it is closed. */
async function reviewNow(
  task: AnswerCommand | AnswerButton,
  context: AppContext,
  client: GitHubClient,
  attempt: Attempt,
): Promise<JobResult | undefined> {
  const state = await pullState(client, task);
  if (!state.open) return undefined;
  return readReview(state, task, context, client, attempt);
}

/** Writes the answer; what cannot be tried again is answered as well. */
async function answer(
  task: AnswerCommand | AnswerButton,
  author: Author,
  cause: string,
  context: AppContext,
  client: GitHubClient,
  attempt: Attempt,
  text: () => Promise<string>,
): Promise<void> {
  const now = context.now().getTime();
  const said = await text().catch(async (error: unknown) => {
    if (retryDelay(error, attempt.number, now) === undefined && !attempt.signal.aborted) {
      await replyOnce(client, task, author, cause, `That did not work. ${whyNot(error, now)}`);
    }
    throw error;
  });
  await replyOnce(client, task, author, cause, said);
}
