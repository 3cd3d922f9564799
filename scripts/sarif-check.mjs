#!/usr/bin/env node
// Holds our SARIF to Microsoft's own validator, with the rules of GitHub's code scanning: a review with every kind of
// finding, and one without any. Fetches @microsoft/sarif-multitool into .cache when it is not there.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const VERSION = '5.7.0';
const root = fileURLToPath(new URL('..', import.meta.url));
const cache = `${root}.cache/sarif`;
const tool = `${cache}/node_modules/@microsoft/sarif-multitool-${process.platform === 'win32' ? 'win32' : process.platform}/Sarif.Multitool`;

/** Advice about how a scanner is built that does not apply: what a review reads has no local root and no build. */
const NOT_FOR_US = new Set([
  'SARIF2003', // version control provenance: the uploader says which commit it is
  'SARIF2004', // smaller files: readable ones are worth more
  'SARIF2005', // the address of the tool: whoever runs a copy has one of their own
  'SARIF2009', // rule ids in the form AB1234: most of ours are names
]);

if (!existsSync(tool)) {
  const install = ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--prefix', cache];
  execFileSync('npm', [...install, `@microsoft/sarif-multitool@${VERSION}`], { stdio: 'inherit' });
}
chmodSync(tool, 0o755);

const demo = ['--base-dir', 'examples/canary/base', '--head-dir', 'examples/canary/head'];
const same = ['--base-dir', 'examples/canary/base', '--head-dir', 'examples/canary/base'];
const problems = [...check('findings', demo), ...check('none', same)];
for (const problem of problems) console.error(problem);
console.log(problems.length === 0 ? 'SARIF: nothing to object to.' : `SARIF: ${problems.length} objections.`);
process.exitCode = problems.length === 0 ? 0 : 1;

function check(name, sides) {
  mkdirSync(cache, { recursive: true });
  const file = `${cache}/${name}.sarif`;
  const options = ['review', ...sides, '--format', 'sarif', '--no-render'];
  const { stdout, stderr } = spawnSync('npx', ['tsx', 'src/cli/entry.ts', ...options], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (stdout === '') throw new Error(stderr);
  writeFileSync(file, stdout);
  return objections(name, file);
}

/** The validator always exits with 0; what it found stands in a SARIF file of its own. */
function objections(name, file) {
  const output = `${cache}/${name}-validated.sarif`;
  const args = ['validate', file, '--rule-kind', 'Sarif;Ghas', '--level', 'Error;Warning', '-o', output];
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  const { error, stdout } = spawnSync(tool, [...args, '--log', 'ForceOverwrite'], { encoding: 'utf8', env });
  if (error || !existsSync(output)) throw new Error(`the validator did not run: ${error?.message ?? stdout}`);
  const [run] = JSON.parse(readFileSync(output, 'utf8')).runs;
  return (run.results ?? [])
    .filter(({ ruleId }) => !NOT_FOR_US.has(ruleId.split('/')[0]))
    .map(({ ruleId, message, locations }) => {
      const line = locations?.[0]?.physicalLocation?.region?.startLine ?? 0;
      return `${name}:${line}: ${ruleId}: ${message.text ?? `${message.id} ${(message.arguments ?? []).join(', ')}`}`;
    });
}
