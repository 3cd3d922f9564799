import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS, type Settings } from '../../src/config/settings.ts';
import { toMarkdown } from '../../src/report/markdown.ts';
import { toTerminal } from '../../src/report/terminal.ts';
import type { Review } from '../../src/report/review.ts';
import { review } from '../../src/review.ts';
import { openDirectorySnapshot } from '../../src/source/directory.ts';
import { memorySnapshot } from '../../src/source/memory.ts';
import type { Finding } from '../../src/vocabulary.ts';

const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  today: '2026-11-01',
  rules: ['IST0143', 'spared-localhost-listener'],
};

type Files = Record<string, string>;

async function exampleFiles(side: 'base' | 'head'): Promise<Files> {
  const directory = fileURLToPath(new URL(`../../examples/canary/${side}`, import.meta.url));
  const snapshot = await openDirectorySnapshot(directory);
  const files: Files = {};
  for (const { path } of snapshot.list()) files[path] = new TextDecoder().decode(await snapshot.read(path));
  return files;
}

function reviewOf(base: Files, head: Files): Promise<Review> {
  return review(memorySnapshot('base', base), memorySnapshot('head', head), SETTINGS);
}

function introduced({ environments }: Review, rule: string): Finding[] {
  return environments
    .flatMap(({ findings }) => findings)
    .filter((finding) => finding.status === 'introduced' && finding.rule === rule);
}

const names = (findings: readonly Finding[]): string[] =>
  findings
    .map(({ resource, level }) => `${level} ${resource.kind} ${resource.namespace}/${resource.name}`)
    .sort();

