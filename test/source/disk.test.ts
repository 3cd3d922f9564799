import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { openDirectorySnapshot } from '../../src/source/directory.ts';
import { GitRepository } from '../../src/source/git.ts';
import { LIMITS } from '../../src/source/limits.ts';
import { openPaths } from '../../src/source/paths.ts';
import type { Snapshot } from '../../src/source/snapshot.ts';
import {
  commit,
  emptyRepository,
  git,
  removeTemporary,
  temporaryDirectory,
  writeFiles,
} from './temporary-repository.ts';

afterAll(removeTemporary);

const text = async (snapshot: Snapshot, path: string): Promise<string> =>
  Buffer.from(await snapshot.read(path)).toString('utf8');
const paths = (snapshot: Snapshot): string[] => snapshot.list().map(({ path }) => path);
const ids = (snapshot: Snapshot): Record<string, string> =>
  Object.fromEntries(snapshot.list().map(({ path, blob }) => [path, blob]));

describe('a directory', () => {
  test('lists files in code-unit order, with the ids git would give', async () => {
    const root = emptyRepository();
    const files = { 'b.yaml': 'b: 1', 'a/z.yaml': 'z: 1', 'a-1.yaml': '', 'B.yaml': 'ü: 1' };
    commit(root, files);
    const snapshot = await openDirectorySnapshot(root);
    expect(paths(snapshot)).toEqual(['B.yaml', 'a-1.yaml', 'a/z.yaml', 'b.yaml']);
    for (const [path, blob] of Object.entries(ids(snapshot))) {
      expect(blob).toBe(git(root, 'rev-parse', `HEAD:${path}`));
    }
    expect(await text(snapshot, 'B.yaml')).toBe('ü: 1');
  });

  test('skips what tools put there, does not follow links, does not enter other repositories', async () => {
    const root = temporaryDirectory();
    writeFiles(root, {
      'a.yaml': 'a: 1',
      'node_modules/p/x.yaml': 'x: 1',
      '.terraform/m/x.yaml': 'x: 1',
      'inner/.git/HEAD': 'ref: refs/heads/main',
      'inner/x.yaml': 'x: 1',
    });
    symlinkSync('.', join(root, 'loop'));
    symlinkSync('/etc/hostname', join(root, 'out.yaml'));
    const snapshot = await openDirectorySnapshot(root);
    expect(snapshot.list().map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'a.yaml file',
      'inner submodule',
      'loop symlink',
      'out.yaml symlink',
    ]);
    expect(snapshot.omitted.map(({ path }) => path)).toEqual(['inner', 'out.yaml']);
    await expect(snapshot.read('out.yaml')).rejects.toMatchObject({ code: 'unreadable' });
    await expect(snapshot.read('../a.yaml')).rejects.toMatchObject({ code: 'unreadable' });
  });

  test('a file that became a link or vanished after listing is unreadable', async () => {
    const root = temporaryDirectory();
    writeFiles(root, { 'a.yaml': 'a: 1', 'b.yaml': 'b: 1' });
    const snapshot = await openDirectorySnapshot(root);
    rmSync(join(root, 'a.yaml'));
    symlinkSync('/etc/hostname', join(root, 'a.yaml'));
    rmSync(join(root, 'b.yaml'));
    await expect(snapshot.read('a.yaml')).rejects.toMatchObject({ code: 'unreadable' });
    await expect(snapshot.read('b.yaml')).rejects.toMatchObject({ code: 'unreadable' });
  });

  test('a pipe does not block', async () => {
    const root = temporaryDirectory();
    writeFiles(root, { 'a.yaml': 'a: 1' });
    execFileSync('mkfifo', [join(root, 'pipe.yaml')]);
    expect(paths(await openDirectorySnapshot(root))).toEqual(['a.yaml']);
  });

  test('limits on size, number and sum; the rest is read', async () => {
    const root = temporaryDirectory();
    writeFiles(root, {
      'a.yaml': '1234',
      'b.yaml': '12345678901',
      'c.yaml': '1234',
      'd.yaml': '1',
      'e.yaml': '',
    });
    writeFiles(root, { 'picture.png': '12345678901234' });
    const why = async (limits: object): Promise<string[]> =>
      (await openDirectorySnapshot(root, { ...LIMITS, ...limits })).omitted.map((o) => `${o.path}: ${o.why}`);
    expect(await why({ maxFileBytes: 10 })).toEqual(['b.yaml: larger than 10 bytes']);
    expect(await why({ maxFiles: 3 })).toEqual([
      'd.yaml: beyond the first 3 manifests of the repository',
      'e.yaml: beyond the first 3 manifests of the repository',
    ]);
    expect(await why({ maxTotalBytes: 9 })).toEqual([
      'b.yaml: beyond the first 9 bytes of manifests of the repository',
    ]);
    expect(await why({ maxEntries: 4 })).toEqual(['e.yaml: this and all later files: more than 4 of them']);
  });

  test('a directory that is none', async () => {
    const root = temporaryDirectory();
    writeFiles(root, { file: '' });
    for (const path of ['gone', 'file']) {
      await expect(openDirectorySnapshot(join(root, path))).rejects.toMatchObject({ code: 'missing-path' });
    }
  });

  const unlessRoot = process.getuid?.() === 0 ? test.skip : test;
  unlessRoot('what may not be read is an omission', async () => {
    const root = temporaryDirectory();
    writeFiles(root, { 'a.yaml': 'a: 1', 'closed/b.yaml': 'b: 1' });
    chmodSync(join(root, 'closed'), 0);
    const snapshot = await openDirectorySnapshot(root);
    chmodSync(join(root, 'closed'), 0o700);
    expect(snapshot.omitted.map(({ path }) => path)).toEqual(['closed']);
  });
});

