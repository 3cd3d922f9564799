import { createHash } from 'node:crypto';
import { subjectOf, type Task } from '../../src/app/tasks.ts';

/** The part of the AWS SDK that is used; the Lambda runtime brings it. */
export interface Sqs {
  send(command: unknown): Promise<unknown>;
}
export interface SqsModule {
  readonly SQSClient: new (options: object) => Sqs;
  readonly SendMessageCommand: new (input: object) => unknown;
  readonly ChangeMessageVisibilityCommand: new (input: object) => unknown;
}

/** Loaded by name, so that neither the type checker nor the bundler looks for it. */
export async function loadSqs(name = '@aws-sdk/client-sqs'): Promise<SqsModule> {
  return (await import(name)) as SqsModule;
}

/** A queue of SQS, first in first out for each subject: the reviews of one pull request never run side by side. */
export function taskQueue({ SQSClient, ...commands }: SqsModule, url: string) {
  const client = new SQSClient({});
  return {
    add: async (task: Task, delivery: string) => {
      const group = digest(subjectOf(task));
      const id = digest(`${delivery} ${group} ${task.kind}`);
      const message = { QueueUrl: url, MessageBody: JSON.stringify(task) };
      const place = { MessageGroupId: group, MessageDeduplicationId: id };
      await client.send(new commands.SendMessageCommand({ ...message, ...place }));
    },
    postpone: async (receipt: string, seconds: number) => {
      const input = { QueueUrl: url, ReceiptHandle: receipt, VisibilityTimeout: Math.min(seconds, 43_200) };
      await client.send(new commands.ChangeMessageVisibilityCommand(input));
    },
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
