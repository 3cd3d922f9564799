import type { ApplicationFunction, Probot } from 'probot';
import type { AppContext } from './app-context.ts';
import { Deliveries } from './deliveries.ts';
import { HANDLED_EVENTS, tasksOf } from './events.ts';
import { retryDelay } from './retry.ts';
import { runTask } from './run-task.ts';
import { TaskQueue, type QueueOptions } from './task-queue.ts';
import { newestCounts, subjectOf, type Task } from './tasks.ts';

/** What the host of the App decides; the rest of the context comes from Probot and the queue. */
export interface AppOptions extends Omit<AppContext, 'clientFor' | 'dispatch'> {
  /** Reviews that run at the same time. */
  readonly concurrency: number;
  /** How a wait before another attempt is made. */
  readonly later?: QueueOptions['later'];
}

/** The App in a process of its own. */
export interface App {
  /** For Probot: `createNodeMiddleware`, `Server.load`, `probot run`. */
  readonly load: ApplicationFunction;
  /** Subjects with work that is not done. */
  readonly pending: () => number;
  /** Takes no more work and gives what runs this many milliseconds to end. */
  readonly close: (graceMs: number) => Promise<void>;
}

/** The App over a queue in memory: webhooks are answered when their tasks are in line, and the work goes on behind. */
export function createApp(options: AppOptions): App {
  const { concurrency, later } = options;
  const queue = new TaskQueue({
    concurrency,
    ...(later && { later }),
    retryAfter: (error, attempt) => retryDelay(error, attempt, options.now().getTime()),
  });
  return {
    load: (probot) => listen(probot, queue, options),
    pending: () => queue.pending,
    close: (graceMs) => queue.close(graceMs),
  };
}

function listen(probot: Probot, queue: TaskQueue, options: AppOptions): void {
  const { log } = options;
  const deliveries = new Deliveries();
  const inLine = (task: Task): Promise<void> => enqueue(task, queue, context);
  const context: AppContext = {
    ...options,
    clientFor: (installation) => probot.auth(installation),
    dispatch: (task) => {
      void inLine(task).catch(() => undefined);
      return Promise.resolve();
    },
  };
  probot.on([...HANDLED_EVENTS], ({ id, name, payload }) => {
    const tasks = tasksOf(name, payload);
    if (tasks.length === 0) return;
    if (!deliveries.begin(id)) {
      log.info({ id, event: name }, 'Delivery is known; nothing to do.');
      return;
    }
    void Promise.all(tasks.map(inLine)).then(
      () => deliveries.done(id),
      () => deliveries.failed(id),
    );
  });
}

/** Puts a task in line; settles when it is done, and has told the log by then. */
async function enqueue(task: Task, queue: TaskQueue, context: AppContext): Promise<void> {
  const { now } = context;
  const log = context.log.child({
    task: task.kind,
    repository: `${task.owner}/${task.repo}`,
    ...pullOf(task),
  });
  const subject = subjectOf(task);
  const run = async (signal: AbortSignal, attempt: number) => {
    const begun = now().getTime();
    log.info({ attempt }, 'Task begins.');
    try {
      await runTask(task, context, { signal, number: attempt });
      log.info({ attempt, milliseconds: now().getTime() - begun }, 'Task is done.');
    } catch (error) {
      log.warn({ attempt, err: error }, signal.aborted ? 'Task was stopped.' : 'Task failed.');
      throw error;
    }
  };
  try {
    await queue.add({ subject, newestCounts: newestCounts(task), run });
  } catch (error) {
    log.error({ err: error }, 'Task was given up.');
    throw error;
  }
}

function pullOf(task: Task): { pull?: number } {
  return 'number' in task ? { pull: task.number } : {};
}
