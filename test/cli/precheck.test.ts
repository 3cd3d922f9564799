import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CERTIFICATE, FakeApiServer, type ApiObject, type FakeOptions } from '../cluster/fake-api-server.ts';
import { canary, controlPlane, ISTIO_KINDS, kubeconfig, namespace } from '../cluster/objects.ts';
import { run, Workspace } from './workspace.ts';

// Each test asks a server some thirty times, some of them for several clusters.
jest.setTimeout(60_000);

const workspace = new Workspace();
const started: FakeApiServer[] = [];
const HOME = process.env['HOME'];
const KUBECONFIG = process.env['KUBECONFIG'];

beforeAll(() => {
  process.env['HOME'] = workspace.directory;
  delete process.env['KUBECONFIG'];
});

afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

afterAll(() => {
  process.env['HOME'] = HOME;
  if (KUBECONFIG !== undefined) process.env['KUBECONFIG'] = KUBECONFIG;
  workspace.remove();
});

async function serve(objects: readonly ApiObject[], options: FakeOptions = {}): Promise<FakeApiServer> {
  const server = await new FakeApiServer(objects, { custom: ISTIO_KINDS, ...options }).start();
  started.push(server);
  return server;
}

function precheck(...args: string[]) {
  return run(['precheck', '--kubeconfig', 'config', ...args], { cwd: workspace.directory });
}

describe('exit codes', () => {
  test('0, and 1 for findings at the level', async () => {
    const { url } = await serve(canary());
    workspace.write({ config: kubeconfig(url) });
    expect((await precheck()).code).toBe(0);
    expect((await precheck('--fail-on', 'warning')).code).toBe(1);
  });

  test.each([
    [['--context', 'nope'], 'The kubeconfig has no context "nope"; it has prod.'],
    [['--from-version', 'two'], '--from-version "two" is no version of Istio.'],
    [['--to-version', '1.30', '.'], '--to-version and files exclude each other.'],
    [['--revision', '1-30'], 'The cluster has no control plane of revision "1-30".'],
    [['--to-version', '1.29', '--revision', '1-29'], 'The cluster runs Istio 1.29 already.'],
    [['--kubeconfig=missing'], '--kubeconfig is given twice.'],
  ])('2 for %j', async (args, message) => {
    const { url } = await serve(canary());
    workspace.write({ config: kubeconfig(url) });
    const { code, stderr, stdout } = await precheck(...args);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });

  test('2 for a kubeconfig that is none, without a word of what is in it', async () => {
    workspace.write({ config: 'users: [{ user: { token: s3cret }\n - x' });
    const { code, stderr } = await precheck();
    expect(code).toBe(2);
    expect(stderr).toContain('config cannot be read as a kubeconfig.');
    expect(stderr).not.toContain('s3cret');
  });

  test('3 for a cluster that does not answer, in one sentence and without credentials', async () => {
    workspace.write({ config: kubeconfig('https://user:s3cret@127.0.0.1:1/k8s') });
    const { code, stderr, stdout } = await precheck();
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toBe(
      'istio-upgrade-guard: The API server 127.0.0.1:1 cannot be reached: the connection is refused.\n',
    );
  });
});

describe('authentication', () => {
  const token = 'tok-4711';

  test('a token, and one that is not accepted', async () => {
    const { url } = await serve(canary(), { token });
    workspace.write({ config: kubeconfig(url, { user: { token } }) });
    expect((await precheck()).code).toBe(0);
    workspace.write({ config: kubeconfig(url, { user: { token: 'wrong-token' } }) });
    const { code, stderr } = await precheck();
    expect(code).toBe(3);
    expect(stderr).toContain('does not accept these credentials');
    expect(stderr).not.toContain('wrong-token');
  });

  test('the credential plugin that the kubeconfig names', async () => {
    const { url } = await serve(canary(), { token });
    const answer = { kind: 'ExecCredential', status: { token } };
    const script = `JSON.parse(process.env.KUBERNETES_EXEC_INFO); console.log(${JSON.stringify(JSON.stringify(answer))})`;
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', script],
    };
    workspace.write({ config: kubeconfig(url, { user: { exec } }) });
    expect((await precheck()).code).toBe(0);
    const failing = { ...exec, args: ['-e', 'console.error("token s3cret"); process.exit(1)'] };
    workspace.write({ config: kubeconfig(url, { user: { exec: failing } }) });
    const { code, stderr } = await precheck();
    expect(code).toBe(3);
    expect(stderr).toContain('The credentials of context "prod" cannot be had.');
    expect(stderr).not.toContain('s3cret');
  });

  test('TLS: only a certificate that the kubeconfig trusts', async () => {
    const { url } = await serve(canary(), { tls: true });
    const trusted = { 'certificate-authority-data': CERTIFICATE.toString('base64') };
    workspace.write({ config: kubeconfig(url, { cluster: trusted }) });
    expect((await precheck()).code).toBe(0);
    workspace.write({ config: kubeconfig(url) });
    const { code, stderr } = await precheck();
    expect(code).toBe(3);
    expect(stderr).toContain('its certificate is signed by nobody the kubeconfig trusts');
  });

  test('the kubeconfig of the environment, and none', async () => {
    const { url } = await serve(canary());
    workspace.write({ '.kube/config': kubeconfig(url) });
    expect((await run(['precheck'], { cwd: workspace.directory })).code).toBe(0);
    workspace.delete('.kube');
    const { code, stderr } = await run(['precheck'], { cwd: workspace.directory });
    expect(code).toBe(2);
    expect(stderr).toContain('There is no kubeconfig');
  });
});

