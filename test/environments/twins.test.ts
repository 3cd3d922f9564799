import { describe, expect, test } from '@jest/globals';
import { discover, kustomization, object, service, type Files } from './repository-of.ts';

async function twinsOf(files: Files): Promise<string[]> {
  const { environments } = await discover(files);
  return environments.flatMap(({ twins = [] }) =>
    twins.map(({ first, second, by }) => {
      const [a, b] = [first, second].map((resource) => resource.origin.at(['metadata', 'name']).file);
      return `${by}: ${second.kind} ${second.namespace}/${second.name} in ${a ?? ''} and ${b ?? ''}`;
    }),
  );
}

describe('one identity twice in a build', () => {
  test('across files, across included directories, and in one file', async () => {
    expect(
      await twinsOf({
        'kustomization.yaml': kustomization('namespace: shop\nresources: [a, b, c.yaml]\n'),
        'a/kustomization.yaml': kustomization('resources: [web.yaml]\n'),
        'a/web.yaml': service('web'),
        'b/kustomization.yaml': kustomization('resources: [web.yaml]\n'),
        'b/web.yaml': service('web'),
        'c.yaml': `${service('api')}---\n${service('api')}`,
      }),
    ).toEqual([
      'kustomize .: Service /web in a/web.yaml and b/web.yaml',
      'kustomize .: Service /api in c.yaml and c.yaml',
    ]);
  });

  test('a component that brings what its includer has', async () => {
    expect(
      await twinsOf({
        'kustomization.yaml': kustomization('resources: [web.yaml]\ncomponents: [extra]\n'),
        'web.yaml': service('web'),
        'extra/kustomization.yaml': kustomization('resources: [web.yaml]\n').replace(
          'Kustomization',
          'Component',
        ),
        'extra/web.yaml': service('web'),
      }),
    ).toEqual(['kustomize extra: Service /web in web.yaml and extra/web.yaml']);
  });

  test('not when an included kustomization moves or renames one, nor where plugins may', async () => {
    const two = (inner: string, outer = ''): Files => ({
      'kustomization.yaml': kustomization(`resources: [a, web.yaml]\n${outer}`),
      'a/kustomization.yaml': kustomization(`resources: [web.yaml]\n${inner}`),
      'a/web.yaml': service('web'),
      'web.yaml': service('web'),
    });
    expect(await twinsOf(two(''))).toHaveLength(1);
    expect(await twinsOf(two('namespace: shop\n'))).toEqual([]);
    expect(await twinsOf(two('nameSuffix: -a\n'))).toEqual([]);
    expect(await twinsOf(two('transformers: [prefix.yaml]\n'))).toEqual([]);
  });

  test('an object without a namespace is one of default', async () => {
    const files = (name: string): Files => ({
      'kustomization.yaml': kustomization('resources: [all.yaml]\n'),
      'all.yaml': `${service('web')}---\n${service(name)}`,
    });
    expect(await twinsOf(files('default/web'))).toHaveLength(1);
    expect(await twinsOf(files('shop/web'))).toEqual([]);
  });
});

describe('patches of what a remote base holds', () => {
  const filter = object(
    'networking.istio.io/v1alpha3',
    'EnvoyFilter',
    'istio-system/authn',
    'spec:\n  workloadSelectors: {}\n',
  );
  const patched = async (resources: string, patches = 'patchesStrategicMerge: [filter.yaml]\n') => {
    const { environments } = await discover({
      'kustomization.yaml': kustomization(`resources: ${resources}\n${patches}`),
      'web.yaml': service('web'),
      'own.yaml': object('networking.istio.io/v1alpha3', 'EnvoyFilter', 'istio-system/authn', 'spec: {}\n'),
      'filter.yaml': filter,
    });
    return environments.flatMap(({ patches: found = [] }) =>
      found.map(
        (patch) =>
          `${patch.kind} ${patch.name} at line ${patch.origin.at(['spec', 'workloadSelectors'], 'key').line}`,
      ),
    );
  };

  test('are kept as what they say, at their own lines', async () => {
    expect(await patched('[github.com/org/base?ref=v1]')).toEqual(['EnvoyFilter authn at line 7']);
  });

  test('not when the object is here, nor without a remote base', async () => {
    expect(await patched('[github.com/org/base?ref=v1, own.yaml]')).toEqual([]);
    expect(await patched('[web.yaml]')).toEqual([]);
  });
});
