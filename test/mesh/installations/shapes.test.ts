import { describe, expect, test } from '@jest/globals';
import type { DeclaredChart } from '../../../src/environments/environment.ts';
import { readInstallations } from '../../../src/mesh/control-planes.ts';
import type { Installations } from '../../../src/mesh/control-planes.ts';
import { environmentOf } from '../from-yaml.ts';

/** `revision@version installer namespace line`. */
function controlPlanes({ controlPlanes: found }: Installations): string[] {
  return found.map(
    ({ revision, versionText, installer, namespace, at }) =>
      `${revision}@${versionText} ${installer} ${namespace} :${at.line}`,
  );
}

function components(found: Installations): string[] {
  return found.components
    .filter(({ component }) => component !== 'istiod')
    .map(({ component, name, namespace, versionText, revision }) =>
      `${component} ${namespace}/${name}@${versionText} ${revision ?? ''}`.trim(),
    );
}

function tags({ tags: found }: Installations): string[] {
  return found.map(({ name, revision, at }) => `${name}>${revision} :${at.line}`);
}

function read(yaml: string, charts: readonly DeclaredChart[] = []): Installations {
  return readInstallations(environmentOf(yaml, charts));
}

describe('Flux', () => {
  const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: istio, namespace: flux-system }
spec: { url: https://istio-release.storage.googleapis.com/charts }
---
`;
  const release = (name: string, spec: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: istio-system }
spec:
${spec}`;

  test('a HelmRelease names revision, tags and mesh config in its values', () => {
    const found = read(
      `${source}${release(
        'istiod',
        `  chart:
    spec:
      chart: istiod
      version: 1.22.1
      sourceRef: { kind: HelmRepository, name: istio, namespace: flux-system }
  values:
    revision: 1-22-1
    revisionTags: [stable, canary]
    meshConfig:
      trustDomain: example.org
    pilot: { env: { PILOT_ENABLE_X: true } }
`,
      )}`,
    );
    expect(controlPlanes(found)).toEqual(['1-22-1@1.22.1 flux istio-system :13']);
    expect(tags(found)).toEqual(['stable>1-22-1 :17', 'canary>1-22-1 :17']);
    const [istiod] = found.controlPlanes;
    expect(istiod).toMatchObject({
      release: 'istiod',
      confidence: 'certain',
      meshConfig: { trustDomain: 'example.org' },
      env: { PILOT_ENABLE_X: 'true' },
    });
    expect(istiod!.meshConfigAt!(['trustDomain']).line).toBe(19);
    expect(found.incomplete).toBeUndefined();
  });

  test('an OCIRepository says chart and version', () => {
    const found = read(`apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: ztunnel, namespace: istio-system }
spec:
  url: oci://gcr.io/istio-release/charts/ztunnel
  ref:
    tag: 1.30.3
---
${release('ztunnel', '  chartRef: { kind: OCIRepository, name: ztunnel }\n')}`);
    expect(components(found)).toEqual(['ztunnel istio-system/ztunnel@1.30.3']);
    expect(found.components[0]!.at.line).toBe(7);
  });

  test('a release into another namespace is named after it', () => {
    const found = read(
      source +
        release(
          'gateway',
          `  targetNamespace: ingress
  chart: { spec: { chart: gateway, version: ">=1.24.2 <1.25", sourceRef: { kind: HelmRepository, name: istio } } }
  values: { revision: canary }
`,
        ),
    );
    expect(components(found)).toEqual(['gateway ingress/ingress-gateway@>=1.24.2 <1.25 canary']);
    expect(found.components[0]!.version).toEqual({ major: 1, minor: 24, patch: undefined });
  });

  test('valuesFrom a ConfigMap of the environment counts, inline values win', () => {
    const found = read(`${source}apiVersion: v1
kind: ConfigMap
metadata: { name: istiod-values, namespace: istio-system }
data:
  values.yaml: |
    revision: blue
    global:
      tag: 1.24.0
---
${release(
  'istiod',
  `  chart: { spec: { chart: istiod, version: 1.25.0, sourceRef: { kind: HelmRepository, name: istio } } }
  valuesFrom: [{ kind: ConfigMap, name: istiod-values }]
  values: { global: { tag: 1.25.0-distroless } }
`,
)}`);
    expect(controlPlanes(found)).toEqual(['blue@1.25.0-distroless flux istio-system :21']);
  });

  test('values that cannot be seen leave the revision unknown, and the list incomplete', () => {
    const found = read(
      source +
        release(
          'istiod',
          `  chart: { spec: { chart: istiod, version: 1.25.0, sourceRef: { kind: HelmRepository, name: istio } } }
  valuesFrom: [{ kind: Secret, name: hidden }]
`,
        ),
    );
    expect(found.controlPlanes.map(({ revision }) => revision)).toEqual(['<set elsewhere>']);
    expect(found.incomplete).toMatch(/revision/);
  });

  test.each([
    ['kiali-operator', '1.86.0', 'https://kiali.org/helm-charts'],
    ['cert-manager-istio-csr', '1.8.0', 'https://charts.jetstack.io'],
    ['gateway', '1.24.0', 'https://charts.example.org'],
    ['base', '1.0.0', 'oci://registry.example.org/istio-apps'],
    ['istio-ingress', '1.21.0', 'https://charts.example.org/istio'],
    ['flagger', '1.24.0', 'https://flagger.app'],
  ])('%s %s of %s is none of Istio', (chart, version, url) => {
    const found = read(
      source.replace('https://istio-release.storage.googleapis.com/charts', url) +
        release(
          'look-alike',
          `  chart: { spec: { chart: ${chart}, version: ${version}, sourceRef: { kind: HelmRepository, name: istio, namespace: flux-system } } }
`,
        ),
    );
    expect([...found.controlPlanes, ...found.components]).toEqual([]);
  });

  test('a mirror is recognised by the chart, with less confidence', () => {
    const found = read(
      source.replace(
        'https://istio-release.storage.googleapis.com/charts',
        'oci://harbor.example.org/mirror',
      ) +
        release(
          'istiod',
          `  chart: { spec: { chart: istiod, version: 1.24.1, sourceRef: { kind: HelmRepository, name: istio, namespace: flux-system } } }
`,
        ),
    );
    expect(found.controlPlanes.map(({ confidence }) => confidence)).toEqual(['likely']);
    expect(found.incomplete).toMatch(/not certain/);
  });
});

