import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { GitRepository } from '../../src/source/git.ts';
import { commit, emptyRepository, git, removeTemporary, temporaryDirectory } from './temporary-repository.ts';

afterAll(removeTemporary);

async function baseOf(root: string, head: string | undefined): Promise<string | undefined> {
  const repository = await GitRepository.open(root);
  try {
    return await repository.defaultBase(head);
  } finally {
    await repository.close();
  }
}

function clone(from: string, ...options: string[]): string {
  const to = join(temporaryDirectory(), 'clone');
  git(from, 'clone', '--quiet', ...options, pathToFileURL(from).href, to);
  return to;
}

describe('the base when nobody names one', () => {
  test('a branch is compared with where it left main, not with main', async () => {
    const root = emptyRepository();
    const fork = commit(root, { 'a.yaml': 'a: 1' });
    git(root, 'checkout', '--quiet', '-b', 'feature');
    commit(root, { 'a.yaml': 'a: 2' });
    const tip = commit(root, { 'a.yaml': 'a: 3' });
    git(root, 'checkout', '--quiet', 'main');
    commit(root, { 'b.yaml': 'b: 1' });
    expect(await baseOf(root, 'feature')).toBe(fork);
    expect(await baseOf(root, tip)).toBe(fork);
  });

  test('the default branch itself is compared with its first parent', async () => {
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1' });
    git(root, 'checkout', '--quiet', '-b', 'feature');
    commit(root, { 'a.yaml': 'a: 2' });
    git(root, 'checkout', '--quiet', 'main');
    const parent = commit(root, { 'b.yaml': 'b: 1' });
    git(root, 'merge', '--quiet', '--no-ff', '-m', 'merge', 'feature');
    expect(await baseOf(root, 'HEAD')).toBe(parent);
    expect(await baseOf(root, 'main')).toBe(parent);
  });

  test('what main already holds is compared with its first parent too', async () => {
    const root = emptyRepository();
    const first = commit(root, { 'a.yaml': 'a: 1' });
    commit(root, { 'a.yaml': 'a: 2' });
    commit(root, { 'a.yaml': 'a: 3' });
    expect(await baseOf(root, 'HEAD~1')).toBe(first);
  });

  test('a first commit has none', async () => {
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1' });
    expect(await baseOf(root, 'HEAD')).toBeUndefined();
  });

  test('the working tree of the default branch is compared with its last commit', async () => {
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1' });
    const last = commit(root, { 'a.yaml': 'a: 2' });
    expect(await baseOf(root, undefined)).toBe(last);
  });

  test('what the remote calls its HEAD comes before a branch called main', async () => {
    const origin = emptyRepository();
    commit(origin, { 'a.yaml': 'a: 1' });
    git(origin, 'checkout', '--quiet', '-b', 'trunk');
    const fork = commit(origin, { 'a.yaml': 'a: 2' });
    const root = clone(origin);
    git(root, 'checkout', '--quiet', '-b', 'feature');
    commit(root, { 'a.yaml': 'a: 3' });
    expect(await baseOf(root, 'HEAD')).toBe(fork);
  });

  test('the remote main comes before a local one that lags behind', async () => {
    const origin = emptyRepository();
    commit(origin, { 'a.yaml': 'a: 1' });
    const root = clone(origin);
    const fork = commit(origin, { 'a.yaml': 'a: 2' });
    git(root, 'fetch', '--quiet');
    git(root, 'checkout', '--quiet', '-b', 'feature', 'origin/main');
    commit(root, { 'a.yaml': 'a: 3' });
    git(root, 'remote', 'set-head', 'origin', '--delete');
    expect(await baseOf(root, 'HEAD')).toBe(fork);
  });

  test('a repository whose only branch has another name', async () => {
    const root = emptyRepository();
    const first = commit(root, { 'a.yaml': 'a: 1' });
    commit(root, { 'a.yaml': 'a: 2' });
    git(root, 'branch', '--move', 'trunk');
    expect(await baseOf(root, 'HEAD')).toBe(first);
  });

  test('no default branch among several: the person has to say', async () => {
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1' });
    commit(root, { 'a.yaml': 'a: 2' });
    git(root, 'branch', '--move', 'one');
    git(root, 'branch', 'two');
    await expect(baseOf(root, 'HEAD')).rejects.toMatchObject({
      code: 'missing-base',
      advice: 'Name the commit to compare with: --base REF.',
    });
  });

  test('histories without a common commit', async () => {
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1' });
    git(root, 'checkout', '--quiet', '--orphan', 'island');
    commit(root, { 'a.yaml': 'a: 2' });
    await expect(baseOf(root, 'HEAD')).rejects.toMatchObject({
      code: 'missing-base',
      message: 'HEAD and main share no commit.',
    });
  });
});

