import type { GitHistory } from './git-history.ts';
import { printable } from './git-command.ts';
import { SourceError } from './snapshot.ts';

const DEEPEN =
  'Fetch more history: `git fetch --deepen=100`, `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout.';

/**
 * The commit that a change is compared with when nobody says, as GitHistory.defaultBase documents.
 * @throws SourceError `missing-base`, `unknown-ref`.
 */
export async function chooseBase(
  repository: GitHistory,
  head: string | undefined,
): Promise<string | undefined> {
  const tip = head === undefined ? await repository.find('HEAD') : await repository.resolve(head);
  if (tip === undefined) return undefined;
  const branch = await repository.defaultBranch();
  if (branch === undefined) return withoutDefaultBranch(repository, tip);
  const shared = await repository.mergeBase(tip, branch);
  if (shared === undefined) return unrelated(repository, head ?? 'HEAD', branch);
  if (shared !== tip) return shared;
  return head === undefined ? tip : firstParent(repository, tip);
}

/** A first commit has no base whatever the branches are called; for others guessing would compare the wrong things. */
async function withoutDefaultBranch(repository: GitHistory, tip: string): Promise<undefined> {
  if ((await repository.parents(tip)).length === 0) return undefined;
  const advice = (await repository.isShallow()) ? DEEPEN : 'Name the commit to compare with: --base REF.';
  throw new SourceError('missing-base', 'This clone has no default branch to compare with.', advice);
}

async function unrelated(repository: GitHistory, head: string, branch: string): Promise<undefined> {
  const shown = branch.replace(/^refs\/(?:heads|remotes)\//, '');
  if (await repository.isShallow()) {
    const message = `The clone is too shallow to find where ${printable(head)} left ${shown}.`;
    throw new SourceError('missing-base', message, DEEPEN);
  }
  const message = `${printable(head)} and ${shown} share no commit.`;
  throw new SourceError('missing-base', message, 'Name the commit to compare with: --base REF.');
}

async function firstParent(repository: GitHistory, commit: string): Promise<string | undefined> {
  const [parent] = await repository.parents(commit);
  if (parent === undefined || (await repository.find(parent)) !== undefined) return parent;
  const message = `The clone is too shallow: it ends at ${commit.slice(0, 10)}, without the commit before it.`;
  throw new SourceError('missing-base', message, DEEPEN);
}
