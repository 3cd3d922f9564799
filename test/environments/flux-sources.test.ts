import { describe, expect, test } from '@jest/globals';
import { discover, find, flux, kustomization, object, service, splitOf } from './repository-of.ts';

const repository = (name: string, url: string): string =>
  object('source.toolkit.fluxcd.io/v1', 'GitRepository', `flux-system/${name}`, `spec:\n  url: ${url}\n`);

const fromSource = (name: string, path: string, kind: string, source: string): string =>
  flux(name, path)
    .replace('kind: GitRepository', `kind: ${kind}`)
    .replace(/name: flux-system\n$/, `name: ${source}\n`);

const servicesOf = async (files: Readonly<Record<string, string>>): Promise<Record<string, string[]>> => {
  const split = await splitOf(files);
  return Object.fromEntries(
    Object.entries(split).map(([name, ids]) => [name, ids.filter((id) => id.startsWith('Service '))]),
  );
};

describe('a source under another name', () => {
  const entry = `${repository('flux-system', 'https://git.example.com/me/home.git')}---\n${flux('root', './kubernetes')}`;

  test('is this repository when its paths exist here, also where another source leads to it', async () => {
    const split = await servicesOf({
      'kubernetes/flux-system/gotk-sync.yaml': entry,
      'kubernetes/flux/apps.yaml': fromSource('apps', './kubernetes/apps', 'GitRepository', 'home'),
      'kubernetes/apps/kustomization.yaml': kustomization('resources: [ks.yaml]\n'),
      'kubernetes/apps/ks.yaml': fromSource('web', './kubernetes/apps/web/app', 'GitRepository', 'home'),
      'kubernetes/apps/web/app/web.yaml': service('shop/web'),
    });
    expect(split).toEqual({ default: ['Service shop/web'] });
  });

  test('is this repository when it has the same address, however that is written', async () => {
    const files = (url: string): Record<string, string> => ({
      'kubernetes/flux-system/gotk-sync.yaml': entry,
      'kubernetes/sources.yaml': repository('home', url),
      'kubernetes/all.yaml': fromSource('all', './', 'GitRepository', 'home'),
      'web.yaml': service('shop/web'),
    });
    expect(await servicesOf(files('ssh://git@git.example.com/me/home'))).toEqual({
      default: ['Service shop/web'],
    });
    expect(await servicesOf(files('https://git.example.com/other/home'))).toEqual({ default: [] });
  });
});

test('an artefact pushed from a folder: its paths count from there', async () => {
  const files = {
    'kubernetes/flux-system/sync.yaml': fromSource('root', './flux-system/configs', 'OCIRepository', 'home'),
    'kubernetes/flux-system/configs/apps.yaml': fromSource('apps', './apps/web', 'OCIRepository', 'home'),
    'kubernetes/apps/web/web.yaml': service('shop/web'),
    'terraform/notes.yaml': service('not/deployed'),
  };
  expect(await servicesOf(files)).toEqual({ default: ['Service shop/web'] });
});

test('paths of an artefact that lie below two folders say nothing', async () => {
  const files = {
    'sync.yaml': fromSource('root', './apps/web', 'OCIRepository', 'app'),
    'other.yaml': fromSource('other', './apps/db', 'OCIRepository', 'app'),
    'one/apps/web/web.yaml': service('one/web'),
    'one/apps/db/db.yaml': service('one/db'),
    'two/apps/web/web.yaml': service('two/web'),
    'two/apps/db/db.yaml': service('two/db'),
  };
  const { environments } = await discover(files);
  expect(environments.map(({ because }) => because)).not.toContainEqual(expect.stringContaining('Flux'));
});

test('what lies beside an entry point is applied with it; the rest of the repository is not', async () => {
  const { environments } = await discover({
    'clusters/prod/apps.yaml': flux(
      'apps',
      './apps',
      '  postBuild:\n    substituteFrom:\n      - kind: ConfigMap\n        name: versions\n',
    ),
    'clusters/prod/versions.yaml': object('v1', 'ConfigMap', 'flux-system/versions', 'data:\n  V: 1-28\n'),
    'apps/web.yaml': object('v1', 'Service', 'shop/web', 'spec:\n  externalName: "${V}"\n'),
    'elsewhere/web.yaml': service('elsewhere/web'),
  });
  expect(environments).toHaveLength(1);
  expect(environments[0]?.files).toEqual(
    new Set(['apps/web.yaml', 'clusters/prod/apps.yaml', 'clusters/prod/versions.yaml']),
  );
  expect(find(environments[0], 'Service shop/web').body['spec']).toEqual({ externalName: '1-28' });
});

test('a Kustomization that two others apply gets what the more particular one does to it', async () => {
  const patches = `  patches:
    - target:
        kind: Kustomization
      patch: |-
        apiVersion: kustomize.toolkit.fluxcd.io/v1
        kind: Kustomization
        metadata:
          name: not-used
        spec:
          targetNamespace: patched
`;
  const split = await servicesOf({
    'kubernetes/flux-system/sync.yaml': flux('root', './kubernetes'),
    'kubernetes/flux/apps.yaml': flux('apps', './kubernetes/apps', patches),
    'kubernetes/apps/a/kustomization.yaml': kustomization('resources: [ks.yaml]\n'),
    'kubernetes/apps/a/ks.yaml': flux('a', './kubernetes/apps/a/app'),
    'kubernetes/apps/a/app/web.yaml': service('web'),
  });
  expect(split).toEqual({ default: ['Service patched/web'] });
});