describe('Argo CD', () => {
  test('an Application with values as text and parameters', () => {
    const found = read(`apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: istiod-1-24, namespace: argocd }
spec:
  destination: { namespace: istio-system }
  source:
    repoURL: https://istio-release.storage.googleapis.com/charts
    chart: istiod
    targetRevision: 1.24.1
    helm:
      values: |
        revision: 1-24-1
        meshConfig:
          accessLogFile: /dev/stdout
      parameters:
        - { name: global.tag, value: 1.24.1-distroless }
`);
    expect(controlPlanes(found)).toEqual(['1-24-1@1.24.1-distroless argocd istio-system :16']);
    expect(found.controlPlanes[0]!.meshConfigAt!(['accessLogFile']).line).toBe(14);
  });

  test('an ApplicationSet installs once for every element, and the element is where to edit', () => {
    const found = read(`apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: istiod }
spec:
  goTemplate: true
  generators:
    - list:
        elements:
          - version: 1.21.5
            mesh: { revision: current }
          - version: 1.22.3
            mesh: { revision: canary }
  template:
    metadata: { name: 'istiod-{{ .mesh.revision }}' }
    spec:
      destination: { namespace: istio-system }
      source:
        repoURL: https://istio-release.storage.googleapis.com/charts
        chart: istiod
        targetRevision: '{{ .version }}'
        helm: { valuesObject: { revision: '{{.mesh.revision}}' } }
`);
    expect(controlPlanes(found)).toEqual([
      'current@1.21.5 argocd istio-system :9',
      'canary@1.22.3 argocd istio-system :11',
    ]);
    expect(found.controlPlanes.map(({ release }) => release)).toEqual(['istiod-current', 'istiod-canary']);
  });

  test('placeholders of other generators stay unknown', () => {
    const found = read(`apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: istiod }
spec:
  generators: [{ clusters: {} }]
  template:
    metadata: { name: 'istiod-{{name}}' }
    spec:
      source:
        repoURL: registry.istio.io/release/charts
        chart: istiod
        targetRevision: '{{metadata.labels.istio}}'
`);
    expect(found.controlPlanes).toMatchObject([{ revision: 'default', version: undefined }]);
  });
});

