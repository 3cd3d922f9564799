import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { buildMesh } from '../../src/mesh/build.ts';
import type { Mesh } from '../../src/mesh/mesh.ts';
import { planOf } from '../../src/plan/plan.ts';
import { environmentOf } from '../mesh/from-yaml.ts';

const plane = (revision: string, version: string, namespace = 'istio-system') => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: "istiod-${revision}", namespace: ${namespace} }
spec:
  chart: { spec: { chart: istiod, version: "${version}", sourceRef: { kind: HelmRepository, name: istio } } }
  values: { revision: "${revision}" }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: istio, namespace: ${namespace} }
spec: { url: "https://istio-release.storage.googleapis.com/charts" }
`;
const namespace = (name: string, label: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { ${label} } }
`;
const tag = (name: string, revision: string) => `
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: istio-revision-tag-${name}, labels: { istio.io/tag: ${name}, istio.io/rev: ${revision} } }
webhooks: []
`;

const meshOf = (...parts: readonly string[]): Mesh =>
  buildMesh(environmentOf(parts.join('---')), DEFAULT_SETTINGS);
const planned = (base: Mesh, head: Mesh) =>
  planOf(base, head, DEFAULT_SETTINGS, () => Promise.resolve(undefined));

const OLD = plane('1-28-3', '1.28.3');
const NEW = plane('1-29-2', '1.29.2');
const onOld = namespace('a', 'istio.io/rev: 1-28-3');
const onNew = namespace('a', 'istio.io/rev: 1-29-2');
const other = namespace('b', 'istio.io/rev: 1-28-3');

describe('the stage of an environment', () => {
  test.each<readonly [string, readonly string[], readonly string[], string, string]>([
    ['nothing changes', [OLD, onOld], [OLD, onOld], 'steady', 'steady'],
    ['a second one', [OLD, onOld], [OLD, NEW, onOld], 'steady', 'canary-installed'],
    [
      'a tag for it',
      [OLD, NEW, onOld],
      [OLD, NEW, tag('canary', '1-29-2'), onOld],
      'canary-installed',
      'canary-tagged',
    ],
    ['one follows', [OLD, NEW, onOld, other], [OLD, NEW, onNew, other], 'canary-installed', 'promoting'],
    ['all follow', [OLD, NEW, onOld], [OLD, NEW, onNew], 'canary-installed', 'promoted'],
    ['the old one goes', [OLD, NEW, onNew], [NEW, onNew], 'promoted', 'old-removed'],
    ['all at once', [OLD, onOld], [NEW, onNew], 'steady', 'old-removed'],
    ['in place', [OLD, onOld], [plane('1-28-3', '1.28.4'), onOld], 'steady', 'steady'],
    ['an unused one goes', [OLD, NEW, onOld], [OLD, onOld], 'steady', 'steady'],
    ['none is written', [onOld], [onNew], 'unknown', 'unknown'],
    ['meshes of their own', [OLD], [OLD, plane('x', '1.29.0', 'other')], 'unknown', 'unknown'],
    ['a name that is filled in', [OLD], [plane('${REV}', '1.29.0')], 'unknown', 'unknown'],
    ['a name that breaks out', [OLD], [plane('x; rm -rf /', '1.29.0')], 'unknown', 'unknown'],
  ])('%s', async (_, base, head, before, after) => {
    const { stage } = await planned(meshOf(...base), meshOf(...head));
    expect([stage.base, stage.head]).toEqual([before, after]);
    expect(stage.because).not.toBe('');
  });

  test('an external control plane is nobody here', async () => {
    const { stage, plan } = await planned(meshOf(onOld), meshOf(namespace('a', 'istio.io/rev: asm-managed')));
    expect(stage).toEqual({ base: 'unknown', head: 'unknown', because: 'no control plane is written here' });
    expect(plan).toBeUndefined();
  });

  test('two of one version wait', async () => {
    const { stage, plan } = await planned(meshOf(OLD, onOld), meshOf(OLD, plane('canary', '1.28.3'), onOld));
    expect(stage.head).toBe('canary-installed');
    expect(stage.because).toContain('there is nothing to promote');
    expect(plan).toBeUndefined();
  });
});

describe('what this change is in the plan', () => {
  const thisChange = async (base: readonly string[], head: readonly string[]) =>
    (await planned(meshOf(...base), meshOf(...head))).plan;

  test('one step', async () => {
    const plan = await thisChange([OLD, onOld], [OLD, NEW, onOld]);
    expect(plan?.thisChange).toBe('step 1 of 3: install revision 1-29-2 (1.29.2) beside 1-28-3');
  });

  test('several at once, which are to be split', async () => {
    const plan = await thisChange([OLD, onOld], [NEW, onNew]);
    expect(plan?.thisChange).toContain('steps 1, 2 and 3 of 3 at once');
    expect(plan?.beforeMerging.join(' ')).toContain('Split this change');
  });

  test('out of order', async () => {
    const plan = await thisChange([OLD, NEW, onNew, other], [NEW, onNew, other]);
    expect(plan?.thisChange).toContain('out of order');
    expect(plan?.beforeMerging[0]).toMatch(/comes first: move namespace b/);
  });

  test.each([
    ['1.24.3', '1.27.0', ['Go to 1.26 first']],
    ['1.24.3', '1.26.0', []],
  ])('from %s to %s by revision', async (from, to, hops) => {
    const plan = await thisChange([plane('a', from), onOld], [plane('a', from), plane('b', to), onOld]);
    expect(plan?.steps.map(({ title }) => title).filter((title) => title.startsWith('Go to'))).toEqual(hops);
  });

  test('an upgrade in place names the minors between, and the canary', async () => {
    const plan = await thisChange([plane('a', '1.24.3')], [plane('a', '1.27.0')]);
    const titles = plan?.steps.map(({ title }) => title) ?? [];
    expect(titles.slice(0, 2)).toEqual(['Go to 1.25 first', 'Go to 1.26 first']);
    expect(plan?.beforeMerging.at(-1)).toContain('install it as a revision of its own');
  });
});

const part = (chart: string, version: string) => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: istio-${chart}, namespace: istio-system }
spec:
  chart: { spec: { chart: ${chart}, version: "${version}", sourceRef: { kind: HelmRepository, name: istio } } }
`;

describe('an upgrade in place that a part shows', () => {
  const istiod = plane('', '1.28.3').replace('istiod-', 'istiod');

  test.each<readonly [string, readonly [string, string, string], string]>([
    ['CRDs go ahead', ['base', '1.28.3', '1.29.2'], 'step 1 of 3'],
    ['the CNI plugin catches up', ['cni', '1.27.9', '1.28.3'], 'step 2 of 3'],
    ['a gateway chart ahead is no upgrade', ['gateway', '1.28.3', '1.28.4'], 'no plan'],
    ['a part on its way elsewhere is none', ['cni', '1.26.0', '1.27.9'], 'no plan'],
    ['nor is one that goes back', ['base', '1.29.2', '1.28.3'], 'no plan'],
  ])('%s', async (_, [chart, from, to], expected) => {
    const { plan } = await planned(meshOf(istiod, part(chart, from)), meshOf(istiod, part(chart, to)));
    expect(plan?.thisChange ?? 'no plan').toContain(expected);
  });

  test('with a revision of its own name, what follows is not known', async () => {
    const mesh = (base: string) => meshOf(OLD, onOld, part('base', base));
    expect((await planned(mesh('1.28.3'), mesh('1.29.2'))).plan).toBeUndefined();
  });
});
