import { expect, test } from '@jest/globals';
import { readInstallations } from '../../../src/mesh/control-planes.ts';
import { isKnown } from '../../../src/yaml/placeholders.ts';
import { environmentOf } from '../from-yaml.ts';

const REPOSITORY = 'https://istio-release.storage.googleapis.com/charts';

const read = (yaml: string) => readInstallations(environmentOf(yaml)).controlPlanes;

test('a Release of Crossplane is a release of Helm', () => {
  const release = (more: string): string => `apiVersion: helm.crossplane.io/v1beta1
kind: Release
metadata: { name: istiod-eu }
spec:
  forProvider:
    chart: { name: istiod, repository: ${REPOSITORY}, version: 1.27.1 }
    namespace: istio-system
    values: { revision: 1-27-1 }
    set: [{ name: global.tag, value: 1.27.2 }]
${more}`;
  expect(read(release(''))).toMatchObject([
    {
      revision: '1-27-1',
      versionText: '1.27.2',
      installer: 'helm',
      namespace: 'istio-system',
      confidence: 'certain',
    },
  ]);
  const [elsewhere] = read(
    release('    valuesFrom: [{ secretKeyRef: { name: a } }]\n').replace(
      'values: { revision: 1-27-1 }',
      'values: {}',
    ),
  );
  expect(isKnown(elsewhere!.revision)).toBe(false);
});

test('a HelmChartProxy of Cluster API is one for every cluster it selects', () => {
  const proxy = (values: string): string => `apiVersion: addons.cluster.x-k8s.io/v1alpha1
kind: HelmChartProxy
metadata: { name: istiod }
spec:
  chartName: istiod
  repoURL: ${REPOSITORY}
  version: 1.26.3
  namespace: istio-system
  valuesTemplate: |
    ${values}
`;
  expect(read(proxy('revision: canary'))).toMatchObject([
    { revision: 'canary', versionText: '1.26.3', at: { line: 7 } },
  ]);
  const [templated] = read(proxy('global: { network: "{{ .Cluster.metadata.name }}" }'));
  expect(isKnown(templated!.revision)).toBe(false);
});

test('other charts are not Istio', () => {
  expect(
    read(
      'apiVersion: helm.crossplane.io/v1beta1\nkind: Release\nmetadata: { name: a }\nspec: { forProvider: { chart: { name: kiali-server, repository: "https://kiali.org", version: 1.86.0 } } }\n',
    ),
  ).toEqual([]);
});