describe('clones that do not hold everything', () => {
  function history(): string {
    const origin = emptyRepository();
    for (let i = 0; i < 4; i += 1) commit(origin, { 'a.yaml': `a: ${i}` });
    git(origin, 'checkout', '--quiet', '-b', 'feature', 'HEAD~1');
    commit(origin, { 'b.yaml': 'b: 1' });
    git(origin, 'config', 'uploadpack.allowFilter', 'true');
    return origin;
  }

  test('shallow, and the fork lies beyond', async () => {
    const root = clone(history(), '--depth=1', '--no-single-branch');
    await expect(baseOf(root, 'origin/feature')).rejects.toMatchObject({
      code: 'missing-base',
      advice: expect.stringContaining('fetch-depth: 0') as unknown,
    });
  });

  test('shallow, and the default branch ends at its tip', async () => {
    const root = clone(history(), '--depth=1', '--branch=main');
    await expect(baseOf(root, 'HEAD')).rejects.toMatchObject({ code: 'missing-base' });
  });

  test('shallow, but deep enough', async () => {
    const origin = history();
    const root = clone(origin, '--depth=3', '--no-single-branch');
    expect(await baseOf(root, 'origin/feature')).toBe(git(origin, 'merge-base', 'main', 'feature'));
  });

  test('a commit that a shallow clone lacks is an unknown ref, with the way out', async () => {
    const origin = history();
    const repository = await GitRepository.open(clone(origin, '--depth=1'));
    await expect(repository.snapshot(git(origin, 'rev-parse', 'main~2'))).rejects.toMatchObject({
      code: 'unknown-ref',
      advice: expect.stringContaining('fetch-depth: 0') as unknown,
    });
    await repository.close();
  });

  test('a partial clone: what it lacks is omitted, nothing is fetched and no transport is started', async () => {
    const root = clone(history(), '--filter=blob:none', '--branch=feature', '--no-checkout');
    git(root, 'config', 'core.sparseCheckout', 'false');
    const marker = join(temporaryDirectory(), 'fetched');
    const present = commitBlobOnly(root, 'b.yaml');
    git(root, 'config', 'remote.origin.url', `ext::touch ${marker}`);
    git(root, 'config', 'protocol.ext.allow', 'always');
    const repository = await GitRepository.open(root);
    const snapshot = await repository.snapshot('HEAD');
    expect(snapshot.list().map(({ path }) => path)).toEqual(['a.yaml', 'b.yaml']);
    expect(snapshot.omitted).toEqual([{ path: 'a.yaml', why: 'its content is not in this partial clone' }]);
    await expect(snapshot.read('a.yaml')).rejects.toMatchObject({ code: 'unreadable' });
    expect(Buffer.from(await snapshot.read('b.yaml')).toString()).toBe(present);
    await repository.close();
    expect(existsSync(marker)).toBe(false);
  });

  test('a clone without trees is an error of git, told once, and starts nothing', async () => {
    const root = clone(history(), '--filter=tree:0', '--no-checkout');
    const marker = join(temporaryDirectory(), 'fetched');
    git(root, 'config', 'remote.origin.url', `ext::touch ${marker}`);
    git(root, 'config', 'protocol.ext.allow', 'always');
    const repository = await GitRepository.open(root);
    await expect(repository.snapshot('origin/main~1')).rejects.toMatchObject({ code: 'git-failed' });
    await repository.close();
    expect(existsSync(marker)).toBe(false);
  });

  /** Brings one blob of a partial clone in, as a checkout of it would. */
  function commitBlobOnly(root: string, path: string): string {
    git(root, 'checkout', '--quiet', 'HEAD', '--', path);
    rmSync(join(root, path));
    return 'b: 1';
  }
});
