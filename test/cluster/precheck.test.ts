import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { ApiServer } from '../../src/cluster/api-server.ts';
import { openKubeconfig } from '../../src/cluster/kubeconfig.ts';
import { precheck, type PrecheckRequest } from '../../src/cluster/precheck.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/config/settings.ts';
import type { Review } from '../../src/report/review.ts';
import { memorySnapshot } from '../../src/source/memory.ts';
import { FakeApiServer, type ApiObject, type FakeOptions } from './fake-api-server.ts';
import {
  canary,
  controlPlane,
  deployment,
  ISTIO_KINDS,
  kubeconfig,
  namespace,
  object,
  pods,
  service,
} from './objects.ts';
import { Workspace } from '../cli/workspace.ts';

// Each test asks a server some thirty times, some of them for several clusters.
jest.setTimeout(60_000);

const started: FakeApiServer[] = [];
const workspaces: Workspace[] = [];

afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
  for (const one of workspaces.splice(0)) one.remove();
});

const SETTINGS: Settings = { ...DEFAULT_SETTINGS, namespace: 'default', today: '2026-01-01' };

interface Run extends Partial<PrecheckRequest> {
  readonly fake?: FakeOptions;
  readonly settings?: Partial<Settings>;
  /** Milliseconds until a request is given up. */
  readonly patience?: number;
  /** Manifests to apply, by path. */
  readonly manifests?: Readonly<Record<string, string>>;
}

async function run(
  objects: readonly ApiObject[],
  { fake, settings, manifests, patience = 20_000, ...request }: Run = {},
): Promise<Review> {
  const server = await new FakeApiServer(objects, { custom: ISTIO_KINDS, ...fake }).start();
  started.push(server);
  const workspace = new Workspace().write({ config: kubeconfig(server.url) });
  workspaces.push(workspace);
  const { access, problem } = openKubeconfig(`${workspace.directory}/config`, undefined);
  if (!access) throw new Error(problem);
  const limits = { timeout: patience, maxBytes: 1024 * 1024 };
  return precheck(
    new ApiServer(access, limits),
    {
      name: 'cluster test',
      ...request,
      ...(manifests && { files: { tree: memorySnapshot('gitops', manifests), renderers: undefined } }),
    },
    { ...SETTINGS, ...settings },
  );
}

/** `rule Kind namespace/name`, of what is new in a review and of everything otherwise. */
function found({ mode, environments }: Review): string[] {
  return environments
    .flatMap(({ findings }) => findings)
    .filter(({ status }) => mode === 'analyze' || status === 'introduced')
    .map(
      ({ rule, resource: { kind, namespace: home, name } }) =>
        `${rule} ${kind} ${home === '' ? '' : `${home}/`}${name}`,
    )
    .filter((text) => !text.startsWith('end-of-life'))
    .sort();
}

function unchecked({ environments, unchecked: whole }: Review): string[] {
  return [...whole, ...environments.flatMap((one) => one.unchecked)].map(
    ({ what, why }) => `${what}: ${why}`,
  );
}

