import { describe, expect, test } from '@jest/globals';
import { effectiveMeshConfig } from '../../src/mesh/mesh-config.ts';
import type { ControlPlane } from '../../src/mesh/mesh.ts';

function controlPlane(revision: string, meshConfig: Record<string, unknown>): ControlPlane {
  return {
    revision,
    version: undefined,
    versionText: '',
    installer: 'helm',
    namespace: 'istio-system',
    at: { file: 'a', line: 1, column: 1, endLine: 1 },
    confidence: 'certain',
    resource: undefined,
    meshConfig,
    env: {},
    injectsByDefault: false,
    neverInject: [],
    alwaysInject: [],
  };
}

test('Istio’s defaults without a control plane', () => {
  expect(effectiveMeshConfig([], undefined)).toMatchObject({
    rootNamespace: 'istio-system',
    ingressService: 'istio-ingressgateway',
    ingressControllerMode: 'STRICT',
    defaultProviders: {},
    defaultConfig: { proxyMetadata: {} },
  });
});

describe('merging', () => {
  const names = (config: Record<string, unknown>) =>
    (config['extensionProviders'] as { name: string }[]).map(({ name }) => name);

  test('fields replace, lists of providers add up by name, proxyMetadata merges by key', () => {
    const own = controlPlane('default', {
      trustDomain: 'one',
      trustDomainAliases: ['b'],
      extensionProviders: [{ name: 'envoy', own: true }, { name: 'otel' }],
      defaultConfig: { holdApplicationUntilProxyStarts: true, proxyMetadata: { A: '1' } },
    });
    const config = effectiveMeshConfig([own], {
      trustDomain: 'two',
      trustDomainAliases: ['a'],
      defaultConfig: { proxyMetadata: { B: '2' } },
    });
    expect(config).toMatchObject({
      trustDomain: 'two',
      trustDomainAliases: ['a', 'b'],
      defaultConfig: { holdApplicationUntilProxyStarts: true, proxyMetadata: { A: '1', B: '2' } },
    });
    expect(names(config)).toEqual(['prometheus', 'stackdriver', 'envoy', 'otel']);
  });

  test('null and wrong types change nothing', () => {
    const own = controlPlane('default', { rootNamespace: null, extensionProviders: 'x' });
    const config = effectiveMeshConfig([own], undefined);
    expect(config['rootNamespace']).toBe('istio-system');
    expect(names(config)).toHaveLength(3);
  });
});

describe('which control plane speaks', () => {
  const [blue, green, unnamed] = ['blue', 'green', 'default'].map((name) =>
    controlPlane(name, { rootNamespace: name }),
  ) as [ControlPlane, ControlPlane, ControlPlane];
  const root = (planes: ControlPlane[], revision?: string) =>
    effectiveMeshConfig(planes, undefined, revision)['rootNamespace'];

  test('the named one, the only one, the default one, else none', () => {
    expect(root([blue, green], 'green')).toBe('green');
    expect(root([blue])).toBe('blue');
    expect(root([blue, unnamed])).toBe('default');
    expect(root([blue, green])).toBe('istio-system');
    expect(root([blue], 'gone')).toBe('istio-system');
  });
});
