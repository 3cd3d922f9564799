import { describe, expect, test } from '@jest/globals';
import { ContentCache, readRepository } from '../../src/render/read-repository.ts';
import { memorySnapshot } from '../../src/source/memory.ts';
import type { Resource } from '../../src/render/resource.ts';
import { SourceError, type Snapshot } from '../../src/source/snapshot.ts';
import { LIMITS } from '../../src/source/limits.ts';

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: {name: shop}\n';

/** A snapshot that counts what is read of it, and answers in an order of its own. */
function observed(snapshot: Snapshot): { snapshot: Snapshot; reads: string[] } {
  const reads: string[] = [];
  let turn = 0;
  const read = async (path: string): Promise<Uint8Array> => {
    reads.push(path);
    turn += 1;
    for (let wait = (turn * 7) % 5; wait > 0; wait -= 1) await Promise.resolve();
    return snapshot.read(path);
  };
  return { snapshot: { ...snapshot, read }, reads };
}

async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}

const read = (files: Record<string, string | Uint8Array>, cache = new ContentCache()) =>
  readRepository(memorySnapshot('head', files), cache);

describe('reading', () => {
  test('manifests are parsed, in order of path; other files are only known', async () => {
    const repository = await read({
      'b.yaml': SERVICE,
      'a/c.json': '{"apiVersion": "v1", "kind": "Pod"}',
      'README.md': '# no manifest',
      'a.yml': 'replicas: 2',
    });
    expect([...repository.files.keys()]).toEqual(['a.yml', 'a/c.json', 'b.yaml']);
    expect(repository.files.get('b.yaml')?.resources[0]?.name).toBe('shop');
    expect(repository.files.get('a/c.json')?.resources[0]?.kind).toBe('Pod');
    expect(repository.files.get('a.yml')?.resources).toEqual([]);
    expect(repository.has('README.md')).toBe(true);
    expect(repository.has('missing.yaml')).toBe(false);
    expect(repository.unchecked).toEqual([]);
    expect(repository.problems).toEqual([]);
  });

  test('an empty repository', async () => {
    expect((await read({})).files.size).toBe(0);
  });

  test('the result does not depend on the order in which reads end', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, n) => [`f${n}.yaml`, n % 3 ? SERVICE : `a: [${n}`]),
    );
    const { snapshot } = observed(memorySnapshot('head', files));
    const repository = await readRepository(snapshot, new ContentCache());
    const plain = await read(files);
    expect([...repository.files.keys()]).toEqual([...plain.files.keys()]);
    expect(repository.problems).toEqual(plain.problems);
    expect(repository.unchecked).toEqual(plain.unchecked);
  });
});

describe('both sides share what did not change', () => {
  test('which is read once and is the same object', async () => {
    const cache = new ContentCache();
    const base = observed(
      memorySnapshot('base', { 'a.yaml': SERVICE, 'b.yaml': SERVICE, 'c.yaml': 'x: 1\n' }),
    );
    const head = observed(
      memorySnapshot('head', { 'a.yaml': SERVICE, 'moved.yaml': SERVICE, 'c.yaml': 'x: 2\n' }),
    );
    const before = await readRepository(base.snapshot, cache);
    const after = await readRepository(head.snapshot, cache);
    expect(head.reads).toEqual(['c.yaml']);
    expect(after.files.get('a.yaml')).toBe(before.files.get('a.yaml'));
    expect(after.files.get('moved.yaml')?.parsed).toBe(before.files.get('a.yaml')?.parsed);
    expect(after.files.get('moved.yaml')?.resources[0]?.origin.file).toBe('moved.yaml');
    expect(after.files.get('c.yaml')).not.toBe(before.files.get('c.yaml'));
  });

  test('of a file that changed, the documents that did not are the same objects', async () => {
    const cache = new ContentCache();
    const texts = [SERVICE, SERVICE.replace('shop', 'cart'), SERVICE.replace('shop', 'pay')];
    const states = [
      texts.join('---\n'),
      // Another text in the middle, as many lines: the last one stands where it stood.
      texts.join('---\n').replace('cart', 'till'),
      // One line more: what follows stands elsewhere.
      texts.join('---\n').replace('cart}', 'cart,\n  labels: {}}'),
    ];
    const [first, second, third] = await inTurn(states, async (text) => {
      const { files } = await read({ 'a.yaml': text }, cache);
      return files.get('a.yaml')?.resources ?? [];
    });
    const lineOf = (resource: Resource | undefined) => resource?.origin.at(['metadata', 'name']).line ?? 0;
    expect(second?.map(({ name }) => name)).toEqual(['shop', 'till', 'pay']);
    expect(second?.map((resource, index) => resource === first?.[index])).toEqual([true, false, true]);
    expect(third?.map((resource, index) => resource === second?.[index])).toEqual([true, false, false]);
    expect(lineOf(third?.[2])).toBe(lineOf(first?.[2]) + 1);
  });

  test('but YAML and JSON of the same bytes are read as what they are', async () => {
    const content = '{"apiVersion": "v1", "kind": "Pod"}\n---\n{"apiVersion": "v1", "kind": "Pod"}\n';
    const { files } = await read({ 'a.yaml': content, 'a.json': content });
    expect(files.get('a.yaml')?.resources).toHaveLength(2);
  });
});

