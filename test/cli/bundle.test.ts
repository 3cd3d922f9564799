import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { FORMATS } from '../../src/report/formats.ts';
import { CERTIFICATE, FakeApiServer } from '../cluster/fake-api-server.ts';
import { canary, ISTIO_KINDS, kubeconfig, namespace } from '../cluster/objects.ts';
import { NAMESPACE, route, service, Workspace } from './workspace.ts';

const NAME = '@everyone <img src=x> \u001b[31m%0A::error::x';

/** The bundle as it ships, built from the sources as they are. */
const outdir = mkdtempSync(join(tmpdir(), 'guard-dist-'));
const cli = join(outdir, 'cli.js');
const workspaces: Workspace[] = [];

beforeAll(() => {
  // As in the package: the file is an ES module because its package says so.
  writeFileSync(join(outdir, 'package.json'), '{"type":"module"}');
  const script = fileURLToPath(new URL('../../scripts/bundle.mjs', import.meta.url));
  const { status, stderr } = spawnSync(process.execPath, [script, '--outdir', outdir], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
});

afterAll(() => {
  rmSync(outdir, { recursive: true, force: true });
  for (const each of workspaces) each.remove();
});

function workspace(): Workspace {
  const created = new Workspace();
  workspaces.push(created);
  return created;
}

function guard(args: readonly string[], cwd: string, input?: string) {
  return spawnSync(process.execPath, [cli, ...args], {
    cwd,
    encoding: 'utf8',
    ...(input !== undefined && { input }),
  });
}

test('the file can be run by itself', () => {
  expect(statSync(cli).mode & 0o111).toBe(0o111);
  expect(spawnSync(cli, ['--version'], { encoding: 'utf8' }).stdout).toMatch(/^istio-upgrade-guard \d/);
});

test('every exit code', () => {
  const { directory } = workspace().write({ 'ns.yaml': NAMESPACE, 'vs.yaml': route('gone') });
  expect(guard(['analyze', 'ns.yaml'], directory).status).toBe(0);
  expect(guard(['analyze', '.', '--closed-world'], directory).status).toBe(1);
  expect(guard(['analyze', '--nonsense'], directory).status).toBe(2);
  expect(guard(['review'], directory).status).toBe(3);
  expect(guard(['analyze', '-', '--closed-world'], directory, route('gone')).status).toBe(1);
});

describe('precheck', () => {
  /** The server runs in this process, so the command must not block it. */
  async function precheck(config: string, ...args: string[]) {
    const { directory } = workspace().write({ config });
    const child = spawn(process.execPath, [cli, 'precheck', '--kubeconfig', 'config', ...args], {
      cwd: directory,
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    return { code, stdout, stderr };
  }

  jest.setTimeout(60_000);

  test('of a cluster, over TLS and with a credential plugin', async () => {
    const server = await new FakeApiServer(canary(), {
      custom: ISTIO_KINDS,
      tls: true,
      token: 'tok',
    }).start();
    try {
      const answer = JSON.stringify({ kind: 'ExecCredential', status: { token: 'tok' } });
      const exec = { command: process.execPath, args: ['-e', `console.log(${JSON.stringify(answer)})`] };
      const cluster = { 'certificate-authority-data': CERTIFICATE.toString('base64') };
      const config = kubeconfig(server.url, { user: { exec }, cluster });
      const found = await precheck(config, '--fail-on', 'warning');
      expect([found.code, found.stderr]).toEqual([1, '']);
      expect(found.stdout).toContain('restart-pending  Namespace shop');
      const unknown = await precheck(config, '--context', 'staging');
      expect([unknown.code, unknown.stdout]).toEqual([2, '']);
    } finally {
      await server.stop();
    }
  });

  test('of a cluster that is not there, and of one with hostile names', async () => {
    const gone = await precheck(kubeconfig('https://127.0.0.1:1'));
    expect(gone).toEqual({
      code: 3,
      stdout: '',
      stderr:
        'istio-upgrade-guard: The API server 127.0.0.1:1 cannot be reached: the connection is refused.\n',
    });
    const objects = [...canary(), namespace('x', { 'istio.io/rev': NAME })];
    const server = await new FakeApiServer(objects, { custom: ISTIO_KINDS, version: NAME }).start();
    try {
      const { code, stdout } = await precheck(kubeconfig(server.url));
      expect(code).toBe(1);
      expect(stdout).toContain('dangling-revision');
      // eslint-disable-next-line no-control-regex
      expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    } finally {
      await server.stop();
    }
  });

  test('the Kubernetes client stays out of what every command loads', () => {
    expect(statSync(join(outdir, 'kubeconfig.js')).size).toBeGreaterThan(1_000_000);
    expect(readFileSync(cli, 'utf8')).not.toContain('class KubeConfig');
  });
});

test('a reader who has seen enough is no failure', async () => {
  const routes = Array.from({ length: 2000 }, (_, i) => route(`gone-${i}`, `r${i}`)).join('---\n');
  const { directory } = workspace().write({ 'vs.yaml': routes });
  const child = spawn(process.execPath, [cli, 'analyze', '.', '--closed-world'], { cwd: directory });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect([code, stderr]).toEqual([1, '']);
});

test.each(FORMATS)('hostile names of files and objects stay text in %s', (format) => {
  const hostile = route('cart').replace('name: cart', `name: ${JSON.stringify(NAME)}`);
  const { directory } = workspace()
    .write({
      'ns.yaml': NAMESPACE,
      'svc.yaml': service('cart'),
      [`a\n${NAME.replaceAll('/', '')}.yaml`]: hostile,
    })
    .init()
    .git('switch', '-q', '-c', 'feature')
    .delete('svc.yaml')
    .commit('x');
  const { status, stdout, stderr } = guard(['review', '--format', format], directory);
  expect([status, stderr]).toEqual([1, '']);
  expect(stdout).toContain('IST0101');
  // eslint-disable-next-line no-control-regex
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  if (format === 'github') {
    const commands = stdout.trimEnd().split('\n');
    expect(commands.every((line) => /^::(error|warning|notice) /.test(line))).toBe(true);
  }
  if (format === 'junit') expect(stdout).not.toContain('<img');
  if (format === 'json' || format === 'sarif') expect(() => JSON.parse(stdout) as unknown).not.toThrow();
});
