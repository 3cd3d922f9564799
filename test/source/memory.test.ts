import { expect, test } from '@jest/globals';
import { blobId } from '../../src/source/blob-id.ts';
import { isManifestPath, LIMITS } from '../../src/source/limits.ts';
import { memorySnapshot } from '../../src/source/memory.ts';

test('files in order, read as given', async () => {
  const snapshot = memorySnapshot('head', { 'b.yaml': 'é', 'a.yaml': new Uint8Array([1, 2]) });
  expect(snapshot.ref).toBe('head');
  expect(snapshot.list().map(({ path, size }) => [path, size])).toEqual([
    ['a.yaml', 2],
    ['b.yaml', 2],
  ]);
  expect(await snapshot.read('a.yaml')).toEqual(new Uint8Array([1, 2]));
  expect(Buffer.from(await snapshot.read('b.yaml')).toString('utf8')).toBe('é');
  await expect(snapshot.read('c.yaml')).rejects.toMatchObject({ code: 'unreadable' });
});

test('equal content has equal ids, whatever its path', () => {
  const [a, b, c] = memorySnapshot('x', { 'a.yaml': 'x', 'b.yaml': 'x', 'c.yaml': 'y' }).list();
  expect(a?.blob).toBe(b?.blob);
  expect(a?.blob).not.toBe(c?.blob);
});

test('a limit rejects the read too', async () => {
  const snapshot = memorySnapshot(
    'x',
    { 'a.yaml': '12345', 'a.txt': '12345' },
    { ...LIMITS, maxFileBytes: 4 },
  );
  expect(snapshot.omitted).toEqual([{ path: 'a.yaml', why: 'larger than 4 bytes' }]);
  await expect(snapshot.read('a.yaml')).rejects.toMatchObject({ code: 'unreadable' });
  await expect(snapshot.read('a.txt')).rejects.toMatchObject({ code: 'unreadable' });
});

test('names that are keys of every object are ordinary names', async () => {
  const files = Object.fromEntries([
    ['__proto__', 'a'],
    ['constructor', 'b'],
  ]);
  const snapshot = memorySnapshot('x', files);
  expect(snapshot.list().map(({ path }) => path)).toEqual(['__proto__', 'constructor']);
  await expect(snapshot.read('toString')).rejects.toMatchObject({ code: 'unreadable' });
});

test("an id is git's id", () => {
  // `git hash-object` of an empty file, and of "hello\n".
  expect(blobId(new Uint8Array())).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
  expect(blobId(Buffer.from('hello\n'))).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
});

test.each([
  ['a.yaml', true],
  ['charts/x/Chart.YAML', true],
  ['x.json', true],
  ['overlays/Kustomization', true],
  ['.github/workflows/x.yml', true],
  ['vendor/chart/templates/x.yaml', true],
  ['x.yaml.gotmpl', false],
  ['yaml', false],
  ['package-lock.json', false],
  ['ui/node_modules/p/x.yaml', false],
  ['node_modules.yaml', true],
])('%s may hold manifests: %s', (path, expected) => {
  expect(isManifestPath(path)).toBe(expected);
});