describe('a cluster as it stands', () => {
  test('a namespace that has moved, and pods that have not', async () => {
    const review = await run(canary());
    expect(found(review)).toEqual(['restart-pending Namespace shop']);
    expect(review.environments[0]?.dataPlane).toEqual([
      { revision: '1-28', versions: ['1.28.3'], workloads: 2, pods: 5 },
    ]);
    expect(unchecked(review)).toEqual([]);
  });

  test('nothing is wrong once they are restarted', async () => {
    const objects = canary().filter(({ kind, metadata }) => kind !== 'Pod' || metadata.namespace !== 'shop');
    const review = await run([...objects, ...pods('shop/cart', 3, { revision: '1-29', version: '1.29.1' })]);
    expect(found(review)).toEqual([]);
    expect(review.verdict).toBe('safe');
  });

  test('a revision that was removed under its proxies', async () => {
    const objects = canary().filter(({ metadata }) => !metadata.name.includes('1-28'));
    const review = await run(objects);
    expect(found(review)).toEqual([
      'dangling-revision Namespace bank',
      'proxy-without-control-plane ClusterState cluster',
      'restart-pending Namespace bank',
      'restart-pending Namespace shop',
    ]);
  });

  test('a control plane that does not run, a webhook without a CA', async () => {
    const objects = [
      namespace('istio-system'),
      namespace('shop', { 'istio-injection': 'enabled' }),
      ...controlPlane('default', '1.29.1', { available: false, ca: '' }),
    ];
    expect(found(await run(objects))).toEqual([
      'revision-unavailable Deployment istio-system/istiod',
      'webhook-without-ca MutatingWebhookConfiguration istio-sidecar-injector',
    ]);
  });

  test('a control plane without replicas is none, though Kubernetes calls it available', async () => {
    const objects = canary().map((one) =>
      one.kind === 'Deployment' && one.metadata.name === 'istiod-1-29'
        ? { ...one, spec: { ...(one['spec'] as object), replicas: 0 } }
        : one,
    );
    expect(found(await run(objects))).toContain('revision-unavailable Deployment istio-system/istiod-1-29');
  });

  test('a webhook whose Service is gone', async () => {
    const objects = canary().filter(
      ({ kind, metadata }) => kind !== 'Service' || metadata.name !== 'istiod-1-29',
    );
    expect(found(await run(objects))).toContain(
      'webhook-without-service MutatingWebhookConfiguration istio-sidecar-injector-1-29',
    );
  });

  test('two injectors that answer for the same pods', async () => {
    const [, , , tag] = controlPlane('default', '1.29.1');
    const webhook = {
      ...tag,
      metadata: {
        name: 'istio-revision-tag-default',
        labels: { 'istio.io/rev': '1-28', 'istio.io/tag': 'default' },
      },
    };
    const review = await run([...canary(), ...controlPlane('default', '1.29.1'), webhook as ApiObject]);
    expect(found(review)).toContain('IST0139 MutatingWebhookConfiguration istio-revision-tag-default');
  });

  test('what the Sail operator makes of its objects counts once', async () => {
    const owner = {
      ownerReferences: [
        { apiVersion: 'sailoperator.io/v1', kind: 'IstioRevision', name: 'default', controller: true },
      ],
    };
    const [istiod, ...others] = controlPlane('default', '1.29.1');
    const review = await run(
      [
        namespace('istio-system'),
        ...(istiod ? [{ ...istiod, metadata: { ...istiod.metadata, ...owner } }] : []),
        ...others,
        object('sailoperator.io/v1', 'Istio', 'default', {
          spec: { version: 'v1.29.1', namespace: 'istio-system' },
        }),
        object(
          'sailoperator.io/v1',
          'IstioRevision',
          'default',
          { spec: { version: 'v1.29.1', namespace: 'istio-system' } },
          owner,
        ),
        object('install.istio.io/v1alpha1', 'IstioOperator', 'istio-system/installed-state', { spec: {} }),
      ],
      {
        fake: {
          custom: {
            'sailoperator.io': { v1: { Istio: 'istios', IstioRevision: 'istiorevisions' } },
            'install.istio.io': { v1alpha1: { IstioOperator: 'istiooperators' } },
          },
        },
      },
    );
    const planes = review.environments[0]?.controlPlanes.map(({ revision, versionText }) => [
      revision,
      versionText.replace(/^v/, ''),
    ]);
    expect(planes).toEqual([['default', '1.29.1']]);
  });

  test('an old cluster, and CRDs that are older than Istio', async () => {
    const definition = object(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      'virtualservices.networking.istio.io',
      {
        spec: { group: 'networking.istio.io', versions: [{ name: 'v1beta1', served: true, storage: true }] },
        status: { storedVersions: ['v1alpha3', 'v1beta1'] },
      },
    );
    const review = await run([...canary(), definition], { fake: { version: 'v1.27.9-eks-1' } });
    expect(found(review)).toEqual(
      expect.arrayContaining([
        'IST0142 ControlPlane istio-system/istiod-1-29',
        'crd-too-old ControlPlane istio-system/istiod-1-29',
        'stored-version-not-served ClusterState cluster',
      ]),
    );
  });

  test('permissions: those of an installer in part, and those of a reader', async () => {
    const some = await run(canary(), { fake: { mayCreate: (resource) => resource !== 'clusterroles' } });
    expect(found(some)).toContain('IST0141 ClusterState cluster');
    const none = await run(canary(), { fake: { mayCreate: () => false } });
    expect(found(none)).not.toContain('IST0141 ClusterState cluster');
    expect(unchecked(none)).toContain('permissions to install Istio: this account may only read');
  });

  test('what the cluster does not have does not exist', async () => {
    const route = object('networking.istio.io/v1', 'VirtualService', 'shop/cart', {
      spec: { hosts: ['cart'], http: [{ route: [{ destination: { host: 'crat' } }] }] },
    });
    expect(found(await run([...canary(), route]))).toContain('IST0101 VirtualService shop/cart');
    const hidden = await run([...canary(), route], { fake: { status: { '/api/v1/services': 403 } } });
    expect(found(hidden)).not.toContain('IST0101 VirtualService shop/cart');
    expect(unchecked(hidden)).toContain('services: the account may not read it');
  });

  test('an object counts in the API version it was written in', async () => {
    const old = controlPlane('default', '1.21.0');
    const route = (version: string) =>
      object(
        'networking.istio.io/v1',
        'VirtualService',
        'shop/cart',
        { spec: { hosts: ['cart.example.com'], http: [{ route: [{ destination: { host: 'cart' } }] }] } },
        { managedFields: [{ manager: 'kubectl', apiVersion: version, fieldsV1: { 'f:spec': {} } }] },
      );
    const objects = [namespace('shop'), namespace('istio-system'), service('shop/cart'), ...old];
    const rule = 'upgrade/v1-apis-need-new-crds VirtualService shop/cart';
    expect(found(await run([...objects, route('networking.istio.io/v1')]))).toContain(rule);
    expect(found(await run([...objects, route('networking.istio.io/v1beta1')]))).not.toContain(rule);
  });
});

