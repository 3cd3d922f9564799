import { tasksOf } from './events.ts';
import type { Task } from './tasks.ts';
import { isSigned } from './webhook-secret.ts';

/** A webhook as a function behind an HTTP address gets it: API Gateway of both versions and function URLs. */
export interface HttpEvent {
  readonly headers?: Readonly<Record<string, string | undefined>> | null;
  readonly body?: string | null;
  readonly isBase64Encoded?: boolean;
}

export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Receiver {
  /** Deliveries signed with one of these are ours. */
  readonly secrets: readonly (string | undefined)[];
  /** Resolves when the task is safe in a queue that outlives this process. */
  readonly enqueue: (task: Task, delivery: string) => Promise<void>;
  /** Told of a failure of the queue. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Verifies a webhook and puts what it asks for into a queue. Everything but 2xx shows as failed in the App's list of
 * deliveries, from where it can be delivered again: so 503 when the queue did not take it.
 */
export async function receiveWebhook(event: HttpEvent, receiver: Receiver): Promise<HttpAnswer> {
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded === true ? 'base64' : 'utf8');
  const header = headersOf(event);
  const delivery = header.get('x-github-delivery');
  const name = header.get('x-github-event');
  const signature = header.get('x-hub-signature-256');
  if (!delivery || !name || !signature)
    return answer(400, { error: 'these are not the headers of a webhook' });
  if (!isSigned(body, signature, receiver.secrets)) return answer(401, { error: 'bad signature' });
  const payload = parsed(body);
  if (payload === undefined) return answer(400, { error: 'the body is no JSON' });
  // A queue that outlives its workers leaves no check open.
  const tasks = tasksOf(name, payload).filter(({ kind }) => kind !== 'conclude-check');
  try {
    for (const task of tasks) await receiver.enqueue(task, delivery);
  } catch (error) {
    receiver.onFailure(error);
    return answer(503, { error: 'the queue did not take it' });
  }
  return answer(tasks.length > 0 ? 202 : 200, { tasks: tasks.length });
}

function headersOf({ headers }: HttpEvent): Map<string, string> {
  const given = Object.entries(headers ?? {});
  return new Map(given.map(([name, value]) => [name.toLowerCase(), value ?? '']));
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

function answer(statusCode: number, value: object): HttpAnswer {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
