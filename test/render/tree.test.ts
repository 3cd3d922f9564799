import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Snapshot } from '../../src/source/snapshot.ts';
import { gather, isSafePath, readableFiles, withTree } from '../../src/render/tree.ts';
import { repositoryOf } from './real-tools.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a tree holds the files and is gone afterwards', async () => {
  const seen = await withTree(new Map([['a/b.yaml', bytes('b')]]), ({ root, home }) => {
    expect(readFileSync(join(root, 'a/b.yaml'), 'utf8')).toBe('b');
    expect(readdirSync(home)).toEqual([]);
    expect(statSync(join(root, '..')).mode & 0o077).toBe(0);
    return Promise.resolve({ root });
  });
  expect('root' in seen && existsSync(join(seen.root, '..'))).toBe(false);
});

test('it is gone too when its use fails', async () => {
  let root = '';
  const failing = withTree(new Map([['a', bytes('')]]), (tree) => {
    root = tree.root;
    return Promise.reject(new Error('no luck'));
  });
  await expect(failing).rejects.toThrow('no luck');
  expect(root).not.toBe('');
  expect(existsSync(root)).toBe(false);
});

test.each([
  '/etc/passwd',
  '../a',
  'a/../../b',
  'a//b',
  './a',
  'a/',
  '',
  'a\0b',
  'a\\..\\b',
  'x'.repeat(2000),
])('a tree with the path %j is not written', async (path) => {
  expect(isSafePath(path)).toBe(false);
  let used = false;
  const result = await withTree(
    new Map([
      ['good', bytes('')],
      [path, bytes('')],
    ]),
    () => {
      used = true;
      return Promise.resolve({});
    },
  );
  expect(result).toHaveProperty('refused');
  expect(used).toBe(false);
});

test('a file where a directory is needed is refused', async () => {
  const conflict = new Map([
    ['a', bytes('')],
    ['a/b', bytes('')],
  ]);
  expect(await withTree(conflict, () => Promise.resolve({}))).toHaveProperty('refused');
});

test('too many files and too many bytes are refused', async () => {
  const files = repositoryOf({ a: '12345', b: '12345' });
  const placed = new Map([
    ['a', 'a'],
    ['b', 'b'],
  ]);
  expect(await gather(placed, files, { treeFiles: 1, treeBytes: 100 })).toEqual({
    refused: 'it needs more than 1 files',
  });
  expect(await gather(placed, files, { treeFiles: 9, treeBytes: 9 })).toHaveProperty('refused');
  expect(await gather(placed, files, { treeFiles: 2, treeBytes: 10 })).toEqual(
    new Map([
      ['a', bytes('12345')],
      ['b', bytes('12345')],
    ]),
  );
});

test('links, submodules and files beyond a limit are omitted with their reason', () => {
  const snapshot: Snapshot = {
    ref: 'test',
    list: () => [
      { path: 'file.yaml', blob: '1', kind: 'file' },
      { path: 'huge.yaml', blob: '2', kind: 'file' },
      { path: 'link.yaml', blob: '3', kind: 'symlink' },
      { path: 'vendor/charts', blob: '4', kind: 'submodule' },
    ],
    read: () => Promise.resolve(bytes('')),
    omitted: [{ path: 'huge.yaml', why: 'larger than 8 MB' }],
    close: () => Promise.resolve(),
  };
  const files = readableFiles(snapshot);
  expect(files.list()).toEqual(['file.yaml']);
  expect(files.blob('file.yaml')).toBe('1');
  expect(files.omitted).toEqual([
    { path: 'huge.yaml', why: 'larger than 8 MB' },
    { path: 'link.yaml', why: 'a symbolic link, which is not followed' },
    { path: 'vendor/charts', why: 'a submodule, which is not read' },
  ]);
});
