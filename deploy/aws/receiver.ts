import { processLog } from '../../src/app/hosting.ts';
import { receiveWebhook, type HttpAnswer, type HttpEvent } from '../../src/app/receive-webhook.ts';
import { serverSettings, type Environment } from '../../src/app/server-settings.ts';
import type { Task } from '../../src/app/tasks.ts';
import { loadSqs, taskQueue, type SqsModule } from './queue.ts';

/** Lambda behind a function URL: verifies webhooks and puts their tasks into the queue. */
export function createReceiver(env: Environment, sqs: () => Promise<SqsModule>) {
  const settings = serverSettings(env);
  const log = processLog(settings);
  let queue: Promise<ReturnType<typeof taskQueue>> | undefined;
  const receiver = {
    secrets: [settings.webhookSecret, settings.formerSecret],
    enqueue: async (task: Task, delivery: string) => {
      queue ??= sqs().then((module) => taskQueue(module, env['QUEUE_URL'] ?? ''));
      await (await queue).add(task, delivery);
    },
    onFailure: (error: unknown) => log.error({ err: error }, 'The queue did not take a task.'),
  };
  return (event: HttpEvent): Promise<HttpAnswer> => receiveWebhook(event, receiver);
}

let started: ReturnType<typeof createReceiver> | undefined;

export const handler = (event: HttpEvent): Promise<HttpAnswer> => {
  started ??= createReceiver(process.env, loadSqs);
  return started(event);
};
