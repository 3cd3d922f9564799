import { listAt, mappingAt, textAt, type Fields } from '../untyped.ts';
import type { ApiServer } from './api-server.ts';
import { ClusterError } from './cluster-error.ts';

/** How a list is read. */
export interface ListLimits {
  /** Objects of one request. */
  readonly page: number;
  /** Objects of one kind; what is beyond is left out, and said. */
  readonly most: number;
}

export const LIST_LIMITS: ListLimits = { page: 500, most: 50_000 };

/** Why a list is not whole; `undefined` when it is. `none`: the API server does not know the kind. */
export interface Listed {
  readonly why?: string;
  readonly none?: true;
}

/**
 * Hands every object of a list to `take`, page by page, so that no more than a page is held as the API server wrote it.
 * A continuation that has expired (410) starts the list once more from its beginning: `restart` is told to forget.
 */
export async function listAll(
  api: ApiServer,
  path: string,
  take: (object: Fields) => void,
  restart: () => void,
  { page, most }: ListLimits = LIST_LIMITS,
): Promise<Listed> {
  let next = '';
  let count = 0;
  let restarted = false;
  for (;;) {
    const query = next === '' ? '' : `&continue=${encodeURIComponent(next)}`;
    const answer = await asked(api, `${path}?limit=${page}${query}`);
    if (!answer.ok) {
      if (answer.status === 404) return { none: true };
      if (answer.status !== 410 || restarted) return { why: whyIncomplete(answer, count) };
      [next, count, restarted] = ['', 0, true];
      restart();
      continue;
    }
    const items = listAt(answer.body, 'items');
    for (const item of items.slice(0, most - count)) take(mappingAt(item));
    count += items.length;
    next = textAt(answer.body, 'metadata', 'continue');
    if (count > most || (count === most && next !== '')) return { why: `only the first ${most} were read` };
    if (next === '') return {};
  }
}

type Asked = Awaited<ReturnType<ApiServer['get']>>;

/** A connection that breaks in the middle costs this list, not the run. */
async function asked(api: ApiServer, path: string): Promise<Asked> {
  try {
    return await api.get(path);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    return { ok: false, status: 0, why: 'the connection fails' };
  }
}

function whyIncomplete(
  { status, why }: { readonly status: number; readonly why: string },
  count: number,
): string {
  const reason = status === 410 ? 'the list expires faster than it can be read' : why;
  return count === 0 ? reason : `${reason}, after ${count} objects`;
}
