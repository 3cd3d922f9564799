import type { AppContext } from './app-context.ts';
import { retryDelay } from './retry.ts';
import { runTask } from './run-task.ts';
import { Stopped } from './task-queue.ts';
import type { Task } from './tasks.ts';

/** A task as a queue outside of the process delivers it: at least once, and again until it is done. */
export interface QueuedTask {
  readonly task: Task;
  /** Counts from 1. */
  readonly attempt: number;
  /** Milliseconds until the process may be ended. */
  readonly timeLeft: number;
  /** Keeps the message from being delivered again for so many seconds. */
  readonly postpone: (seconds: number) => Promise<void>;
}

/** What it takes to conclude a check before the process ends. Milliseconds. */
const TO_CONCLUDE = 10_000;

/**
 * Does one task of a queue.
 * @throws when the queue shall deliver it again. What is of no use to try again has been told on the pull request and in the
 * log by then, and counts as done.
 */
export async function workOn(
  { task, attempt, timeLeft, postpone }: QueuedTask,
  context: AppContext,
): Promise<void> {
  const log = context.log.child({ task: task.kind, repository: `${task.owner}/${task.repo}` });
  const controller = new AbortController();
  const outOfTime = () => controller.abort(new Stopped('The review took longer than the function may run.'));
  const timer = setTimeout(outOfTime, Math.max(0, timeLeft - TO_CONCLUDE));
  try {
    await runTask(task, context, { signal: controller.signal, number: attempt });
    log.info({ attempt }, 'Task is done.');
  } catch (error) {
    const wait = controller.signal.aborted ? undefined : retryDelay(error, attempt, context.now().getTime());
    log.error({ attempt, err: error }, wait === undefined ? 'Task was given up.' : 'Task failed.');
    if (wait === undefined) return;
    await postpone(Math.ceil(wait / 1000));
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