describe('IstioOperator', () => {
  test('spec.values wins over spec, and components say where they stand', () => {
    const found = read(`apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: mesh, namespace: istio-system }
spec:
  revision: old
  tag: 1.9.4-distroless
  meshConfig: { accessLogFile: /dev/stdout, trustDomain: one }
  components:
    cni: { enabled: true, namespace: kube-system }
    ingressGateways:
      - { name: istio-ingressgateway, enabled: true }
      - { name: off, enabled: false }
  values:
    revision: 1-10-0
    revisionTags: [prod]
    global: { tag: 1.10.0 }
    meshConfig: { trustDomain: two }
`);
    expect(controlPlanes(found)).toEqual(['1-10-0@1.10.0 istioctl istio-system :16']);
    expect(tags(found)).toEqual(['prod>1-10-0 :15']);
    expect(found.controlPlanes[0]!.meshConfig).toEqual({ accessLogFile: '/dev/stdout', trustDomain: 'two' });
    expect(components(found)).toEqual([
      'cni kube-system/istio-cni@1.10.0',
      'gateway istio-system/istio-ingressgateway@1.10.0',
    ]);
  });

  test('profile empty installs gateways only', () => {
    const found = read(`apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: gateways }
spec: { profile: empty, tag: 1.18.2, components: { ingressGateways: [{ name: ingress, namespace: edge, enabled: true }] } }
`);
    expect(found.controlPlanes).toEqual([]);
    expect(components(found)).toEqual(['gateway edge/ingress@1.18.2']);
  });

  test('a tag that YAML reads as a number keeps its version where it can', () => {
    const of = (tag: string) =>
      read(
        `apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nmetadata: { name: x }\nspec: { tag: ${tag} }\n`,
      ).controlPlanes[0]!.versionText;
    expect([of('1.28'), of('1.10'), of('"1.10"')]).toEqual(['1.28', '', '1.10']);
  });

  test('without a tag the operator in the cluster decides', () => {
    const found = read(`apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: mesh, namespace: istio-system }
spec: { profile: default }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istio-operator, namespace: istio-operator }
spec:
  template:
    spec:
      containers:
        - { name: istio-operator, image: docker.io/istio/operator:1.9.3 }
`);
    expect(controlPlanes(found)).toEqual(['default@1.9.3 istioctl istio-system :13']);
    expect(components(found)).toEqual(['operator istio-operator/istio-operator@1.9.3']);
  });
});

