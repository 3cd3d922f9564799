import { gzipSync } from 'node:zlib';
import type { FakeRepository } from './fake-repository.ts';

export interface TarballOptions {
  /** Paths left out, as `export-ignore` does. */
  readonly ignored?: ReadonlySet<string>;
  /** Files whose text the archive changes, as `export-subst` does. */
  readonly substituted?: Readonly<Record<string, string>>;
}

/** What GitHub gives as the tarball of a commit: a folder named after it, links as links, submodules as empty folders. */
export function tarballOf(repository: FakeRepository, commit: string, options: TarballOptions = {}): Buffer {
  const root = `${repository.owner}-${repository.repo}-${commit.slice(0, 7)}`;
  const parts = [paxRecord('g', 'comment', commit), header(`${root}/`, '5', 0)];
  for (const [path, { mode, sha }] of repository.git.filesOf(commit)) {
    if (options.ignored?.has(path)) continue;
    const content = repository.git.blobs.get(sha) ?? Buffer.alloc(0);
    const name = `${root}/${path}`;
    if (name.length > 100) parts.push(paxRecord('x', 'path', name));
    if (mode === '120000') parts.push(header(name, '2', 0, content.toString('utf8')));
    else if (mode === '160000') parts.push(header(`${name}/`, '5', 0));
    else parts.push(file(name, Buffer.from(options.substituted?.[path] ?? content)));
  }
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]), { level: 1 });
}

function file(name: string, content: Buffer): Buffer {
  return Buffer.concat([header(name, '0', content.length), padded(content)]);
}

function paxRecord(type: 'g' | 'x', key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest) + 1;
  while (String(length).length + Buffer.byteLength(rest) !== length) length += 1;
  const content = Buffer.from(`${length}${rest}`);
  return Buffer.concat([header('pax_header', type, content.length), padded(content)]);
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

function header(name: string, type: string, size: number, link = ''): Buffer {
  const block = Buffer.alloc(512);
  block.write(name.slice(0, 100), 0);
  block.write('0000664\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  block.write('00000000000\0', 136);
  block.write('        ', 148);
  block.write(type, 156);
  block.write(link.slice(0, 100), 157);
  block.write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
