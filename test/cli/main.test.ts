import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { FORMATS } from '../../src/report/formats.ts';
import { HEALTHY, NAMESPACE, route, run, service, Workspace } from './workspace.ts';

const workspaces: Workspace[] = [];
function workspace(): Workspace {
  const created = new Workspace();
  workspaces.push(created);
  return created;
}
afterAll(() => {
  for (const each of workspaces) each.remove();
});

/** A repository whose branch `feature` takes away the Service that a route names. */
let broken: Workspace;
/** A repository whose branch `feature` changes nothing that matters. */
let harmless: Workspace;

beforeAll(() => {
  broken = workspace().write(HEALTHY).init().git('switch', '-q', '-c', 'feature');
  broken.delete('shop/service.yaml').commit('remove the service');
  harmless = workspace().write(HEALTHY).init().git('switch', '-q', '-c', 'feature');
  harmless.write({ 'README.md': 'hello\n' }).commit('say hello');
});

describe('commands', () => {
  test('without a command there is help, and the wrong exit code', async () => {
    const { code, stdout, stderr } = await run([]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Commands:');
  });

  test('--version and --help', async () => {
    const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
    expect((await run(['--version'])).stdout).toBe(`istio-upgrade-guard ${version}\n`);
    expect(await run(['--help'])).toMatchObject({ code: 0, stderr: '' });
    expect((await run(['review', '--help'])).stdout).toContain('--base-dir DIR');
    expect((await run(['help', 'analyze'])).stdout).toContain('--closed-world');
  });

  test('a misspelt command', async () => {
    const { code, stderr } = await run(['reveiw']);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no command "reveiw" (did you mean review?).');
  });
});

describe('rules and explain', () => {
  test('rules lists every rule in three formats', async () => {
    const rules = JSON.parse((await run(['rules', '--format', 'json'])).stdout) as { id: string }[];
    expect(rules.map(({ id }) => id)).toContain('IST0101');
    const { stdout } = await run(['rules']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(rules.length);
    expect((await run(['rules', '--format', 'markdown'])).stdout).toContain('| `IST0101` | error |');
    expect((await run(['rules', '--format', 'sarif'])).code).toBe(2);
  });

  test('explain shows the page of a rule, else what the rule says of itself', async () => {
    const pages = workspace();
    mkdirSync(join(pages.directory, 'rules'));
    writeFileSync(join(pages.directory, 'rules/IST0101.md'), '# The page\n');
    const rulePages = pathToFileURL(`${pages.directory}/rules/`);
    expect(await run(['explain', 'IST0101'], { rulePages })).toMatchObject({
      code: 0,
      stdout: '# The page\n',
    });
    expect((await run(['explain', 'ist0101'])).stdout).toMatch(
      /^IST0101 \([a-z-]+\), error\n[^]*What to do:/,
    );
  });

  test('explain shows of a hazard its section of the page of a release, and no notes for editors', async () => {
    const pages = workspace();
    const page =
      '<!-- edit me -->\n\n# 1.10\n\n## first\n\nno\n\n## global-trustdomain-removed\n\nSee [x](x.md).\n\n## last\n';
    writeFileSync(join(pages.directory, 'upgrade-1.10.md'), page);
    const rulePages = pathToFileURL(`${pages.directory}/`);
    const { stdout } = await run(['explain', 'upgrade/global-trustdomain-removed'], { rulePages });
    expect(stdout).toBe('## global-trustdomain-removed\n\nSee x.\n');
  });

  test('explain without pages names what a review fills in, and shows no braces', async () => {
    const { stdout } = await run(['explain', 'upgrade/auto-sni']);
    expect(stdout).toContain('Concerned: <places>.');
    expect(stdout).not.toMatch(/[{}]/);
  });

  test('explain refuses what is no rule', async () => {
    expect((await run(['explain', 'IST010'])).stderr).toContain('did you mean IST0101?');
    expect(await run(['explain', '../../../etc/passwd'])).toMatchObject({ code: 2, stdout: '' });
    expect((await run(['explain'])).code).toBe(2);
  });
});

describe('review of a git repository', () => {
  test('compares the branch with where it left the default branch', async () => {
    const { code, stdout, stderr } = await run(['review'], { cwd: broken.directory });
    expect(stderr).toBe('');
    expect(stdout).toContain('UNSAFE  This change introduces 1 error');
    expect(stdout).toMatch(/IST0101 {2}VirtualService shop\/cart\n +shop\/route\.yaml:12/);
    expect(code).toBe(1);
  });

  test.each(FORMATS)('exit codes are the same with --format %s', async (format) => {
    const findings = await run(['review', '--format', format], { cwd: broken.directory });
    expect([findings.code, findings.stderr]).toEqual([1, '']);
    expect(findings.stdout).toContain('IST0101');
    const nothing = await run(['review', '--format', format, '--repo', harmless.directory]);
    expect([nothing.code, nothing.stderr]).toEqual([0, '']);
    const unknown = await run(['review', '--format', format, '--base', 'nowhere'], { cwd: broken.directory });
    expect([unknown.code, unknown.stdout]).toEqual([3, '']);
    const wrong = await run(['review', '--format', format, '--rules', 'IST9'], { cwd: broken.directory });
    expect([wrong.code, wrong.stdout]).toEqual([2, '']);
  });

  test('an explicit base is taken as it is, and the other way round nothing is wrong', async () => {
    const { code, stdout } = await run(['review', '--base', 'feature', '--head', 'main'], {
      cwd: broken.directory,
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^feature → main\nSAFE/);
  });

  test.each([
    ['never', 0],
    ['info', 1],
  ])('--fail-on %s', async (level, code) => {
    expect((await run(['review', '--fail-on', level], { cwd: broken.directory })).code).toBe(code);
  });

  test('--suppress, --rules', async () => {
    const cwd = broken.directory;
    expect((await run(['review', '--suppress', 'IST0101=VirtualService shop/*'], { cwd })).code).toBe(0);
    expect((await run(['review', '--suppress', 'IST0101=VirtualService other/*'], { cwd })).code).toBe(1);
    expect((await run(['review', '--rules', 'IST0118'], { cwd })).code).toBe(0);
    expect((await run(['review', '--suppress', 'IST0101'], { cwd })).code).toBe(2);
  });

  test('--worktree reviews what is not committed', async () => {
    const { directory } = workspace().write(HEALTHY).init().delete('shop/service.yaml');
    expect((await run(['review'], { cwd: directory })).code).toBe(0);
    expect((await run(['review', '--worktree'], { cwd: directory })).code).toBe(1);
  });

  test('a first commit has no base', async () => {
    const { directory } = workspace().write(HEALTHY).init();
    const { code, stdout } = await run(['review'], { cwd: directory });
    expect(code).toBe(0);
    expect(stdout).toContain('first commit →');
  });

  test('--environment that does not exist is no silence', async () => {
    const { code, stderr } = await run(['review', '--environment', 'prdo'], { cwd: broken.directory });
    expect(code).toBe(2);
    expect(stderr).toContain('no environment "prdo"');
  });

  test('--output writes the report there and nothing to standard output', async () => {
    const outcome = await run(['review', '--format', 'json', '--output', 'out.json'], {
      cwd: broken.directory,
    });
    expect(outcome).toEqual({ code: 1, stdout: '', stderr: '' });
    const file = join(broken.directory, 'out.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ verdict: 'unsafe' });
    const nowhere = await run(['review', '--output', 'no/such/dir.txt'], { cwd: broken.directory });
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toContain('cannot be written');
    expect(existsSync(join(broken.directory, 'no'))).toBe(false);
  });

  test('two runs give the same bytes', async () => {
    const argv = ['review', '--format', 'json'];
    const cwd = broken.directory;
    expect((await run(argv, { cwd })).stdout).toBe((await run(argv, { cwd })).stdout);
  });

  test.each([
    [['review', 'shop'], 'review takes no path such as "shop".'],
    [['review', '--head', 'a', '--worktree'], '--head and --worktree exclude each other.'],
    [['review', '--base-dir', 'a'], '--base-dir and --head-dir belong together.'],
    [['review', '--base-dir', 'a', '--head-dir', 'b', '--base', 'c'], '--base is about git'],
    [['review', '--format', 'xml'], '--format does not know "xml".'],
    [['review', '--fail-on', 'fatal'], '--fail-on does not know "fatal".'],
  ])('%j is refused', async (argv, message) => {
    const { code, stdout, stderr } = await run(argv, { cwd: broken.directory });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  test('what is no repository is a review that did not come about', async () => {
    const { code, stderr } = await run(['review'], { cwd: workspace().directory });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^istio-upgrade-guard: .+\n$/);
  });
});

describe('settings', () => {
  const FILE = '.github/istio-upgrade-guard.yml';

  test('come from the base: a change cannot relax the rules it is judged by', async () => {
    const { directory } = workspace()
      .write(HEALTHY)
      .init()
      .git('switch', '-q', '-c', 'feature')
      .delete('shop/service.yaml')
      .write({ [FILE]: 'rules:\n  IST0101: off\n' })
      .commit('silence the rule');
    expect((await run(['review'], { cwd: directory })).code).toBe(1);
    expect((await run(['review', '--config', FILE], { cwd: directory })).code).toBe(0);
  });

  test('of the base are in force, and the command line overrides them', async () => {
    const { directory } = workspace()
      .write({ ...HEALTHY, [FILE]: 'failOn: never\n' })
      .init()
      .git('switch', '-q', '-c', 'feature')
      .delete('shop/service.yaml')
      .commit('remove the service');
    expect((await run(['review'], { cwd: directory })).code).toBe(0);
    expect((await run(['review', '--fail-on', 'error'], { cwd: directory })).code).toBe(1);
  });

  test('with a mistake are named by line, on the change that makes it', async () => {
    const { directory } = workspace()
      .write(HEALTHY)
      .init()
      .git('switch', '-q', '-c', 'feature')
      .write({ [FILE]: 'failOn: error\nrulez: {}\n' })
      .commit('settings');
    const { code, stdout, stderr } = await run(['review'], { cwd: directory });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`${FILE}:2:1: unknown key "rulez"; did you mean "rules"?\n`);
  });

  test('whose mistake only the base has do not stop the change that mends it', async () => {
    const { directory } = workspace()
      .write({ ...HEALTHY, [FILE]: 'failOn: never\nrulez: {}\n' })
      .init()
      .git('switch', '-q', '-c', 'feature')
      .delete('shop/service.yaml')
      .write({ [FILE]: 'failOn: error\n' })
      .commit('mend the settings');
    expect((await run(['review'], { cwd: directory })).code).toBe(0);
  });

  test('an expired suppression is none', async () => {
    const suppression = (until: string) =>
      `suppressions:\n  - rule: IST0101\n    resource: '*'\n    reason: later\n    until: ${until}\n`;
    const { directory } = workspace().write({
      'a.yaml': suppression('2026-06-01'),
      'b.yaml': suppression('2026-05-31'),
    });
    const argv = ['review', '--repo', broken.directory, '--config'];
    expect((await run([...argv, 'a.yaml'], { cwd: directory })).code).toBe(0);
    const expired = await run([...argv, 'b.yaml'], { cwd: directory });
    expect(expired.code).toBe(1);
    const said = 'The suppression of IST0101 for';
    expect(expired.stdout.replace(/\s+/g, ' ')).toContain(`Note: ${said} * ended on 2026-05-31`);
    const markdown = await run([...argv, 'b.yaml', '--format', 'markdown'], { cwd: directory });
    expect(markdown.stdout).toContain(`- ${said}`);
  });
});

describe('review of directories', () => {
  test('needs no git', async () => {
    const { directory } = workspace().write({
      'base/ns.yaml': NAMESPACE,
      'base/svc.yaml': service('cart'),
      'base/vs.yaml': route('cart'),
      'head/ns.yaml': NAMESPACE,
      'head/vs.yaml': route('cart'),
    });
    const { code, stdout } = await run(['review', '--base-dir', 'base', '--head-dir', 'head'], {
      cwd: directory,
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^base → head\n/);
    expect(stdout).toContain('vs.yaml:12');
    expect(
      (await run(['review', '--base-dir', 'base', '--head-dir', 'nowhere'], { cwd: directory })).code,
    ).toBe(3);
  });
});

describe('analyze', () => {
  const manifests = `${NAMESPACE}---\n${route('missing')}`;

  test('files and directories', async () => {
    const { directory } = workspace().write({ 'a/all.yaml': manifests });
    const { code, stdout } = await run(['analyze', 'a', '--closed-world'], { cwd: directory });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^1 error/);
    expect(stdout).toContain('a/all.yaml:');
    const json = JSON.parse(
      (await run(['analyze', 'a', '--closed-world', '--format', 'json'], { cwd: directory })).stdout,
    );
    expect(json.mode).toBe('analyze');
    expect(json.environments[0].findings[0]).not.toHaveProperty('status');
  });

  test('standard input', async () => {
    const stdin = () => Promise.resolve(new TextEncoder().encode(manifests));
    const { code, stdout } = await run(['analyze', '-', '--closed-world'], { stdin });
    expect(code).toBe(1);
    expect(stdout).toContain('stdin.yaml:');
  });

  test('the open world does not say that something is missing which may be elsewhere', async () => {
    const stdin = () => Promise.resolve(new TextEncoder().encode(route('elsewhere')));
    expect((await run(['analyze', '-'], { stdin })).code).toBe(0);
    expect((await run(['analyze', '-', '--closed-world'], { stdin })).code).toBe(1);
  });

  test('--cluster gives each path an environment of its own', async () => {
    const { directory } = workspace().write({ 'east/all.yaml': manifests, 'west/all.yaml': NAMESPACE });
    const argv = [
      'analyze',
      '--cluster',
      'east=east',
      '--cluster',
      'west=west',
      '--closed-world',
      '--format',
      'json',
    ];
    const { stdout } = await run(argv, { cwd: directory });
    const environments = JSON.parse(stdout).environments as { name: string; findings: unknown[] }[];
    expect(environments.map(({ name, findings }) => [name, findings.length > 0])).toEqual([
      ['east', true],
      ['west', false],
    ]);
    expect((await run(['analyze', '--cluster', 'east'], { cwd: directory })).code).toBe(2);
    expect((await run(['analyze', '--cluster', 'east=../east'], { cwd: directory })).code).toBe(2);
  });

  test('settings of the working directory', async () => {
    const { directory } = workspace().write({
      'a/all.yaml': manifests,
      '.github/istio-upgrade-guard.yml': 'rules:\n  IST0101: off\n',
    });
    expect((await run(['analyze', 'a', '--closed-world'], { cwd: directory })).code).toBe(0);
  });

  test('a MeshConfig from a file', async () => {
    const { directory } = workspace().write({
      'a/all.yaml': manifests,
      'list.yaml': '- a\n',
      'bad.yaml': 'a: [\n',
      'mesh.yaml': 'rootNamespace: mesh\n',
    });
    const withFile = (file: string) => run(['analyze', 'a', '--mesh-config', file], { cwd: directory });
    expect((await withFile('mesh.yaml')).stderr).toBe('');
    expect((await withFile('list.yaml')).stderr).toContain('does not hold one YAML mapping');
    expect((await withFile('bad.yaml')).stderr).toContain('bad.yaml:');
    expect((await withFile('none.yaml')).stderr).toContain('--mesh-config none.yaml cannot be read.');
  });

  test('without a path, or with one that does not exist', async () => {
    expect((await run(['analyze'])).code).toBe(2);
    expect((await run(['analyze', '/no/such/path'])).code).toBe(3);
  });
});

describe('colour', () => {
  test.each([
    [true, {}, true],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
    [false, {}, false],
  ])('terminal %s, environment %j: %s', async (isTTY, env, colored) => {
    let text = '';
    const stdout = { write: (piece: string) => (text += piece), isTTY };
    await run(['review'], { cwd: harmless.directory, stdout, env });
    expect(text.includes('\u001b[')).toBe(colored);
  });
});
