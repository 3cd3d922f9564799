import { readFileSync } from 'node:fs';
import { afterAll, expect, jest, test } from '@jest/globals';
import { loadAll } from 'js-yaml';
import { ApiServer } from '../../src/cluster/api-server.ts';
import { openKubeconfig } from '../../src/cluster/kubeconfig.ts';
import { precheck } from '../../src/cluster/precheck.ts';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { Workspace } from '../cli/workspace.ts';
import { FakeApiServer } from './fake-api-server.ts';
import { canary, ISTIO_KINDS, kubeconfig, object } from './objects.ts';

jest.setTimeout(60_000);

const workspace = new Workspace();
afterAll(() => workspace.remove());

interface Grant {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** The rules of the ClusterRole and the Role on the page. */
function grantsOfPage(): { readonly cluster: readonly Grant[]; readonly home: readonly Grant[] } {
  const page = readFileSync(new URL('../../docs/precheck.md', import.meta.url), 'utf8');
  const block = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)]
    .map((match) => match[1] ?? '')
    .find((text) => text.includes('ClusterRole'));
  const [cluster, home] = loadAll(block ?? '') as { rules: Grant[] }[];
  return { cluster: cluster?.rules ?? [], home: home?.rules ?? [] };
}

/** `list deployments.apps` of a request; `undefined` for what every account may ask. */
function asked(
  path: string,
):
  | { readonly verb: string; readonly group: string; readonly resource: string; readonly namespace: string }
  | undefined {
  const match = /^\/(?:api\/v1|apis\/([^/]+)\/[^/]+)\/(?:namespaces\/([^/]+)\/)?([a-z]+)(?:\/([^/]+))?$/.exec(
    path,
  );
  if (!match || match[1] === 'authorization.k8s.io') return undefined;
  return {
    verb: match[4] === undefined ? 'list' : 'get',
    group: match[1] ?? '',
    resource: match[3] ?? '',
    namespace: match[2] ?? '',
  };
}

test('the roles on the page allow everything that is asked, and nothing else', async () => {
  const definition = object(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'gateways.networking.istio.io',
    { spec: { versions: [] } },
  );
  const server = await new FakeApiServer([...canary(), definition], {
    custom: {
      ...ISTIO_KINDS,
      'gateway.networking.k8s.io': { v1: { Gateway: 'gateways' } },
      'telemetry.istio.io': { v1: { Telemetry: 'telemetries' } },
      'extensions.istio.io': { v1alpha1: { WasmPlugin: 'wasmplugins' } },
      'install.istio.io': { v1alpha1: { IstioOperator: 'istiooperators' } },
      'sailoperator.io': { v1: { Istio: 'istios' } },
    },
  }).start();
  try {
    workspace.write({ config: kubeconfig(server.url) });
    const { access } = openKubeconfig(`${workspace.directory}/config`, undefined);
    if (!access) throw new Error('no access');
    await precheck(new ApiServer(access), { name: 'cluster' }, DEFAULT_SETTINGS);
    const { cluster, home } = grantsOfPage();
    const used = new Set<string>();
    for (const { path } of server.requests) {
      const need = asked(path);
      if (!need) continue;
      const allows = ({ apiGroups, resources, verbs }: Grant) =>
        apiGroups.includes(need.group) &&
        (resources.includes('*') || resources.includes(need.resource)) &&
        verbs.includes(need.verb);
      const grants = need.namespace === 'istio-system' ? [...cluster, ...home] : cluster;
      expect([path, grants.some(allows)]).toEqual([path, true]);
      used.add(`${need.verb} ${need.group}`).add(`${need.verb} ${need.group}/${need.resource}`);
    }
    for (const { apiGroups, resources, verbs } of [...cluster, ...home]) {
      for (const group of apiGroups) {
        for (const resource of resources) {
          for (const verb of verbs) {
            const name = resource === '*' ? `${verb} ${group}` : `${verb} ${group}/${resource}`;
            expect(used).toContain(name);
          }
        }
      }
    }
  } finally {
    await server.stop();
  }
});
