import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { findTools } from '../../src/render/tools.ts';
import { realTools, TOOLS_DIRECTORY } from './real-tools.ts';

let bin = '';
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'tools-test-'));
});
afterEach(() => rmSync(bin, { recursive: true }));

/** A program that answers whatever it is asked with `script`. */
function program(name: string, script: string, directory = bin): void {
  writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(directory, name), 0o755);
}

test('the real tools are found, with their versions', async () => {
  const { helm, kustomize, missing } = await realTools();
  expect(helm).toEqual({ name: 'helm', version: '4.2.3', command: [join(TOOLS_DIRECTORY, 'helm')] });
  expect(kustomize).toEqual({
    name: 'kustomize',
    version: '5.8.1',
    command: [join(TOOLS_DIRECTORY, 'kubectl'), 'kustomize'],
  });
  expect(missing).toEqual({});
});

test('no tools: each is missing, with the reason', async () => {
  expect((await findTools({ path: bin })).missing).toEqual({
    helm: 'there is no helm on the PATH',
    kustomize: 'there is neither kustomize nor kubectl on the PATH',
  });
});

test.each([
  ['v5.4.3', '5.4.3'],
  [
    '{Version:kustomize/v4.5.7 GitCommit:5629 BuildDate:2022-08-02T16:35:54Z GoOs:linux GoArch:amd64}',
    '4.5.7',
  ],
])('kustomize that says %s is version %s', async (says, version) => {
  program('kustomize', `echo '${says}'`);
  const { kustomize } = await findTools({ path: bin });
  expect(kustomize).toEqual({ name: 'kustomize', version, command: [join(bin, 'kustomize'), 'build'] });
});

test.each([
  ['an unexpected answer', 'echo hello', 'does not tell its version'],
  ['no answer', 'exit 0', 'does not tell its version'],
  ['a failure', 'echo v3.18.0; exit 1', 'does not tell its version'],
  ['Helm 2', 'echo v2.17.0', 'is version 2.17.0'],
  ['a Helm that cannot skip schemas', 'echo v3.15.4', 'is version 3.15.4'],
  ['a Helm of the future', 'echo v5.0.0', 'is version 5.0.0'],
  ['endless output', 'while :; do echo v3.18.0; done', 'wrote more than'],
])('helm with %s is not used', async (_, script, why) => {
  program('helm', script);
  const { helm, missing } = await findTools({ path: bin });
  expect(helm).toBeUndefined();
  expect(missing.helm).toContain(why);
});

test('a helm that hangs is given up', async () => {
  program('helm', 'while :; do :; done');
  expect((await findTools({ path: bin })).missing.helm).toMatch(/took longer than|processor time/);
}, 15_000);

test('kubectl stands in for a kustomize that cannot be used', async () => {
  program('kustomize', 'echo v3.0.0');
  program('kubectl', `echo '{"clientVersion": {}, "kustomizeVersion": "v5.7.1"}'`);
  const { kustomize, missing } = await findTools({ path: bin });
  expect(kustomize?.command).toEqual([join(bin, 'kubectl'), 'kustomize']);
  expect(missing.kustomize).toBeUndefined();
});

test('neither relative entries of the path nor those of the repository are searched', async () => {
  const inside = join(bin, 'repository/node_modules/.bin');
  mkdirSync(inside, { recursive: true });
  program('helm', 'echo v3.18.0', inside);
  const untrusted = [join(bin, 'repository')];
  expect((await findTools({ path: inside })).helm).toBeDefined();
  expect((await findTools({ path: inside, untrusted })).helm).toBeUndefined();
  const path = ['', '.', relative(process.cwd(), inside)].join(delimiter);
  expect((await findTools({ path })).helm).toBeUndefined();
});