describe('what is asked', () => {
  test('nothing is changed, and no Secret is read', async () => {
    const server = await serve(canary());
    workspace.write({ config: kubeconfig(server.url) });
    await precheck();
    const posts = server.requests.filter(({ method }) => method !== 'GET').map(({ path }) => path);
    expect(new Set(posts)).toEqual(new Set(['/apis/authorization.k8s.io/v1/selfsubjectaccessreviews']));
    expect(server.requests.filter(({ path }) => path.includes('secrets'))).toEqual([]);
    const configMaps = server.requests
      .filter(({ path }) => path.includes('configmaps'))
      .map(({ path }) => path);
    expect(configMaps.every((path) => path.startsWith('/api/v1/namespaces/istio-system/configmaps/'))).toBe(
      true,
    );
    expect(configMaps).toContain('/api/v1/namespaces/istio-system/configmaps/istio-1-28');
  });

  test('with --namespace only that one and those of the control planes', async () => {
    const server = await serve(canary());
    workspace.write({ config: kubeconfig(server.url) });
    const { code, stdout } = await precheck('--namespace', 'bank', '--format', 'json');
    expect(code).toBe(0);
    const pods = server.requests.filter(({ path }) => path.endsWith('/pods')).map(({ path }) => path);
    expect(pods).toEqual(['/api/v1/namespaces/bank/pods', '/api/v1/namespaces/istio-system/pods']);
    const [environment] = (JSON.parse(stdout) as { environments: { dataPlane: unknown }[] }).environments;
    expect(environment?.dataPlane).toEqual([
      { revision: '1-28', versions: ['1.28.3'], workloads: 1, pods: 2 },
    ]);
  });
});

describe('reports', () => {
  test('every format tells the same finding, and none a value of the cluster that is nobody’s business', async () => {
    const annotations = { 'kubectl.kubernetes.io/last-applied-configuration': '{"env":"s3cret"}' };
    const { url } = await serve([...canary(), namespace('lab', {}, { annotations })]);
    workspace.write({ config: kubeconfig(url, { user: { token: 's3cret' } }) });
    for (const format of ['terminal', 'markdown', 'json', 'sarif', 'junit', 'github']) {
      const { code, stdout } = await precheck('--format', format);
      expect([format, code]).toEqual([format, 0]);
      expect(stdout).toContain('restart-pending');
      expect(stdout).not.toContain('s3cret');
    }
  });

  test('the same bytes for the same cluster, whatever order it lists in', async () => {
    const one = await serve(canary());
    workspace.write({ config: kubeconfig(one.url) });
    const first = await precheck('--format', 'json');
    const other = await serve(canary().reverse());
    workspace.write({ config: kubeconfig(other.url) });
    expect((await precheck('--format', 'json')).stdout).toBe(first.stdout);
  });

  test('what runs on which revision', async () => {
    const { url } = await serve(canary());
    workspace.write({ config: kubeconfig(url) });
    expect((await precheck()).stdout).toContain('proxies on 1-28 (1.28.3): 5 pods of 2 workloads');
  });

  test('manifests from standard input, against the cluster', async () => {
    const { url } = await serve([
      ...controlPlane('1-29', '1.29.1'),
      namespace('shop', { 'istio.io/rev': '1-29' }),
    ]);
    workspace.write({ config: kubeconfig(url) });
    const text =
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { istio.io/rev: 1-30 } }\n';
    const { code, stdout } = await run(['precheck', '--kubeconfig', 'config', '-'], {
      cwd: workspace.directory,
      stdin: () => Promise.resolve(new TextEncoder().encode(text)),
    });
    expect(code).toBe(1);
    expect(stdout).toContain('cluster prod → cluster prod with -');
    expect(stdout).toContain('dangling-revision');
  });
});