/** An application in namespace shop, whose Service leads to its port. */
function app(name: string, port: number, container: string, rest = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: main
${container.replace(/^/gm, '          ')}
${rest.replace(/^/gm, '      ')}
---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    app: ${name}
  ports:
    - name: tcp
      port: ${port}
`;
}

const SILENT: Files = {
  'apps/shop/sessions.yaml': app(
    'sessions',
    6379,
    'image: redis:7\nargs: [/etc/redis/redis.conf]\nvolumeMounts:\n  - { name: config, mountPath: /etc/redis }',
    'volumes:\n  - { name: config, configMap: { name: sessions } }',
  ),
  'apps/shop/sessions-config.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: sessions\n  namespace: shop\ndata:\n  redis.conf: |\n    # what it listens on\n    bind 127.0.0.1\n    port 6379\n',
  'apps/shop/admin.yaml': app('admin', 8000, 'image: admin:3\ncommand: [python, manage.py, runserver]'),
  'apps/shop/mail.yaml': app(
    'mail',
    8080,
    'image: mail:1\nenv:\n  - name: SERVER_ADDRESS\n    value: "localhost"',
  ),
};

const INNOCENT: Files = {
  'apps/shop/search.yaml': app(
    'search',
    8080,
    'image: search:1\nargs: [--db=127.0.0.1:8080, --listen=:8080]',
  ),
  'apps/shop/orders.yaml': app(
    'orders',
    9090,
    'image: orders:1\nargs: [--listen=127.0.0.1:8080, --metrics-addr=:9090]',
  ),
  'apps/shop/pay.yaml': app('pay', 8080, 'image: pay:1\nenv:\n  - { name: DATABASE_HOST, value: localhost }'),
};

const ALL = [
  'Deployment shop/admin',
  'Deployment shop/cart',
  'Deployment shop/mail',
  'Deployment shop/sessions',
];

async function sides(): Promise<{ base: Files; head: Files }> {
  const more = { ...SILENT, ...INNOCENT };
  return {
    base: { ...(await exampleFiles('base')), ...more },
    head: { ...(await exampleFiles('head')), ...more },
  };
}

const ISTIOD = 'istio/istiod-1.10.0.yaml';
const withSwitch = (files: Files): Files => ({
  ...files,
  [ISTIOD]: (files[ISTIOD] ?? '').replace(
    '            - name: REVISION\n',
    '            - name: PILOT_ENABLE_INBOUND_PASSTHROUGH\n              value: "false"\n            - name: REVISION\n',
  ),
});

describe('from 1.9 to 1.10', () => {
  test('the example names the one application that goes silent', async () => {
    const result = await reviewOf(await exampleFiles('base'), await exampleFiles('head'));
    expect(names(introduced(result, 'IST0143'))).toEqual(['error Deployment shop/cart']);
  });

  test('each silent application is named, and no other', async () => {
    const { base, head } = await sides();
    const found = introduced(await reviewOf(base, head), 'IST0143');
    const expected = [
      'error Deployment shop/cart',
      'error Deployment shop/mail',
      'error Deployment shop/sessions',
    ];
    expect(names(found)).toEqual([...expected, 'warning Deployment shop/admin']);
    const sessions = found.find(({ resource }) => resource.name === 'sessions');
    expect(sessions?.at).toMatchObject({ file: 'apps/shop/sessions-config.yaml', line: 9 });
    for (const { evidence } of found) {
      const says = evidence.map((each) => each.says);
      expect(says).toContain('before this change the control plane is 1.9.5');
      expect(says).toContain('after it, it is 1.10.0');
    }
  });

  test('with the escape hatch set, nothing breaks, and it says why', async () => {
    const { base, head } = await sides();
    const result = await reviewOf(base, withSwitch(head));
    expect(introduced(result, 'IST0143')).toEqual([]);
    const [spared, ...others] = introduced(result, 'spared-localhost-listener');
    expect(others).toEqual([]);
    expect(spared).toMatchObject({ level: 'info', at: { file: ISTIOD } });
    expect(spared?.message).toContain('PILOT_ENABLE_INBOUND_PASSTHROUGH=false is set');
    for (const name of ALL) expect(spared?.message).toContain(name);
    expect(toMarkdown(result)).toContain('still sends inbound traffic to localhost');
  });

  test('with a Sidecar for one, that one is spared, and it says why', async () => {
    const { base, head } = await sides();
    const sidecar = `apiVersion: networking.istio.io/v1beta1
kind: Sidecar
metadata: { name: cart, namespace: shop }
spec:
  workloadSelector: { labels: { app: cart } }
  ingress:
    - port: { number: 8080, protocol: HTTP, name: http }
      defaultEndpoint: 127.0.0.1:8080
`;
    const result = await reviewOf(base, { ...head, 'apps/shop/sidecar.yaml': sidecar });
    expect(names(introduced(result, 'IST0143'))).not.toContain('error Deployment shop/cart');
    const spared = introduced(result, 'spared-localhost-listener');
    expect(spared.map(({ message }) => message)).toEqual([
      expect.stringContaining('It is spared: Sidecar cart sends the port to 127.0.0.1:8080.'),
    ]);
  });
});

describe('other steps', () => {
  const mesh = (version: string, extra = ''): Files => ({
    'istio.yaml': `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: istio, namespace: istio-system }\nspec:\n  tag: ${version}\n${extra}`,
    'namespace.yaml':
      'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels: { istio-injection: enabled }\n',
  });
  const MAIL: Files = { 'mail.yaml': SILENT['apps/shop/mail.yaml'] ?? '' };
  const SWITCH = '  values: { pilot: { env: { PILOT_ENABLE_INBOUND_PASSTHROUGH: "false" } } }\n';

  test('in place across 1.10: what worked breaks', async () => {
    const [found] = introduced(
      await reviewOf({ ...mesh('1.9.9'), ...MAIL }, { ...mesh('1.10.0'), ...MAIL }),
      'IST0143',
    );
    expect(found?.evidence.map(({ says }) => says)).toContain(
      'before this change the control plane is 1.9.9',
    );
  });

  test('beyond 1.10: it is broken already', async () => {
    const result = await reviewOf({ ...mesh('1.18.0'), ...MAIL }, { ...mesh('1.19.0'), ...MAIL });
    expect(introduced(result, 'IST0143')).toEqual([]);
    expect(result.environments.flatMap(({ findings }) => findings).map(({ status }) => status)).toEqual([
      'existing',
    ]);
  });

  test('a new application that listens on localhost never works', async () => {
    const result = await reviewOf(mesh('1.19.0'), { ...mesh('1.19.0'), ...MAIL });
    expect(names(introduced(result, 'IST0143'))).toEqual(['error Deployment shop/mail']);
  });

  test('1.21 no longer reads the switch of 1.10', async () => {
    const before = { ...mesh('1.20.0', SWITCH), ...MAIL };
    const result = await reviewOf(before, { ...mesh('1.21.0', SWITCH), ...MAIL });
    const [found] = introduced(result, 'IST0143');
    expect(found?.level).toBe('error');
    expect(found?.evidence.map(({ says }) => says)).toContain(
      'PILOT_ENABLE_INBOUND_PASSTHROUGH=false is set, but Istio 1.21 and later do not read it',
    );
  });

  test('on 1.9 with the switch already set there is nothing to say', async () => {
    const result = await reviewOf(mesh('1.9.0', SWITCH), { ...mesh('1.9.0', SWITCH), ...MAIL });
    expect(result.environments.flatMap(({ findings }) => findings)).toEqual([]);
  });
});

describe('the edit that mends it', () => {
  test('leaves the rest of the line as it is, and what it mends is not found again', async () => {
    const { base, head } = await sides();
    const first = await reviewOf(base, head);
    const mended: Files = { ...head };
    const edits = introduced(first, 'IST0143').flatMap(({ fix }) => (fix ? [fix] : []));
    expect(edits.map(({ file, startLine, text }) => `${file}:${startLine} ${text.trim()}`).sort()).toEqual([
      'apps/shop/cart.yaml:21 - --listen-address=0.0.0.0:8080',
      'apps/shop/mail.yaml:17 value: "0.0.0.0"',
      'apps/shop/sessions-config.yaml:9 bind 0.0.0.0',
    ]);
    for (const { file, startLine, endLine, text } of edits) {
      const lines = (mended[file] ?? '').split('\n');
      lines.splice(startLine - 1, endLine - startLine + 1, text);
      mended[file] = lines.join('\n');
    }
    const second = await reviewOf(base, mended);
    expect(names(introduced(second, 'IST0143'))).toEqual(['warning Deployment shop/admin']);
  });

  test('stands where a generated ConfigMap gets its text from', async () => {
    const at = (name: string, image: string, port: number, mount: string): string =>
      app(
        name,
        port,
        `image: ${image}\nports: [{ containerPort: ${port} }]\n${mount}`,
        `volumes:\n  - { name: config, configMap: { name: ${name} } }`,
      );
    const files: Files = {
      'app/kustomization.yaml':
        'resources: [namespace.yaml, cache.yaml, web.yaml, api.yaml]\nconfigMapGenerator:\n  - { name: cache, namespace: shop, files: [redis.conf] }\n  - name: web\n    namespace: shop\n    literals:\n      - LISTEN_ADDR=127.0.0.1:8080\n  - { name: api, namespace: shop, envs: [api.env] }\n',
      'app/redis.conf': 'port 6379\n# where it listens\nbind 127.0.0.1\n',
      'app/api.env': 'A=1\nLISTEN_ADDR=localhost:9000\n',
      'app/cache.yaml': at(
        'cache',
        'redis:7',
        6379,
        'volumeMounts: [{ name: config, mountPath: /etc/redis }]',
      ),
      'app/web.yaml': at('web', 'web:1', 8080, 'envFrom: [{ configMapRef: { name: web } }]'),
      'app/api.yaml': at('api', 'api:1', 9000, 'envFrom: [{ configMapRef: { name: api } }]'),
      'app/namespace.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels: { istio-injection: enabled }\n',
    };
    const fixes = introduced(await reviewOf({}, files), 'IST0143').map(({ fix }) => fix);
    expect(fixes.map((fix) => `${fix?.file}:${fix?.startLine} ${fix?.text.trim()}`).sort()).toEqual([
      'app/api.env:2 LISTEN_ADDR=0.0.0.0:9000',
      'app/kustomization.yaml:7 - LISTEN_ADDR=0.0.0.0:8080',
      'app/redis.conf:3 bind 0.0.0.0',
    ]);
  });

  test('shows no secret that stands beside the address', async () => {
    const secret = 'hunter2';
    const files = {
      'a.yaml': app(
        'a',
        8778,
        `image: a:1\nargs: ["-javaagent:/jolokia.jar=port=8778,password=${secret},host=127.0.0.1", "--listen=127.0.0.1:9", "--password=${secret}"]`,
      ),
      'namespace.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels: { istio-injection: enabled }\n',
    };
    const found = introduced(await reviewOf({}, files), 'IST0143');
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).not.toContain(secret);
  });

  test('is shown in the terminal', async () => {
    const { base, head } = await sides();
    const shown = toTerminal(await reviewOf(base, head), { color: false });
    expect(shown).toContain('--listen-address=0.0.0.0:8080');
  });

  test.each([
    ['an IPv6 address without quotes', '- --listen=[::1]:8080', '- --listen=[::]:8080'],
    ['two addresses in a line', '- --listen=127.0.0.1:8080 --peer=127.0.0.1:1', undefined],
    [
      'a flow list',
      '[--listen=127.0.0.1:8080, --db=127.0.0.1:5432]',
      '[--listen=0.0.0.0:8080, --db=127.0.0.1:5432]',
    ],
    ['a value filled in', '- --listen=$(HOST):8080', undefined],
  ])('%s', async (_, written, expected) => {
    const args = written.startsWith('[') ? `args: ${written}` : `args:\n  ${written}`;
    const env = 'env:\n  - { name: HOST, value: 127.0.0.1 }';
    const files = {
      'a.yaml': app('a', 8080, `image: a:1\n${args}\n${env}`),
      'namespace.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels: { istio-injection: enabled }\n',
    };
    const [found] = introduced(await reviewOf({}, files), 'IST0143');
    const text = found?.fix?.text.trim();
    expect(text?.replace(/^args: /, '')).toBe(expected);
  });

  test.each([
    [
      'the line of a script that listens',
      'exec greeter --listen 127.0.0.1:8080',
      'exec greeter --listen 0.0.0.0:8080',
    ],
    ['not one that calls the address', 'exec greeter --listen $GREETER_AT', undefined],
    [
      'a file that a script writes',
      'echo "listen: 127.0.0.1:8080" > a.yaml',
      'echo "listen: 0.0.0.0:8080" > a.yaml',
    ],
  ])('in a script: %s', async (_, line, expected) => {
    const script = `- |\n    until curl -sf http://127.0.0.1:8080; do sleep 1; done &\n    ${line}`;
    const env = 'env:\n  - { name: GREETER_AT, value: "127.0.0.1:8080" }';
    const files = {
      'a.yaml': app('a', 8080, `image: a:1\ncommand: [sh, -c]\nargs:\n  ${script}\n${env}`),
      'namespace.yaml':
        'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels: { istio-injection: enabled }\n',
    };
    const [found] = introduced(await reviewOf({}, files), 'IST0143');
    expect(found).toBeDefined();
    expect(found?.fix?.text.trim()).toBe(expected);
  });
});