describe('the working tree', () => {
  async function worktree(root: string): Promise<Snapshot> {
    return (await GitRepository.open(root)).worktree();
  }

  test('tracked and new files as they are on disk; ignored and deleted ones not', async () => {
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1', 'b.yaml': 'b: 1', 'c.yaml': 'c: 1', '.gitignore': 'secret.yaml\n' });
    writeFiles(root, { 'b.yaml': 'b: 2', 'new/d.yaml': 'd: 1', 'secret.yaml': 's: 1' });
    rmSync(join(root, 'c.yaml'));
    const repository = await GitRepository.open(root);
    const tree = await repository.worktree();
    const head = await repository.snapshot('HEAD');
    expect(paths(tree)).toEqual(['.gitignore', 'a.yaml', 'b.yaml', 'new/d.yaml']);
    expect(ids(tree)['a.yaml']).toBe(ids(head)['a.yaml']);
    expect(ids(tree)['b.yaml']).not.toBe(ids(head)['b.yaml']);
    expect(await text(tree, 'b.yaml')).toBe('b: 2');
    await repository.close();
  });

  test('CRLF checked out from LF is no change', async () => {
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1\nb: 2\n', 'b.yaml': 'b: 1\n' });
    writeFiles(root, { 'a.yaml': 'a: 1\r\nb: 2\r\n', 'b.yaml': 'b: 2\r\n' });
    const tree = await worktree(root);
    expect(ids(tree)['a.yaml']).toBe(git(root, 'rev-parse', 'HEAD:a.yaml'));
    expect(await text(tree, 'a.yaml')).toBe('a: 1\nb: 2\n');
    expect(await text(tree, 'b.yaml')).toBe('b: 2\r\n');
  });

  test('a tracked directory replaced by a link out of the tree', async () => {
    const root = emptyRepository();
    const outside = temporaryDirectory();
    writeFiles(outside, { 'a.yaml': 'outside: 1' });
    commit(root, { 'dir/a.yaml': 'a: 1' });
    rmSync(join(root, 'dir'), { recursive: true });
    symlinkSync(outside, join(root, 'dir'));
    expect((await worktree(root)).list().map(({ path, kind }) => `${path} ${kind}`)).toEqual(['dir symlink']);
  });

  test('files left out by a sparse checkout are there', async () => {
    const root = emptyRepository();
    commit(root, { 'in/a.yaml': 'a: 1', 'out/b.yaml': 'b: 1' });
    git(root, 'sparse-checkout', 'set', 'in');
    const tree = await worktree(root);
    expect(paths(tree)).toEqual(['in/a.yaml', 'out/b.yaml']);
    expect(await text(tree, 'out/b.yaml')).toBe('b: 1');
    await tree.close();
  });

  test('a new repository inside is not entered; an unfinished merge lists a file once', async () => {
    const root = emptyRepository();
    commit(root, { 'a.yaml': 'a: 1' });
    git(root, 'checkout', '--quiet', '-b', 'other');
    commit(root, { 'a.yaml': 'a: 2' });
    git(root, 'checkout', '--quiet', 'main');
    commit(root, { 'a.yaml': 'a: 3' });
    expect(() => git(root, 'merge', 'other')).toThrow();
    mkdirSync(join(root, 'nested'));
    git(join(root, 'nested'), 'init', '--quiet', '--initial-branch=main');
    commit(join(root, 'nested'), { 'x.yaml': 'x: 1' });
    const tree = await worktree(root);
    expect(tree.list().map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'a.yaml file',
      'nested submodule',
    ]);
    expect(await text(tree, 'a.yaml')).toContain('<<<<<<<');
  });
});