describe('pods', () => {
  test('one of a set that an operator makes stands for all, as it was before injection', async () => {
    const pod = (index: number) =>
      object(
        'v1',
        'Pod',
        `shop/db-${index}`,
        {
          spec: {
            containers: [
              { name: 'db', image: 'db' },
              { name: 'istio-proxy', image: 'istio/proxyv2:1.28.3' },
            ],
          },
          status: { phase: 'Running' },
        },
        {
          labels: { app: 'db', 'istio.io/rev': '1-28' },
          annotations: { 'sidecar.istio.io/status': '{"containers":["istio-proxy"],"revision":"1-28"}' },
          ownerReferences: [{ kind: 'DatabaseCluster', name: 'db', controller: true }],
        },
      );
    const review = await run([...canary(), pod(0), pod(1)]);
    const [finding] = review.environments[0]?.findings.filter(({ rule }) => rule === 'restart-pending') ?? [];
    expect(finding?.message).toContain('5 pods of 2 workloads still run a proxy of revision 1-28');
    expect(found(review)).toEqual(['restart-pending Namespace shop']);
  });

  test('those of a CronJob, of a Rollout, and of the node agents', async () => {
    const sidecar = { revision: '1-28', version: '1.28.3' };
    const owned = (pod: ApiObject | undefined, kind: string, name: string): ApiObject[] =>
      pod === undefined
        ? []
        : [{ ...pod, metadata: { ...pod.metadata, ownerReferences: [{ kind, name, controller: true }] } }];
    const run1 = object(
      'batch/v1',
      'Job',
      'shop/report-1',
      {},
      {
        ownerReferences: [{ kind: 'CronJob', name: 'report', controller: true }],
      },
    );
    const template = { spec: { containers: [{ name: 'report', image: 'report:1' }] } };
    const review = await run([
      ...canary(),
      object('batch/v1', 'CronJob', 'shop/report', { spec: { jobTemplate: { spec: { template } } } }),
      run1,
      ...owned(pods('shop/report', 1, sidecar)[0], 'Job', 'report-1'),
      ...pods('shop/rollout', 2, sidecar),
      object('apps/v1', 'DaemonSet', 'istio-system/ztunnel', {
        spec: { template: { spec: { containers: [] } } },
      }),
      object(
        'v1',
        'Pod',
        'istio-system/ztunnel-x',
        { spec: { containers: [{ name: 'istio-proxy', image: 'istio/ztunnel:1.29.1' }] } },
        { ownerReferences: [{ kind: 'DaemonSet', name: 'ztunnel', controller: true }] },
      ),
    ]);
    const pending = review.environments[0]?.findings.find(({ rule }) => rule === 'restart-pending');
    expect(pending?.message).toContain('6 pods of 3 workloads');
    expect(pending?.evidence.map(({ says }) => says)).toEqual([
      'CronJob shop/report runs 1 pod of revision 1-28 at 1.28.3',
      'Deployment shop/cart runs 3 pods of revision 1-28 at 1.28.3',
      'Pod shop/rollout-5d4f7c6b9-0 runs 2 pods of revision 1-28 at 1.28.3',
    ]);
    expect(unchecked(review)).toEqual([]);
  });

  test('ended pods and Jobs, and pods that do not say whose proxy they have', async () => {
    const ended = {
      ...pods('shop/cart', 1, { revision: '1-20', version: '1.20.0' })[0],
      status: { phase: 'Succeeded' },
    };
    const job = object('batch/v1', 'Job', 'shop/migrate', {
      spec: { template: { spec: { containers: [] } } },
      status: { conditions: [{ type: 'Complete', status: 'True' }] },
    });
    const silent = object('v1', 'Pod', 'shop/edge', {
      spec: { containers: [{ name: 'istio-proxy', image: 'istio/proxyv2:1.28.3' }] },
    });
    const review = await run([...canary(), ended as ApiObject, job, silent]);
    expect(found(review)).toEqual(['restart-pending Namespace shop']);
    expect(unchecked(review)).toContain('whose proxies pods have: they do not say their revision');
  });
});

