#!/usr/bin/env node
// Bundles the command line, the App's server and the Action into dist/, where they run without an install. `--check`
// builds in memory and fails when a committed file differs; `--outdir DIR` builds elsewhere.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

const { values: options } = parseArgs({
  options: { check: { type: 'boolean' }, outdir: { type: 'string', default: join(root, 'dist') } },
});

/** A module that is imported when it is needed becomes a file of its own beside the one that imports it. */
function apart(name, filter, path) {
  return {
    name,
    setup({ onResolve }) {
      onResolve({ filter }, ({ kind }) => (kind === 'dynamic-import' ? { path, external: true } : undefined));
    },
  };
}

/** What only jobs behind a proxy need: the others need not load it. */
const PROXY_APART = apart('proxy-apart', /\/proxy\.ts$/, './action-proxy.js');
/** The command line loads the server for `serve` alone: Probot is larger than all the rest. */
const SERVER_APART = apart('server-apart', /\/app\/serve\.ts$/, './app.js');
/** And the Kubernetes client for `precheck` alone. */
const CLUSTER_APART = apart('cluster-apart', /\/cluster\/kubeconfig\.ts$/, './kubeconfig.js');

/** Every job of a workflow loads these. Text of one byte a character is what the engine reads fastest. */
const QUICK = { minify: true, charset: 'ascii', legalComments: 'eof', plugins: [PROXY_APART] };

/** [entries by file name, further options]: every file under dist/. */
const BUNDLES = [
  [{ cli: 'src/cli/entry.ts' }, { plugins: [SERVER_APART, CLUSTER_APART] }],
  [{ app: 'src/app/serve.ts' }, {}],
  [{ kubeconfig: 'src/cluster/kubeconfig.ts' }, {}],
  // The action starts with what asks GitHub, and loads what reviews while GitHub answers; what both need is a third file.
  [
    { action: 'src/action/main.ts', 'action-review': 'src/action/review-change.ts' },
    { ...QUICK, splitting: true, chunkNames: 'action-shared' },
  ],
  [{ 'action-proxy': 'src/action/proxy.ts' }, QUICK],
];

/** What CommonJS dependencies expect to find in an ES module. */
const BANNER = [
  '#!/usr/bin/env node',
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
].join('\n');

async function bundle([entryPoints, further]) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: options.outdir,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // Names stay readable for whoever reviews the committed file.
    minifySyntax: true,
    charset: 'utf8',
    legalComments: 'inline',
    banner: { js: BANNER },
    logLevel: 'warning',
    ...further,
  });
  return outputFiles.map(({ path, contents }) => ({
    path: join(options.outdir, basename(path)),
    bytes: contents,
  }));
}

const bundles = (await Promise.all(BUNDLES.map(bundle))).flat();
const stale = options.check ? bundles.filter(({ path, bytes }) => !isCurrent(path, bytes)) : [];
for (const { path } of stale)
  console.error(`${shown(path)} is not what the sources give: run npm run build.`);
if (!options.check) bundles.forEach(write);
process.exitCode = stale.length > 0 ? 1 : 0;

function write({ path, bytes }) {
  mkdirSync(options.outdir, { recursive: true });
  writeFileSync(path, bytes);
  chmodSync(path, 0o755);
  console.log(`${shown(path)} ${Math.round(bytes.length / 1024)} KB`);
}

function isCurrent(path, bytes) {
  try {
    return readFileSync(path).equals(bytes);
  } catch {
    return false;
  }
}

function shown(path) {
  return relative(process.cwd(), path);
}
