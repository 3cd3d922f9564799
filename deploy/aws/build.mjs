#!/usr/bin/env node
// Bundles the two functions into deploy/aws/build, which template.yaml uploads. `--outdir DIR` builds elsewhere.
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const { values: options } = parseArgs({
  options: { outdir: { type: 'string', default: join(here, 'build') } },
});

mkdirSync(options.outdir, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: ['receiver.ts', 'worker.ts'],
  outdir: options.outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'esm',
  minify: true,
  // What CommonJS dependencies expect to find in an ES module.
  banner: { js: "import{createRequire as __r}from'node:module';const require=__r(import.meta.url);" },
  logLevel: 'warning',
});
cpSync(join(here, '../../docs/rules'), join(options.outdir, 'docs/rules'), { recursive: true });
