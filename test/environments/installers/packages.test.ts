import { expect, test } from '@jest/globals';
import type { DeclaredChart } from '../../../src/environments/environment.ts';
import { withoutActions } from '../../../src/environments/installers/templated-helmfiles.ts';
import { discover, type Files } from '../repository-of.ts';

const REPOSITORY = 'https://istio-release.storage.googleapis.com/charts';

async function chartsOf(files: Files): Promise<readonly DeclaredChart[]> {
  const { environments } = await discover(files);
  return environments.flatMap(({ charts }) => charts);
}

const short = ({ chart, version, namespace, releaseName, at }: DeclaredChart): string =>
  `${releaseName} ${chart} ${version} ${namespace} ${at.file}:${at.line}`;

test('a Zarf package gives the charts of what its components import, one flavour of each', async () => {
  const charts = await chartsOf({
    'mesh/common/zarf.yaml': `kind: ZarfPackageConfig
components:
  - name: control-plane
    charts:
      - name: base
        url: ${REPOSITORY}
        version: 1.29.0
        namespace: istio-system
      - name: istiod
        url: ${REPOSITORY}
        version: 1.29.0
        namespace: istio-system
        valuesFiles: [values.yaml]
      - name: config
        localPath: chart
        version: 0.1.0
`,
    'mesh/common/values.yaml': 'meshConfig: {accessLogFile: /dev/stdout}\nglobal: {hub: a}\n',
    'mesh/zarf.yaml': `kind: ZarfPackageConfig
components:
  - name: control-plane
    only: {flavor: upstream}
    import: {path: common}
    charts:
      - name: istiod
        valuesFiles: [upstream.yaml]
  - name: control-plane
    only: {flavor: fips}
    import: {path: common}
    charts:
      - name: istiod
        valuesFiles: [fips.yaml]
  - name: gateway
    charts:
      - name: gateway
        url: ${REPOSITORY}
        version: 1.29.0
        releaseName: public
        namespace: istio-ingress
`,
    'mesh/upstream.yaml': 'global: {hub: docker.io/istio}\n',
    'mesh/fips.yaml': 'global: {hub: example.com/fips}\n',
  });
  expect(charts.map(short)).toEqual([
    'base base 1.29.0 istio-system mesh/common/zarf.yaml:7',
    'istiod istiod 1.29.0 istio-system mesh/common/zarf.yaml:11',
    'public gateway 1.29.0 istio-ingress mesh/zarf.yaml:19',
  ]);
  const istiod = charts[1]!;
  expect(istiod.values).toEqual({
    meshConfig: { accessLogFile: '/dev/stdout' },
    global: { hub: 'docker.io/istio' },
  });
  expect(istiod.valueAt(['global', 'hub']).file).toBe('mesh/upstream.yaml');
});

test('Fleet names a chart with its values', async () => {
  const charts = await chartsOf({
    'istiod/fleet.yaml': `defaultNamespace: istio-system
helm:
  chart: istiod
  repo: ${REPOSITORY}
  version: 1.27.3
  releaseName: pilot
  values:
    revision: canary
`,
  });
  expect(charts.map(short)).toEqual(['pilot istiod 1.27.3 istio-system istiod/fleet.yaml:5']);
  expect(charts[0]!.values).toEqual({ revision: 'canary' });
});

test('vendir says which chart is fetched, not with which values', async () => {
  const charts = await chartsOf({
    'vendir.yml': `apiVersion: vendir.k14s.io/v1alpha1
kind: Config
directories:
  - path: charts
    contents:
      - path: istiod
        helmChart:
          name: istiod
          version: 1.26.2
          repository: {url: ${REPOSITORY}}
      - path: kiali
        helmChart: {name: kiali-server, version: 1.86.0, repository: {url: "https://kiali.org/helm-charts"}}
`,
  });
  expect(charts.map(short)).toEqual(['istiod istiod 1.26.2  vendir.yml:9']);
  expect(charts[0]).toMatchObject({ confidence: 'likely', valuesElsewhere: true });
});

test('a helmfile that is a template is read where it is literal', async () => {
  const helmfile = `{{- $zone := env "ZONE" }}
repositories:
  - name: istio
    url: ${REPOSITORY}
releases:
{{- if true }}
  - name: istiod
    chart: istio/istiod
    namespace: istio-system
    version: 1.25.1
  - name: base
    chart: istio/base
    namespace: istio-system
    version: {{ .Values.base | quote }}
{{- end }}
`;
  const charts = await chartsOf({ 'a.yaml': 'kind: Nothing\n', 'helmfile.yaml.gotmpl': helmfile });
  expect(charts.map(short)).toEqual([
    'istiod istiod 1.25.1 istio-system helmfile.yaml.gotmpl:10',
    'base base {{ .Values.base | quote }} istio-system helmfile.yaml.gotmpl:14',
  ]);
  expect(await chartsOf({ 'helmfile.yaml': helmfile })).toHaveLength(2);
});

test('actions are taken out line by line', () => {
  expect(withoutActions('{{ if .a }}\na: {{ .b }}\nc: x-{{ .d }}-y\n- {{ .e }}\nf: 1')).toBe(
    "\na: '{{ .b }}'\nc: x-__TEMPLATE__-y\n- '{{ .e }}'\nf: 1",
  );
});
