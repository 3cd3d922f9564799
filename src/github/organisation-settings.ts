import { SETTINGS_PATHS } from '../config/settings.ts';
import type { GitHubClient, RepositoryName } from '../source/github-client.ts';
import type { RepositoryCache } from '../source/repository-cache.ts';

/** The repository in which an organisation keeps what is true of all of its repositories. */
const REPOSITORY = '.github';
/** By the first of its names only: asking for the other one would cost every repository without it a request. */
const [PATH] = SETTINGS_PATHS;
/** Milliseconds for which an answer is taken to be still true. */
const FRESH = 5 * 60 * 1000;
/** Bytes; no settings file is larger. */
const LARGEST = 256 * 1024;

/** The settings file of an organisation. */
export interface OrganisationFile {
  /** Where it is, for people: `acme/.github/.github/istio-upgrade-guard.yml`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Known {
  readonly at: number;
  readonly file: OrganisationFile | undefined;
}

/**
 * The settings file of the organisation's `.github` repository; `undefined` where there is none or the token does not see
 * it. One request, and none for five minutes after.
 * @throws octokit's own errors for limits and broken connections.
 */
export async function readOrganisationFile(
  client: GitHubClient,
  { owner, repo }: RepositoryName,
  cache: RepositoryCache,
  now: number,
  signal?: AbortSignal,
): Promise<OrganisationFile | undefined> {
  if (repo.toLowerCase() === REPOSITORY) return undefined;
  const from = { owner, repo: REPOSITORY };
  // By asker: what one repository's token sees of another, the token of a third may not.
  const key = `organisation for ${repo.toLowerCase()}`;
  const known = cache.get(from, 'settings', key) as Known | undefined;
  if (known && now - known.at < FRESH) return known.file;
  const bytes = await readFile(client, from, signal);
  const file = bytes && { name: `${from.owner}/${from.repo}/${PATH}`, bytes };
  cache.set(from, 'settings', key, { at: now, file }, 200 + (file?.bytes.byteLength ?? 0));
  return file;
}

async function readFile(
  client: GitHubClient,
  from: RepositoryName,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  try {
    const { data } = await client.rest.repos.getContent({
      ...{ ...from, path: PATH },
      request: { ...(signal && { signal }) },
    });
    if (Array.isArray(data) || data.type !== 'file' || data.size > LARGEST) return undefined;
    return Buffer.from(data.content, 'base64');
  } catch (error) {
    if (isNotForUs(error)) return undefined;
    throw error;
  }
}

/** No such repository or file, or none that this token sees. A limit is also a 403, but has headers that say so. */
function isNotForUs(error: unknown): boolean {
  if (!(error instanceof Error) || !('status' in error)) return false;
  return error.status === 404 || (error.status === 403 && /not accessible/i.test(error.message));
}
