#!/usr/bin/env node
// Reviews the example: a canary upgrade that moves a tag. Its findings are the point, so they do not fail the demo.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const command = [
  'dist/cli.js',
  'review',
  '--base-dir',
  'examples/canary/base',
  '--head-dir',
  'examples/canary/head',
];
console.log(`$ node ${command.join(' ')}\n`);

const { status, error } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
if (error) console.error(error.message);
// 0 and 1 are answers; anything else means that there was no review.
process.exitCode = status === 0 || status === 1 ? 0 : 1;