describe('Sail', () => {
  const istio = (spec: string, name = 'default'): string => `apiVersion: sailoperator.io/v1
kind: Istio
metadata: { name: ${name} }
spec: ${spec}
---
`;
  const tag = `apiVersion: sailoperator.io/v1
kind: IstioRevisionTag
metadata: { name: prod }
spec: { targetRef: { kind: Istio, name: default } }
`;

  test.each([
    ['{ version: v1.26.2 }', 'default', 'default'],
    ['{ version: v1.26.2, updateStrategy: { type: RevisionBased } }', 'default-v1-26-2', 'default-v1-26-2'],
    [
      '{ version: v1.30-latest, updateStrategy: { type: RevisionBased } }',
      'default-v1-30-latest',
      'default-v1-30-latest',
    ],
    ['{ updateStrategy: { type: RevisionBased } }', '<set elsewhere>', '<set elsewhere>'],
  ])('Istio %s runs as %s, and its tag follows', (spec, revision, target) => {
    const found = read(istio(spec) + tag);
    expect(found.controlPlanes.map((one) => one.revision)).toEqual([revision]);
    expect(found.tags.map((one) => one.revision)).toEqual([target]);
  });

  test('a tag on an IstioRevision stays, CNI and ztunnel have versions of their own', () => {
    const found = read(
      istio('{ version: v1.28.1, namespace: mesh }') +
        tag.replace('kind: Istio, name: default', 'kind: IstioRevision, name: default-v1-27-0') +
        `---
apiVersion: sailoperator.io/v1
kind: IstioCNI
metadata: { name: default }
spec: { version: v1.28.1, namespace: istio-cni }
---
apiVersion: sailoperator.io/v1alpha1
kind: ZTunnel
metadata: { name: default }
spec: { version: v1.27.0 }
`,
    );
    expect(controlPlanes(found)).toEqual(['default@v1.28.1 sail mesh :4']);
    expect(tags(found)).toEqual(['prod>default-v1-27-0 :9']);
    expect(components(found)).toEqual(['cni istio-cni/default@v1.28.1', 'ztunnel ztunnel/default@v1.27.0']);
  });
});

describe('rendered manifests', () => {
  const istiod = (name: string, env: string, image = 'docker.io/istio/pilot:1.28.1-distroless'): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: istio-system, labels: { app: istiod } }
spec:
  template:
    metadata: { labels: { app: istiod } }
    spec:
      containers:
        - name: discovery
          image: ${image}
          env: ${env}
---
`;

  test('istiod with its ConfigMaps, CNI, ztunnel and gateway', () => {
    const found = read(`${istiod('istiod-1-28-1', '[{ name: REVISION, value: 1-28-1 }]')}
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-1-28-1, namespace: istio-system }
data:
  mesh: |-
    rootNamespace: mesh-root
    discoverySelectors: []