describe('what cannot be read is said', () => {
  const lists = { '/api/v1/pods': 403, '/apis/networking.istio.io/v1/gateways': 500 };

  test('a refusal, a defect of the server, an answer that never comes, one that is cut', async () => {
    const review = await run(canary(), {
      patience: 1500,
      fake: {
        status: lists,
        silent: ['/apis/apps/v1/statefulsets'],
        malformed: ['/apis/batch/v1/jobs'],
      },
    });
    expect(unchecked(review)).toEqual(
      expect.arrayContaining([
        'pods: the account may not read it',
        'gateways.networking.istio.io: the API server answers with 500',
        'statefulsets.apps: the API server took too long',
        'jobs.batch: the answer is not JSON',
      ]),
    );
    expect(review.verdict).toBe('unknown');
  });

  test('an answer beyond the limit', async () => {
    const large = object('v1', 'Service', 'shop/large', {
      spec: { externalName: 'x'.repeat(2 * 1024 * 1024) },
    });
    expect(unchecked(await run([...canary(), large]))).toContain('services: the answer is larger than 1 MB');
  });

  test('with rights in one namespace its labels count, and what is elsewhere is not said to be missing', async () => {
    const status = {
      '/api/v1/namespaces': 403,
      '/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations': 403,
    };
    const route = object('networking.istio.io/v1', 'VirtualService', 'shop/r', {
      spec: { hosts: ['r.example.com'], http: [{ route: [{ destination: { host: 'ledger.bank' } }] }] },
    });
    const review = await run([...canary(), route], { fake: { status }, namespace: 'shop' });
    expect(found(review)).toEqual(['restart-pending Namespace shop']);
    expect(unchecked(review)).toContain('namespaces: the account may not read it');
  });

  test('kinds of a group', async () => {
    const review = await run(canary(), { fake: { status: { '/apis/security.istio.io/v1': 503 } } });
    expect(unchecked(review)).toContain('kinds of security.istio.io: the API server answers with 503');
  });

  test('an account that may list nothing', async () => {
    const paths = ['namespaces', 'services', 'pods'].map((plural) => `/api/v1/${plural}`);
    const apps = ['deployments', 'statefulsets', 'daemonsets'].map((plural) => `/apis/apps/v1/${plural}`);
    const others = [
      ...['jobs', 'cronjobs'].map((plural) => `/apis/batch/v1/${plural}`),
      ...['mutating', 'validating'].map(
        (sort) => `/apis/admissionregistration.k8s.io/v1/${sort}webhookconfigurations`,
      ),
    ];
    const status = Object.fromEntries([...paths, ...apps, ...others].map((path) => [path, 403]));
    await expect(run(canary(), { fake: { status, custom: {} } })).rejects.toMatchObject({
      name: 'ClusterError',
      code: 'unreachable',
      message: expect.stringContaining('may list nothing'),
    });
  });
});

describe('lists in pages', () => {
  const many = Array.from({ length: 1200 }, (_, index) => service(`shop/s${index}`));

  test('are read whole', async () => {
    const review = await run([...canary(), ...many]);
    expect(review.environments[0]?.resources).toBeGreaterThan(1200);
    expect(unchecked(review)).toEqual([]);
  });

  test('start anew when a continuation has expired, and do not count twice', async () => {
    const whole = await run([...canary(), ...many]);
    const again = await run([...canary(), ...many], { fake: { expired: { '/api/v1/services': 'once' } } });
    expect(again.environments[0]?.resources).toBe(whole.environments[0]?.resources);
    const never = await run([...canary(), ...many], { fake: { expired: { '/api/v1/services': 'always' } } });
    expect(unchecked(never)).toContain(
      'services: the list expires faster than it can be read, after 500 objects',
    );
  });
});

