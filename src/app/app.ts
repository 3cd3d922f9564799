import type { ApplicationFunction, Probot } from 'probot';
import type { AppContext } from './app-context.ts';
import { Deliveries } from './deliveries.ts';
import { HANDLED_EVENTS, tasksOf } from './events.ts';
import { withQuotaLog } from './quota-log.ts';
import { retryDelay } from './retry.ts';
import { runTask } from './run-task.ts';
import { Subjects } from './subjects.ts';
import { Stopped, TaskQueue, type QueueOptions } from './task-queue.ts';
import { newestCounts, subjectOf, type Task } from './tasks.ts';

/** What the host of the App decides; the rest of the context comes from Probot and the queue. */
export interface AppOptions extends Omit<AppContext, 'clientFor' | 'dispatch'> {
  /** Reviews that run at the same time. */
  readonly concurrency: number;
  /** Of one installation; left out: as many as of all. */
  readonly concurrencyPerInstallation?: number;
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

/** Tasks in line; who sends more is told by GitHub that the delivery failed, and can send it again. */
const MOST_TASKS = 2000;
/** How long one attempt at a task may take: a line that hangs must not hold its place for ever. Milliseconds. */
const LONGEST_ATTEMPT = 10 * 60_000;

/** The App over a queue in memory: webhooks are answered when their tasks are in line, and the work goes on behind. */
export function createApp(options: AppOptions): App {
  const { concurrency, concurrencyPerInstallation, later } = options;
  const queue = new TaskQueue({
    ...{ concurrency, most: MOST_TASKS },
    ...(concurrencyPerInstallation !== undefined && { concurrencyOfGroup: concurrencyPerInstallation }),
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
  const begun = new Subjects();
  const inLine = (task: Task): Promise<void> => enqueue(task, queue, context);
  const context: AppContext = {
    ...options,
    clientFor: async (installation) => withQuotaLog(await probot.auth(installation), log),
    dispatch: (task) => {
      void inLine(task).catch(() => undefined);
      return Promise.resolve();
    },
  };
  probot.on([...HANDLED_EVENTS], ({ id, name, payload }) => {
    const asked = tasksOf(name, payload);
    if (asked.length === 0) return;
    if (!queue.open) throw new Stopped('The server takes no more work at the moment.');
    // What this process has begun it concludes itself.
    const tasks = asked.filter((task) => task.kind !== 'conclude-check' || !begun.has(subjectOf(task)));
    for (const task of tasks) begun.add(subjectOf(task));
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
  const run = async (stop: AbortSignal, attempt: number) => {
    const begun = now().getTime();
    log.info({ attempt }, 'Task begins.');
    const { signal, clear } = withinTime(stop);
    try {
      await runTask(task, context, { signal, number: attempt });
      log.info({ attempt, milliseconds: now().getTime() - begun }, 'Task is done.');
    } catch (error) {
      log.warn({ attempt, err: error }, signal.aborted ? 'Task was stopped.' : 'Task failed.');
      throw error;
    } finally {
      clear();
    }
  };
  try {
    const group = String(task.installation);
    await queue.add({ subject, group, newestCounts: newestCounts(task), run });
  } catch (error) {
    log.error({ err: error }, 'Task was given up.');
    throw error;
  }
}

/** The signal, and what aborts the attempt when it takes too long. */
function withinTime(stop: AbortSignal): { readonly signal: AbortSignal; readonly clear: () => void } {
  const slow = new AbortController();
  const timer = setTimeout(
    () => slow.abort(new Stopped('The review took longer than 10 minutes.')),
    LONGEST_ATTEMPT,
  );
  return { signal: AbortSignal.any([stop, slow.signal]), clear: () => clearTimeout(timer) };
}

function pullOf(task: Task): { pull?: number } {
  return 'number' in task ? { pull: task.number } : {};
}