describe('templates of a Helm chart', () => {
  const files = {
    'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\n',
    'charts/shop/values.yaml': 'a: 1\n',
    'charts/shop/templates/service.yaml': SERVICE,
    'charts/shop/templates/tests/pod.yaml': '{{ if }}',
    'charts/shop/crds/crd.yaml': 'apiVersion: v1\nkind: Kept\n',
    'templates/plain.yaml': SERVICE,
    'charts/mytemplates/a.yaml': SERVICE,
  };

  test('are neither read nor resources, and are counted by chart', async () => {
    const { snapshot, reads } = observed(memorySnapshot('head', files));
    const repository = await readRepository(snapshot, new ContentCache());
    expect(reads.filter((path) => path.includes('shop/templates'))).toEqual([]);
    expect(repository.files.get('charts/shop/templates/service.yaml')?.resources).toEqual([]);
    expect(repository.unchecked).toMatchObject([{ what: 'Helm templates of charts/shop', count: 2 }]);
    expect(repository.problems).toEqual([]);
  });

  test('everything else under the chart and every other folder of that name is ordinary', async () => {
    const repository = await read(files);
    for (const path of ['charts/shop/crds/crd.yaml', 'templates/plain.yaml', 'charts/mytemplates/a.yaml']) {
      expect(repository.files.get(path)?.resources).toHaveLength(1);
    }
  });

  test('of a chart at the root', async () => {
    const repository = await read({ 'Chart.yaml': 'name: x\n', 'templates/a.yaml': SERVICE });
    expect(repository.files.get('templates/a.yaml')?.resources).toEqual([]);
    expect(repository.unchecked).toMatchObject([{ what: 'Helm templates of .', count: 1 }]);
  });

  test('the same file is a template only where a chart is beside it', async () => {
    const cache = new ContentCache();
    const before = await read({ 'x/templates/a.yaml': SERVICE }, cache);
    const after = await read({ 'x/Chart.yaml': 'name: x\n', 'x/templates/a.yaml': SERVICE }, cache);
    expect(before.files.get('x/templates/a.yaml')?.resources).toHaveLength(1);
    expect(after.files.get('x/templates/a.yaml')?.resources).toHaveLength(0);
  });
});

