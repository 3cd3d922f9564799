import { text } from 'node:stream/consumers';
import type { ReadableStream } from 'node:stream/web';
import type { GitHubClient, RepositoryName } from './github-client.ts';
import type { RepositoryCache } from './repository-cache.ts';

/** One directory listing as GitHub gives it. */
export interface GitHubTree {
  readonly truncated: boolean;
  readonly entries: readonly GitHubTreeEntry[];
}

export interface GitHubTreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly sha: string;
  readonly size?: number;
}

/** A blob as GraphQL gives it. */
export interface GraphqlBlob {
  readonly text: string | null;
  readonly isTruncated: boolean;
}

/** A pull request as it is at one moment; what an event said of it may be old. */
export interface PullState {
  readonly open: boolean;
  readonly headSha: string;
  readonly baseRef: string;
}

/**
 * Every request that reading a repository makes. One per review: it counts, and stops asking when the review is cancelled.
 * @throws octokit's own errors.
 */
export class GitHubReader {
  readonly repository: RepositoryName;
  readonly cache: RepositoryCache;
  /** Requests made so far. */
  requests = 0;
  /** The pull request when contents were last asked for; undefined when none was named, or GitHub did not say. */
  pull: PullState | undefined;
  readonly #client: GitHubClient;
  readonly #signal: AbortSignal | undefined;
  readonly #pullNumber: number | undefined;

  constructor(
    client: GitHubClient,
    { owner, repo, pull }: RepositoryName & { readonly pull?: number },
    cache: RepositoryCache,
    signal?: AbortSignal,
  ) {
    this.repository = { owner, repo };
    this.#pullNumber = pull;
    this.cache = cache;
    this.#client = client;
    this.#signal = signal;
  }

  /** The commit where `head` left `base`. Neither commits nor patches are wanted, so the smallest page is asked for. */
  async mergeBase(base: string, head: string): Promise<string> {
    const { data } = await this.#client.rest.repos.compareCommitsWithBasehead({
      ...this.#asked(),
      ...{ basehead: `${base}...${head}`, per_page: 1, page: 2 },
    });
    return data.merge_base_commit.sha;
  }

  /** @param id of a tree or a commit, or a branch name. */
  async tree(id: string, recursive: boolean): Promise<GitHubTree> {
    const { request, ...repository } = this.#asked();
    const { data } = await this.#client.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
      ...{ ...repository, tree_sha: id, ...(recursive && { recursive: '1' }) },
      // Octokit looks for numbers beyond 2^53 first, which takes longer than the megabytes themselves.
      request: { ...request, parseSuccessResponseBody: false },
    });
    const { truncated, tree } = (await wholeJson(data as unknown as ReadableStream)) as TreeAnswer;
    return { truncated, entries: tree };
  }

  /** Bytes of any blob up to GitHub's limit of 100 MB. */
  async blob(id: string): Promise<Uint8Array> {
    const { data } = await this.#client.rest.git.getBlob({ ...this.#asked(), file_sha: id });
    return Buffer.from(data.content, 'base64');
  }

  /** Many blobs in one request, and with them how the pull request stands; `undefined` for what GitHub does not have or did not get to. */
  async blobs(ids: readonly string[]): Promise<(GraphqlBlob | undefined)[]> {
    const fields = ids.map(
      (id, i) => `b${i}: object(oid: "${hexOnly(id)}") { ... on Blob { text isTruncated } }`,
    );
    const number = this.#pullNumber;
    if (number !== undefined) fields.push(`pullRequest(number: ${number}) { state headRefOid baseRefName }`);
    const query = `query ($owner: String!, $repo: String!) {
  repository(owner: $owner, name: $repo) {
    ${fields.join('\n    ')}
  }
}`;
    const answer = await this.#client.graphql<BlobsAnswer>(query, this.#asked()).catch(partialAnswer);
    this.pull = pullStateOf(answer.repository?.pullRequest);
    return ids.map((_, i) => answer.repository?.[`b${i}`] ?? undefined);
  }

  /** The archive of a commit, as it arrives. */
  async tarball(commit: string): Promise<ReadableStream> {
    const { request } = this.#asked();
    const { data } = await this.#client.request('GET /repos/{owner}/{repo}/tarball/{ref}', {
      ...{ ...this.repository, ref: commit },
      request: { ...request, parseSuccessResponseBody: false },
    });
    return data as ReadableStream;
  }

  #asked() {
    this.#signal?.throwIfAborted();
    this.requests += 1;
    return { ...this.repository, request: { ...(this.#signal && { signal: this.#signal }) } };
  }
}

interface TreeAnswer {
  readonly truncated: boolean;
  readonly tree: readonly GitHubTreeEntry[];
}

/** An answer that breaks off is what octokit says when the line breaks: an HttpError without a response. */
async function wholeJson(stream: ReadableStream): Promise<unknown> {
  try {
    return JSON.parse(await text(stream));
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    throw Object.assign(new Error('the answer broke off'), { name: 'HttpError', status: 500, cause: error });
  }
}

interface BlobsAnswer {
  readonly repository:
    | (Readonly<Record<`b${number}`, GraphqlBlob | null>> & { readonly pullRequest?: PullAnswer | null })
    | null;
}

interface PullAnswer {
  readonly state: string;
  readonly headRefOid: string;
  readonly baseRefName: string;
}

function pullStateOf(answer: PullAnswer | null | undefined): PullState | undefined {
  if (!answer) return undefined;
  return { open: answer.state === 'OPEN', headSha: answer.headRefOid, baseRef: answer.baseRefName };
}

/** A query that ran out of time still holds what it got to. Without a repository there is nothing to hold. */
function partialAnswer(error: unknown): BlobsAnswer {
  const data = error instanceof Error && 'data' in error ? (error.data as BlobsAnswer | null) : null;
  if (data?.repository) return data;
  throw error;
}

/** Ids come from a tree that a stranger may have built; what is put into a query is hexadecimal or nothing. */
function hexOnly(id: string): string {
  return /^[0-9a-f]{40,64}$/.test(id) ? id : '';
}