---
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector-1-28-1, namespace: istio-system }
data:
  config: |-
    policy: disabled
    neverInjectSelector: [{ matchLabels: { job: migration } }]
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: istio-cni-node, namespace: istio-system }
spec: { template: { spec: { containers: [{ name: install-cni, image: gcr.io/istio-release/install-cni:1.28.0 }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress, namespace: edge }
spec: { template: { metadata: { labels: { istio.io/rev: 1-28-1 } }, spec: { containers: [{ name: istio-proxy, image: "istio/proxyv2:1.28.1" }] } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: app, namespace: shop }
spec: { template: { spec: { containers: [{ name: app, image: app:1 }, { name: istio-proxy, image: "istio/proxyv2:1.20.0" }] } } }
`);
    expect(controlPlanes(found)).toEqual(['1-28-1@1.28.1-distroless manifests istio-system :11']);
    expect(found.controlPlanes[0]).toMatchObject({
      meshConfig: { rootNamespace: 'mesh-root' },
      autoInject: 'disabled',
      neverInject: [{ matchLabels: { job: 'migration' } }],
    });
    expect(found.controlPlanes[0]!.meshConfigAt!(['discoverySelectors']).line).toBe(21);
    expect(components(found)).toEqual([
      'cni istio-system/istio-cni-node@1.28.0',
      'gateway edge/ingress@1.28.1 1-28-1',
    ]);
  });

  test('digests: the labels or the injector say the version', () => {
    const found = read(`${istiod('istiod', '[]', 'istio/pilot@sha256:5e5d')}
apiVersion: v1
kind: ConfigMap
metadata: { name: istio-sidecar-injector, namespace: istio-system }
data:
  values: '{ "global": { "tag": "1.12.6" } }'
`);
    expect(found.controlPlanes).toMatchObject([
      { revision: 'default', versionText: '1.12.6', confidence: 'likely' },
    ]);
  });

  test('tags: the webhook wins over the Service', () => {
    const tag = (kind: string, name: string, api: string, target: string): string => `---
apiVersion: ${api}
kind: ${kind}
metadata: { name: ${name}, labels: { istio.io/tag: prod, istio.io/rev: ${target} } }
`;
    const found = read(
      istiod('istiod', '[]') +
        tag('Service', 'istiod-revision-tag-prod', 'v1', 'blue') +
        tag(
          'MutatingWebhookConfiguration',
          'istio-revision-tag-prod',
          'admissionregistration.k8s.io/v1',
          'green',
        ),
    );
    expect(found.tags.map(({ name, revision }) => `${name}>${revision}`)).toEqual(['prod>green']);
  });

  test('an application that is called pilot is no control plane', () => {
    const found = read(`apiVersion: apps/v1
kind: Deployment
metadata: { name: autopilot, namespace: shop }
spec: { template: { spec: { containers: [{ name: main, image: "shop/pilot:1.20.0" }] } } }
`);
    expect(found.controlPlanes).toEqual([]);
  });
});

describe('declared charts', () => {
  const chart = (name: string, fields: Partial<DeclaredChart> = {}): DeclaredChart => ({
    chart: name,
    repository: 'https://istio-release.storage.googleapis.com/charts',
    version: '1.24.3',
    releaseName: name,
    namespace: 'istio-system',
    values: {},
    installer: 'helm',
    at: { file: 'Chart.yaml', line: 7, column: 1, endLine: 7 },
    valueAt: () => ({ file: 'values.yaml', line: 3, column: 1, endLine: 3 }),
    ...fields,
  });

  test('umbrella and helmfile charts', () => {
    const found = read('', [
      chart('base'),
      chart('istiod', { values: { revision: 'blue', revisionTags: ['prod'] } }),
      chart('ztunnel', { version: '~1.24.0', values: { tag: '1.24.1' } }),
    ]);
    expect(controlPlanes(found)).toEqual(['blue@1.24.3 helm istio-system :7']);
    expect(tags(found)).toEqual(['prod>blue :3']);
    expect(components(found)).toEqual([
      'base istio-system/base@1.24.3',
      'ztunnel istio-system/ztunnel@1.24.1',
    ]);
  });

  test('vendored charts of 1.8 to 1.11 tell their version by the image only', () => {
    const [bare, tagged] = [{}, { global: { tag: '1.10.6' } }].map(
      (values) => read('', [chart('istio-discovery', { version: '1.2.0', values })]).controlPlanes[0],
    );
    expect([bare!.version, bare!.versionText]).toEqual([undefined, '1.2.0']);
    expect(tagged!.versionText).toBe('1.10.6');
  });

  test('until 1.16 only the last of several tags comes into being', () => {
    const names = (version: string) =>
      read('', [chart('istiod', { version, values: { revisionTags: ['a', 'b'] } })]).tags.map(
        ({ name }) => name,
      );
    expect([names('1.16.7'), names('1.17.0')]).toEqual([['b'], ['a', 'b']]);
  });

  test('a key named __proto__ is a key', () => {
    const values = JSON.parse(
      '{"__proto__": {"revision": "evil"}, "global": {"__proto__": {"tag": "9"}}}',
    ) as Record<string, unknown>;
    expect(controlPlanes(read('', [chart('istiod', { values })]))).toEqual([
      'default@1.24.3 helm istio-system :7',
    ]);
    expect(({} as Record<string, unknown>)['revision']).toBeUndefined();
  });
});

test('the profile ambient of istioctl brings istio-cni and ztunnel, unless they are switched off', () => {
  const operator = (spec: string): string => `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: mesh }
spec: { tag: 1.26.0, ${spec} }
`;
  expect(components(read(operator('profile: ambient')))).toEqual([
    'cni istio-system/istio-cni@1.26.0',
    'ztunnel istio-system/ztunnel@1.26.0',
  ]);
  expect(
    components(
      read(
        operator(
          'profile: ambient, components: { cni: { enabled: false }, ztunnel: { enabled: true, namespace: kube-system, tag: 1.25.1 } }',
        ),
      ),
    ),
  ).toEqual(['ztunnel kube-system/ztunnel@1.25.1']);
  expect(components(read(operator('profile: default')))).toEqual([]);
});