describe('what cannot be read', () => {
  test('is a problem with its place, and counted by reason', async () => {
    const repository = await read({
      'bad.yaml': 'a: 1\n---\nb: [1\n',
      'template.yaml': 'a: {{ .x }}\n',
      'twice.yaml': 'a: 1\na: 2\n',
      'secret.yaml': 'a: ENC[x]\nsops: {mac: x}\n',
      'latin.yaml': Uint8Array.from([0x61, 0x3a, 0x20, 0xe9]),
    });
    expect(repository.problems.map(({ path, problem }) => `${path} ${problem.kind}`)).toEqual([
      'bad.yaml syntax',
      'latin.yaml encoding',
      'secret.yaml encrypted',
      'template.yaml template',
      'twice.yaml duplicate-key',
    ]);
    expect(repository.unchecked.map(({ count, examples }) => [count, examples[0]?.file])).toHaveLength(4);
    expect(repository.files.size).toBe(5);
  });

  test('names a few places and counts them all', async () => {
    const files = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`f${n}.yaml`, `a: [${n}`]));
    const { unchecked } = await read(files);
    expect(unchecked).toHaveLength(1);
    expect(unchecked[0]?.count).toBe(9);
    expect(unchecked[0]?.examples.map(({ file }) => file)).toEqual(['f0.yaml', 'f1.yaml', 'f2.yaml']);
  });

  test('what a limit keeps out is said and not read', async () => {
    const snapshot = memorySnapshot(
      'head',
      { 'a.yaml': SERVICE, 'big.yaml': `a: ${'x'.repeat(100)}` },
      { ...LIMITS, maxFileBytes: 90 },
    );
    const repository = await readRepository(snapshot, new ContentCache());
    expect([...repository.files.keys()]).toEqual(['a.yaml']);
    expect(repository.unchecked).toMatchObject([
      { what: 'files', count: 1, examples: [{ file: 'big.yaml' }] },
    ]);
    expect(await repository.text('big.yaml')).toBe(undefined);
  });

  test('one unreadable file is unchecked; a source that breaks is not survived', async () => {
    const snapshot = memorySnapshot('head', { 'a.yaml': SERVICE, 'b.yaml': 'x: 1\n' });
    const failing = (code: SourceError['code']): Snapshot => ({
      ...snapshot,
      read: (path) => (path === 'a.yaml' ? Promise.reject(new SourceError(code, 'no')) : snapshot.read(path)),
    });
    const repository = await readRepository(failing('unreadable'), new ContentCache());
    expect([...repository.files.keys()]).toEqual(['b.yaml']);
    expect(repository.unchecked).toMatchObject([{ what: 'files', count: 1 }]);
    expect(await repository.text('a.yaml')).toBe(undefined);
    await expect(readRepository(failing('git-failed'), new ContentCache())).rejects.toThrow(SourceError);
  });
});

describe('kinds of no interest', () => {
  test('of a custom resource definition only name and annotations are read', async () => {
    const crd = 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n';
    const { files } = await read({
      'crd.yaml': `${crd}metadata:\n  name: gateways\n  annotations: {bundle-version: v1}\nspec:\n  schema: {}\n`,
    });
    const resource = files.get('crd.yaml')?.resources[0];
    expect(resource).toMatchObject({ name: 'gateways', annotations: { 'bundle-version': 'v1' } });
    expect(resource?.body).not.toHaveProperty('spec');
  });

  test('a huge ConfigMap is skipped unless it speaks of the mesh', async () => {
    const data = (word: string): string =>
      `apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n${`    ${word} ${'x'.repeat(90)}\n`.repeat(4000)}`;
    const { files } = await read({ 'dashboard.yaml': data('panel'), 'mesh.yaml': data('istio') });
    expect(files.get('dashboard.yaml')?.parsed.skipped).toBe(1);
    expect(files.get('dashboard.yaml')?.resources).toEqual([]);
    expect(files.get('mesh.yaml')?.resources).toHaveLength(1);
  });
});

describe('text of any file', () => {
  test('is given as it stands', async () => {
    const repository = await read({ 'run.sh': 'istioctl install\n', 'a.yaml': SERVICE });
    expect(await repository.text('run.sh')).toBe('istioctl install\n');
    expect(await repository.text('a.yaml')).toBe(SERVICE);
  });

  test.each<[string, Uint8Array]>([
    ['binary', Uint8Array.from([1, 0, 2])],
    ['not UTF-8', Uint8Array.from([0xe9, 0x20])],
    ['too large', new Uint8Array(1024 * 1024 + 1).fill(0x61)],
  ])('but not when it is %s', async (_, bytes) => {
    const repository = await read({ 'x.sh': bytes });
    expect(await repository.text('x.sh')).toBe(undefined);
    expect(await repository.text('missing.sh')).toBe(undefined);
  });
});
