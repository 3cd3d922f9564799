import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toResource } from '../../../src/render/plain.ts';
import { DEFAULT_SETTINGS } from '../../../src/config/settings.ts';
import { chartWorkloads, readInstallations } from '../../../src/mesh/control-planes.ts';
import { Injectors } from '../../../src/mesh/injection.ts';
import { environment, namespaceManifest } from '../manifests.ts';

const KINDS = [
  ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
  ['source.toolkit.fluxcd.io/v1', 'OCIRepository'],
  ['argoproj.io/v1alpha1', 'Application'],
  ['argoproj.io/v1alpha1', 'ApplicationSet'],
  ['helm.cattle.io/v1', 'HelmChart'],
  ['install.istio.io/v1alpha1', 'IstioOperator'],
  ['sailoperator.io/v1', 'Istio'],
  ['sailoperator.io/v1', 'IstioRevisionTag'],
  ['apps/v1', 'Deployment'],
  ['v1', 'ConfigMap'],
  ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'],
] as const;

/** Keys that the readers look at, so that arbitrary values get far. */
const KEYS = fc.constantFrom(
  ...[
    'spec',
    'values',
    'chart',
    'source',
    'sources',
    'helm',
    'template',
    'generators',
    'list',
    'elements',
    'containers',
  ],
  ...[
    'webhooks',
    'data',
    'mesh',
    'revision',
    'revisionTags',
    'meshConfig',
    'global',
    'tag',
    'labels',
    '__proto__',
  ],
  ...[
    'parameters',
    'components',
    'ingressGateways',
    'targetRef',
    'updateStrategy',
    'valuesFrom',
    'constructor',
  ],
);

const { body } = fc.letrec((tie) => ({
  body: fc.dictionary(KEYS, tie('value'), { maxKeys: 8 }),
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(
      'istiod',
      'gateway',
      'a: [1',
      '{{ x }}',
      '',
      'https://istio-release.storage.googleapis.com/charts',
    ),
    fc.constantFrom(null, true, 1.28, -1),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('body'),
  ),
}));

test('no shape of an object breaks the readers', () => {
  const place = {
    file: 'x.yaml',
    at: () => ({ file: 'x.yaml', line: 1, column: 1, endLine: 1 }),
    through: [],
  };
  const resource = fc.tuple(fc.constantFrom(...KINDS), body).map(([[apiVersion, kind], rest]) => {
    const metadata = {
      name: 'istiod',
      namespace: 'istio-system',
      labels: { 'istio.io/tag': 't', 'istio.io/rev': 'r' },
    };
    return toResource({ ...rest, apiVersion, kind, metadata }, place, 'digest')!;
  });
  fc.assert(
    fc.property(fc.array(resource, { maxLength: 6 }), (resources) => {
      const found = readInstallations(environment(resources));
      chartWorkloads(environment(resources));
      const webhooks = resources.filter(({ kind }) => kind === 'MutatingWebhookConfiguration');
      const namespace = namespaceManifest('shop', { 'istio.io/rev': 'r' });
      const { injected } = new Injectors(found, webhooks, DEFAULT_SETTINGS).forNamespace({
        name: 'shop',
        resource: namespace,
        labels: namespace.labels,
        labelsKnown: 'yes',
      });
      expect(['yes', 'no', 'unknown']).toContain(injected);
      expect(({} as Record<string, unknown>)['spec']).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});
