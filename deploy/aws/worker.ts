import { randomUUID } from 'node:crypto';
import { appOptions, hostedProbot, processLog } from '../../src/app/hosting.ts';
import { workOn } from '../../src/app/queue-worker.ts';
import { serverSettings, type Environment } from '../../src/app/server-settings.ts';
import type { Task } from '../../src/app/tasks.ts';
import { loadSqs, taskQueue, type SqsModule } from './queue.ts';

interface Message {
  readonly body: string;
  readonly receiptHandle: string;
  readonly attributes: { readonly ApproximateReceiveCount: string };
}

/** Lambda behind the queue, one message at a time: does the task, or throws to get it again. */
export async function createWorker(env: Environment, sqs: () => Promise<SqsModule>) {
  const settings = serverSettings(env);
  const log = processLog(settings);
  const queue = taskQueue(await sqs(), env['QUEUE_URL'] ?? '');
  const probot = hostedProbot(settings, env, log);
  const options = await appOptions(settings, env, log, new URL('docs/rules/', import.meta.url));
  const clientFor = (installation: number) => probot.auth(installation);
  const context = { ...options, clientFor, dispatch: (task: Task) => queue.add(task, randomUUID()) };
  return async ({ body, receiptHandle, attributes }: Message, timeLeft: number): Promise<void> => {
    const postpone = (seconds: number) => queue.postpone(receiptHandle, seconds);
    const attempt = Number(attributes.ApproximateReceiveCount);
    await workOn({ task: JSON.parse(body) as Task, attempt, timeLeft, postpone }, context);
  };
}

let started: ReturnType<typeof createWorker> | undefined;

export const handler = async (
  { Records }: { readonly Records: readonly Message[] },
  { getRemainingTimeInMillis }: { readonly getRemainingTimeInMillis: () => number },
): Promise<void> => {
  const work = await (started ??= createWorker(process.env, loadSqs));
  for (const message of Records) await work(message, getRemainingTimeInMillis());
};