describe('manifests that are to be applied', () => {
  const ns = (name: string, revision: string) =>
    `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n  labels: { istio.io/rev: ${revision} }\n`;

  test('what they change', async () => {
    const review = await run(canary(), { manifests: { 'bank.yaml': ns('bank', '1-29') } });
    expect(review.environments[0]?.changes.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      'namespace-moves-revision bank',
    ]);
    expect(found(review)).toEqual([]);
    expect(review.environments[0]?.plan?.steps.length).toBeGreaterThan(0);
  });

  test('pods that wait for a restart already are no news', async () => {
    const review = await run(canary(), { manifests: { 'bank.yaml': ns('bank', '1-29') } });
    const pending = review.environments[0]?.findings.filter(({ rule }) => rule === 'restart-pending');
    expect(pending?.map(({ status, resource }) => `${status} ${resource.name}`)).toEqual(['existing shop']);
  });

  test('labels that somebody set by hand stay; those of the last manifest go', async () => {
    const plain = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: bank, labels: { team: money } }\n';
    const others = canary().filter(({ kind, metadata }) => kind !== 'Namespace' || metadata.name !== 'bank');
    const labels = { 'istio.io/rev': '1-28' };
    const byHand = namespace('bank', labels, {
      managedFields: [{ manager: 'kubectl-label', operation: 'Update' }],
    });
    const kept = await run([...others, byHand], { manifests: { 'bank.yaml': plain } });
    expect(kept.environments[0]?.changes).toEqual([]);
    const f = { 'f:metadata': { 'f:labels': { 'f:istio.io/rev': {} } } };
    const applied = namespace('bank', labels, {
      managedFields: [{ manager: 'kustomize-controller', operation: 'Apply', fieldsV1: f }],
    });
    const gone = await run([...others, applied], { manifests: { 'bank.yaml': plain } });
    expect(gone.environments[0]?.changes.map(({ kind }) => kind)).toEqual(['workload-loses-sidecar']);
  });

  test('a reference that neither the cluster nor the manifests hold', async () => {
    const route = (host: string) =>
      `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: r, namespace: shop }\nspec:\n  hosts: [r.example.com]\n  http:\n    - route: [{ destination: { host: ${host} } }]\n`;
    expect(found(await run(canary(), { manifests: { 'r.yaml': route('cart') } }))).toEqual([]);
    const broken = await run(canary(), { manifests: { 'r.yaml': route('crat') } });
    expect(found(broken)).toEqual(['IST0101 VirtualService shop/r']);
    expect(broken.environments[0]?.findings.find(({ rule }) => rule === 'IST0101')?.at.file).toBe('r.yaml');
  });

  test('a release takes the place of the istiod that runs', async () => {
    const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: istiod-1-28, namespace: istio-system }
spec:
  chart: { spec: { chart: istiod, version: 1.29.2, sourceRef: { kind: HelmRepository, name: istio } } }
  values: { revision: 1-28 }
`;
    const review = await run(canary(), { manifests: { 'istiod.yaml': release } });
    expect(review.environments[0]?.changes.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['revision-upgraded-in-place', '1.28.3', '1.29.2'],
    ]);
    expect(found(review).join()).not.toContain('install-method-changes');
  });

  test('several environments: one has to be chosen', async () => {
    const manifests = {
      'clusters/a/kustomization.yaml': 'resources: [ns.yaml]\n',
      'clusters/a/ns.yaml': ns('bank', '1-29'),
      'clusters/b/kustomization.yaml': 'resources: [ns.yaml]\n',
      'clusters/b/ns.yaml': ns('bank', '1-28'),
    };
    await expect(run(canary(), { manifests })).rejects.toMatchObject({ code: 'usage' });
    const review = await run(canary(), { manifests, settings: { environment: 'a' } });
    expect(review.environments[0]?.changes).toHaveLength(1);
  });
});

describe('versions', () => {
  test('what another version does', async () => {
    const route = object('networking.istio.io/v1', 'DestinationRule', 'shop/x', {
      spec: { host: 'api.example.com', trafficPolicy: { tls: { mode: 'SIMPLE' } } },
    });
    const objects = [
      namespace('shop', { 'istio-injection': 'enabled' }),
      namespace('istio-system'),
      ...controlPlane('default', '1.20.3'),
      deployment('shop/cart'),
      route,
    ];
    const review = await run(objects, { to: { major: 1, minor: 21, patch: undefined } });
    expect(found(review)).toContain('upgrade/verify-certificate-at-client DestinationRule shop/x');
    expect(review.head).toBe('cluster test at Istio 1.21');
    const since = await run(objects, { from: { major: 1, minor: 19, patch: 0 } });
    expect(since.environments[0]?.changes.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['revision-upgraded-in-place', '1.19.0', '1.20.3'],
    ]);
  });

  test('a way to where it is already, and a revision that is not there', async () => {
    const version = { major: 1, minor: 29, patch: undefined };
    await expect(run(canary(), { from: version, revision: '1-29' })).rejects.toMatchObject({ code: 'usage' });
    await expect(run(canary(), { from: version, revision: '1-30' })).rejects.toThrow(
      'no control plane of revision',
    );
  });
});
