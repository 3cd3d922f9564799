import type { GitHubClient } from '../github/client.ts';
import { HANDLED_EVENTS } from './events.ts';

/** Deliveries looked at, newest first. */
const MOST_SEEN = 2000;

/**
 * Asks GitHub to deliver again what did not get through, such as while the server was down: GitHub itself never tries twice.
 * @param client with the App's own token.
 * @param since what is older is left alone; GitHub keeps deliveries for some days.
 * @returns how many events were asked for.
 */
export async function redeliverFailed(
  client: GitHubClient,
  since: Date,
  signal: AbortSignal,
): Promise<number> {
  const arrived = new Set<string>();
  const failed = new Map<string, number>();
  const request = { signal, retries: 0 };
  let seen = 0;
  const pages = client.paginate.iterator(client.rest.apps.listWebhookDeliveries, { per_page: 100, request });
  for await (const { data: page } of pages) {
    for (const { id, guid, status_code, event, action } of page) {
      if (status_code >= 200 && status_code < 300) arrived.add(guid);
      else if (HANDLED_EVENTS.some((name) => name === `${event}.${action ?? ''}`)) failed.set(guid, id);
    }
    seen += page.length;
    const oldest = page.at(-1)?.delivered_at;
    if (oldest === undefined || Date.parse(oldest) < since.getTime() || seen >= MOST_SEEN) break;
  }
  const missing = [...failed].filter(([guid]) => !arrived.has(guid));
  for (const [, delivery_id] of missing) {
    await client.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id, request });
  }
  return missing.length;
}