describe('paths a person names', () => {
  const files = { 'k8s/a.yaml': 'a: 1', 'k8s/deep/b.json': '{}', 'c.yml': 'c: 1', 'notes.txt': 'x' };

  test('files and directories, relative to the working directory, each once', async () => {
    const cwd = temporaryDirectory();
    writeFiles(cwd, files);
    const snapshot = await openPaths(['k8s', 'c.yml', 'k8s/a.yaml'], { cwd });
    expect(paths(snapshot)).toEqual(['c.yml', 'k8s/a.yaml', 'k8s/deep/b.json']);
    expect(snapshot.ref).toBe('k8s c.yml k8s/a.yaml');
    expect(await text(snapshot, 'k8s/deep/b.json')).toBe('{}');
  });

  test('paths outside the working directory are relative to what holds them all', async () => {
    const root = temporaryDirectory();
    writeFiles(root, files);
    mkdirSync(join(root, 'elsewhere'));
    expect(paths(await openPaths(['../k8s', '../c.yml'], { cwd: join(root, 'elsewhere') }))).toEqual([
      'c.yml',
      'k8s/a.yaml',
      'k8s/deep/b.json',
    ]);
  });

  test('a named link is followed; a missing path is an error; no manifest is an omission', async () => {
    const cwd = temporaryDirectory();
    const elsewhere = temporaryDirectory();
    writeFiles(cwd, files);
    writeFiles(elsewhere, { 'x.yaml': 'x: 1' });
    symlinkSync(elsewhere, join(cwd, 'link'));
    expect((await openPaths(['link'], { cwd })).list()).toHaveLength(1);
    await expect(openPaths(['gone.yaml'], { cwd })).rejects.toMatchObject({ code: 'missing-path' });
    expect((await openPaths(['notes.txt'], { cwd })).omitted).toEqual([
      { path: 'notes.txt', why: 'its name does not end in .yaml, .yml or .json' },
    ]);
  });

  test('standard input, alone and beside files', async () => {
    const cwd = temporaryDirectory();
    writeFiles(cwd, files);
    const stdin = Buffer.from('kind: Service');
    expect(await text(await openPaths(['-'], { cwd, stdin }), 'stdin.yaml')).toBe('kind: Service');
    const both = await openPaths(['c.yml', '-'], { cwd, stdin });
    expect(paths(both)).toEqual(['c.yml', 'stdin.yaml']);
    expect(await text(both, 'c.yml')).toBe('c: 1');
  });
});
