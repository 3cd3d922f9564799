import { GitRepository } from '../source/git.ts';
import { isPartialClone } from '../source/git-tree.ts';
import { openPullRequest, type ComparedCommits, type ComparedSnapshots } from '../source/github.ts';
import type { GitHubClient, RepositoryName } from '../source/github-client.ts';
import type { RepositoryCache } from '../source/repository-cache.ts';
import { SourceError } from '../source/snapshot.ts';
import type { ComparedBase, EventChange } from './event.ts';

/** Both sides of a change, with the commit of the head and where they were read. */
export interface OpenSides extends ComparedSnapshots {
  readonly headSha: string;
  readonly from: 'the checkout' | 'the API';
  close(): Promise<void>;
}

/**
 * Opens the sides of a change: from the checkout, when there is one that holds both commits and their history, else through
 * GitHub's API.
 * @param checkout a directory that may be a clone.
 * @throws SourceError; octokit's own errors.
 */
export async function openSides(
  client: GitHubClient,
  repository: RepositoryName,
  change: EventChange,
  checkout: string | undefined,
  cache: RepositoryCache,
): Promise<OpenSides> {
  const local = checkout === undefined ? undefined : await fromCheckout(checkout, change);
  if (local) return local;
  try {
    return await fromApi(client, repository, change, cache);
  } catch (error) {
    if (!(error instanceof SourceError && error.code === 'unknown-ref' && change.otherwise)) throw error;
    const sides = await fromApi(client, repository, { ...change, base: change.otherwise }, cache);
    return { ...sides, notes: [...sides.notes, REPLACED] };
  }
}

const REPLACED =
  'GitHub no longer has the commit before this push; compared with the default branch or the commit before instead.';

async function fromApi(
  client: GitHubClient,
  repository: RepositoryName,
  change: EventChange,
  cache: RepositoryCache,
): Promise<OpenSides> {
  const commits = await namedCommits(client, repository, change);
  const sides = await openPullRequest(client, commits, cache);
  return { ...sides, headSha: commits.headSha, from: 'the API', close: () => Promise.resolve() };
}

/** The change with its head as a commit id, as the API wants it. */
async function namedCommits(
  client: GitHubClient,
  { owner, repo }: RepositoryName,
  { base, head }: EventChange,
): Promise<ComparedCommits> {
  const repository = { owner, repo };
  if (isCommitId(head) && base !== 'first-parent') return { ...repository, headSha: head, ...baseOf(base) };
  const { data } = await client.rest.repos.getCommit({ ...repository, ref: head, per_page: 1 });
  const [parent] = data.parents;
  const before = parent ? { ref: parent.sha, exact: true } : 'nothing';
  return { ...repository, headSha: data.sha, ...baseOf(base === 'first-parent' ? before : base) };
}

function baseOf(base: Exclude<ComparedBase, 'first-parent'>): Pick<ComparedCommits, 'base' | 'exactBase'> {
  return base === 'nothing' ? { base: undefined } : { base: base.ref, exactBase: base.exact };
}

/** Undefined whenever the checkout does not hold everything: it is a convenience, never a condition. */
async function fromCheckout(directory: string, change: EventChange): Promise<OpenSides | undefined> {
  try {
    const repository = await GitRepository.open(directory);
    const sides = await localSides(repository, change);
    if (!sides) await repository.close();
    return sides;
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

async function localSides(repository: GitRepository, change: EventChange): Promise<OpenSides | undefined> {
  if (await isPartialClone(repository.root)) return undefined;
  const headSha = await repository.find(change.head);
  const base = headSha === undefined ? undefined : await localBase(repository, change.base, headSha);
  if (headSha === undefined || base === undefined) return undefined;
  return {
    base: base === 'nothing' ? undefined : await repository.snapshot(base),
    head: await repository.snapshot(headSha),
    baseSha: base === 'nothing' ? undefined : base,
    notes: [],
    headSha,
    from: 'the checkout',
    close: () => repository.close(),
  };
}

/** A shallow history does not prove where two branches parted. */
async function localBase(
  repository: GitRepository,
  base: ComparedBase,
  head: string,
): Promise<string | undefined> {
  if (base === 'nothing') return base;
  if (base === 'first-parent') {
    const [parent] = await repository.parents(head);
    return parent === undefined ? 'nothing' : repository.find(parent);
  }
  const commit = (await repository.find(base.ref)) ?? (await repository.find(`origin/${base.ref}`));
  if (commit === undefined || base.exact) return commit;
  return (await repository.isShallow()) ? undefined : repository.mergeBase(commit, head);
}

function isCommitId(ref: string): boolean {
  return /^[0-9a-f]{40,64}$/.test(ref);
}
