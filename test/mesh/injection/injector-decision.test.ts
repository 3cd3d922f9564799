import { expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../../src/config/settings.ts';
import { readInstallations } from '../../../src/mesh/control-planes.ts';
import { injectorDecision } from '../../../src/mesh/injection-policy.ts';
import type { ControlPlane, Injection } from '../../../src/mesh/mesh.ts';
import { buildMesh } from '../../../src/mesh/build.ts';
import { environmentOf } from '../from-yaml.ts';

/** The istiod of a HelmRelease at a version, with these values in flow style. */
function istiod(version: string, values: string): string {
  return `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: istio, namespace: istio-system }
spec: { url: https://istio-release.storage.googleapis.com/charts }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: istiod, namespace: istio-system }
spec:
  chart: { spec: { chart: istiod, version: ${version}, sourceRef: { kind: HelmRepository, name: istio } } }
  values: ${values}
---
`;
}

const WISHES = [undefined, 'true', 'false', 'no', 'yes', 'On', ''];
const NEVER = '{ matchLabels: { never: "1" } }';
const ALWAYS = '{ matchLabels: { always: "1" } }';

/** The injector's order, written out: wish, never, always, policy (1.6 to 1.31). */
function decided(minor: number, wish: string, never: boolean, always: boolean, policy: string): boolean {
  if (wish === 'true') return true;
  if (wish === 'false') return false;
  if (wish !== '' && minor < 27) return ['y', 'yes', 'true', 'on'].includes(wish.toLowerCase());
  if (never) return false;
  if (always) return true;
  return policy === 'enabled';
}

test.each([
  ['1.8.6', 8],
  ['1.26.4', 26],
  ['1.27.0', 27],
])('every wish, selector and policy at %s', (version, minor) => {
  const differences: string[] = [];
  for (const policy of ['enabled', 'disabled', 'off']) {
    const values = `{ global: { proxy: { autoInject: "${policy}" } }, sidecarInjectorWebhook: { neverInjectSelector: [{}, ${NEVER}], alwaysInjectSelector: [${ALWAYS}] } }`;
    const [injector] = readInstallations(environmentOf(istiod(version, values))).controlPlanes;
    for (const label of WISHES) {
      for (const annotation of WISHES) {
        for (const [never, always] of [
          [false, false],
          [true, false],
          [false, true],
          [true, true],
        ]) {
          const labels = {
            ...(label === undefined ? {} : { 'sidecar.istio.io/inject': label }),
            ...(never === true ? { never: '1' } : {}),
            ...(always === true ? { always: '1' } : {}),
          };
          const annotations = annotation === undefined ? {} : { 'sidecar.istio.io/inject': annotation };
          const wish = (minor >= 9 ? label : undefined) ?? annotation ?? '';
          const wanted = decided(minor, wish, never === true, always === true, policy);
          const { inject } = injectorDecision(injector, { labels, annotations });
          if (inject !== (wanted ? 'yes' : 'no')) {
            differences.push(`${JSON.stringify({ policy, labels, annotations })}: ${inject}`);
          }
        }
      }
    }
  }
  expect(differences).toEqual([]);
});

function injectionOfCart(yaml: string): Injection {
  const mesh = buildMesh(environmentOf(yaml), DEFAULT_SETTINGS);
  return mesh.injectionOf(mesh.workloads.find(({ name }) => name === 'cart')!);
}

function shop(labels: string, podLabels = '{}', spec = ''): string {
  return `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: ${labels} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  template:
    metadata: { labels: ${podLabels} }
    spec: { ${spec} containers: [{ name: cart, image: cart:1 }] }
---
`;
}

const ENABLED = '{ istio-injection: enabled }';

test('a revision default written out answers to its name only', () => {
  const install = istiod('1.26.0', '{ revision: default }');
  expect(injectionOfCart(install + shop(ENABLED))).toMatchObject({
    injected: 'no',
    because:
      'namespace label istio-injection=enabled, which an istiod installed with the revision default written out does not answer to',
  });
  expect(injectionOfCart(install + shop('{ istio.io/rev: default }'))).toMatchObject({ injected: 'yes' });
});

test.each(['{ global: { operatorManageWebhooks: true } }', '{ global: { resourceScope: namespace } }'])(
  'with %s the webhooks are installed elsewhere',
  (values) => {
    expect(injectionOfCart(istiod('1.28.0', values) + shop(ENABLED))).toMatchObject({
      injected: 'unknown',
      because: 'namespace label istio-injection=enabled, and the webhooks of default are installed elsewhere',
    });
  },
);

test('the chart decides the selectors, whatever image it runs', () => {
  // A 1.8 chart knows no pod label that asks for injection; a 1.10 image does not change that.
  const install = istiod('1.8.6', '{ global: { tag: 1.10.0 } }');
  const pod = '{ sidecar.istio.io/inject: "true" }';
  expect(injectionOfCart(install + shop('{}', pod)).injected).toBe('no');
  expect(injectionOfCart(istiod('1.10.0', '{}') + shop('{}', pod)).injected).toBe('yes');
});

test('the host network is never injected, and says so first', () => {
  expect(injectionOfCart(istiod('1.26.0', '{}') + shop(ENABLED, '{}', 'hostNetwork: true,'))).toMatchObject({
    injected: 'no',
    because: 'pods on the host network get no sidecar',
  });
});

test('a webhook that somebody wrote by other labels is named by the label it asks for', () => {
  const webhook = `apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: { name: own, labels: { istio.io/rev: default } }
webhooks:
  - name: own.sidecar-injector.istio.io
    namespaceSelector: { matchExpressions: [{ key: team, operator: In, values: [shop] }] }
    objectSelector: { matchExpressions: [{ key: sidecar.istio.io/inject, operator: NotIn, values: ["false"] }] }
---
`;
  const install = istiod('1.26.0', '{}');
  expect(injectionOfCart(install + webhook + shop('{ team: shop }'))).toMatchObject({
    injected: 'yes',
    revision: 'default',
    because: 'namespace label team=shop',
  });
  expect(injectionOfCart(install + webhook + shop(ENABLED)).injected).toBe('no');
});

test('without a version both answers are possible for a word that 1.27 no longer knows', () => {
  const unknown = { labels: { 'sidecar.istio.io/inject': 'no' }, annotations: {} };
  const [injector] = readInstallations(environmentOf(istiod('"${ISTIO}"', '{}'))).controlPlanes;
  expect(injector satisfies ControlPlane | undefined).toBeDefined();
  expect(injectorDecision(injector, unknown).inject).toBe('unknown');
});
