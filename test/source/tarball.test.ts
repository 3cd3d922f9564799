import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { BrokenTarball, readTarball, type TarEntry } from '../../src/source/tarball.ts';
import { FakeRepository } from '../github/fake-repository.ts';
import { tarballOf } from '../github/tarball.ts';

const LIMITS = { maxBytes: 10_000_000, maxFileBytes: 1_000_000 };

async function read(
  archive: Uint8Array,
  options: Partial<typeof LIMITS> & { chunk?: number } = {},
): Promise<TarEntry[]> {
  const { chunk = 1000, ...limits } = options;
  const stream = new ReadableStream({
    start(controller) {
      for (let at = 0; at < archive.length; at += chunk) controller.enqueue(archive.subarray(at, at + chunk));
      controller.close();
    },
  });
  const entries: TarEntry[] = [];
  const all = readTarball(stream as never, (path) => !path.endsWith('.bin'), { ...LIMITS, ...limits });
  for await (const entry of all) entries.push(entry);
  return entries;
}

function archiveOf(files: Parameters<FakeRepository['commit']>[1]): Buffer {
  const repository = new FakeRepository('acme', 'mesh', 1);
  return tarballOf(repository, repository.commit('main', files));
}

const long = `${'folder/'.repeat(30)}a.yaml`;

test.each([1, 7, 512, 100_000])('reads an archive that comes in pieces of %d bytes', async (chunk) => {
  const archive = archiveOf({
    'a.yaml': 'a: 1\n',
    [long]: 'long',
    'b.bin': 'no',
    'c.yaml': 'x'.repeat(1024),
    'd.yaml': '',
  });
  const entries = await read(archive, { chunk });
  expect(entries.map(({ path, kind, bytes }) => [path, kind, bytes.length])).toEqual([
    ['a.yaml', 'file', 5],
    [long, 'file', 4],
    ['c.yaml', 'file', 1024],
    ['d.yaml', 'file', 0],
  ]);
});

test('tells where links point to and follows none', async () => {
  const entries = await read(
    archiveOf({ 'l.yaml': { symlink: '../../etc/passwd' }, s: { submodule: 'a'.repeat(40) } }),
  );
  expect(entries.map(({ path, kind, bytes }) => [path, kind, Buffer.from(bytes).toString()])).toEqual([
    ['l.yaml', 'symlink', '../../etc/passwd'],
  ]);
});

test('passes over files that are too large', async () => {
  const entries = await read(archiveOf({ 'a.yaml': 'x'.repeat(2000), 'b.yaml': 'b' }), {
    maxFileBytes: 1000,
  });
  expect(entries.map(({ path }) => path)).toEqual(['b.yaml']);
});

describe('gives up on', () => {
  const whole = archiveOf({ 'a.yaml': 'x'.repeat(20_000) });
  test.each<[string, Uint8Array, number]>([
    ['more bytes than expected', gzipSync(Buffer.alloc(5_000_000, 1)), 1_000_000],
    ['an archive that is cut off', whole.subarray(0, whole.length - 40), 1_000_000],
    ['a tar that ends early', gzipSync(Buffer.alloc(0)), 1_000_000],
    ['what is no gzip', Buffer.from('<html>'), 1_000_000],
    ['what is no tar', gzipSync(Buffer.from('x'.repeat(2000))), 1_000_000],
  ])('%s', async (_, archive, maxBytes) => {
    await expect(read(archive, { maxBytes })).rejects.toBeInstanceOf(BrokenTarball);
  });
});
