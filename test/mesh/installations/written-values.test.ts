import { describe, expect, test } from '@jest/globals';
import { readInstallations } from '../../../src/mesh/control-planes.ts';
import type { WrittenValues } from '../../../src/mesh/mesh.ts';
import { environmentOf } from '../from-yaml.ts';

function line(values: WrittenValues, ...path: string[]): number {
  return values.at(path).line;
}

function istiodOf(yaml: string): WrittenValues {
  const [controlPlane] = readInstallations(environmentOf(yaml)).controlPlanes;
  return controlPlane!.values!;
}

describe('a chart release', () => {
  const values = istiodOf(`apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: istiod, namespace: argocd }
spec:
  destination: { namespace: istio-system }
  source:
    repoURL: https://istio-release.storage.googleapis.com/charts
    chart: istiod
    targetRevision: 1.26.0
    helm:
      valueFiles: [extra.yaml]
      valuesObject:
        revision: canary
        env:
          FLAT: "1"
          BOTH: "flat"
        pilot:
          env:
            BOTH: "prefixed"
        autoscaleEnabled: false
`);

  test('flat values stand under pilot, where what is written there wins', () => {
    expect(values.values).toEqual({
      revision: 'canary',
      pilot: { env: { FLAT: '1', BOTH: 'prefixed' }, autoscaleEnabled: false },
    });
  });

  test('each keeps its own line', () => {
    expect(line(values, 'revision')).toBe(13);
    expect(line(values, 'pilot', 'env', 'FLAT')).toBe(15);
    expect(line(values, 'pilot', 'env', 'BOTH')).toBe(19);
    expect(line(values, 'pilot', 'autoscaleEnabled')).toBe(20);
  });

  test('values of other files make the list incomplete', () => {
    expect(values.elsewhere).toBe(true);
  });
});

test('an IstioOperator tells them as istioctl merges them, components included', () => {
  const yaml = `apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: main, namespace: istio-system }
spec:
  hub: registry.example.org/istio
  compatibilityVersion: "1.21"
  components:
    cni: { enabled: true }
    pilot:
      k8s:
        env:
          - { name: PILOT_X, value: "true" }
  values:
    cni:
      chained: false
`;
  const found = readInstallations(environmentOf(yaml));
  const values = found.controlPlanes[0]!.values!;
  expect(values.values).toEqual({
    global: { hub: 'registry.example.org/istio' },
    compatibilityVersion: '1.21',
    pilot: { env: { PILOT_X: 'true' } },
    cni: { chained: false },
  });
  expect(line(values, 'global', 'hub')).toBe(5);
  expect(line(values, 'pilot', 'env', 'PILOT_X')).toBe(12);
  const cni = found.components.find(({ component }) => component === 'cni');
  expect(cni!.values!.values['cni']).toEqual({ chained: false });
});

test('values of the cni and ztunnel charts stand under their names', () => {
  const component = (kind: string, values: string): string => `apiVersion: sailoperator.io/v1
kind: ${kind}
metadata: { name: default }
spec: { version: v1.27.0, namespace: istio-cni, values: ${values} }
---
`;
  const { components } = readInstallations(
    environmentOf(
      component('IstioCNI', '{ cni: { ambient: { enabled: true } }, global: { platform: openshift } }') +
        component('ZTunnel', '{ ztunnel: { terminationGracePeriodSeconds: 60 }, logLevel: debug }'),
    ),
  );
  expect(components.map(({ values }) => values!.values)).toEqual([
    { global: { platform: 'openshift' }, cni: { ambient: { enabled: true } } },
    { ztunnel: { terminationGracePeriodSeconds: 60, logLevel: 'debug' } },
  ]);
});

test('rendered manifests tell them since 1.26, and not before', () => {
  const istiod = `apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod-blue, namespace: istio-system }
spec:
  template:
    metadata: { labels: { app: istiod, istio.io/rev: blue } }
    spec: { containers: [{ name: discovery, image: docker.io/istio/pilot:1.26.0 }] }
---
`;
  expect(readInstallations(environmentOf(istiod)).controlPlanes[0]!.values).toBeUndefined();
  const values = istiodOf(`${istiod}apiVersion: v1
kind: ConfigMap
metadata: { name: values-blue, namespace: istio-system }
data:
  original-values: |-
    {
      "env": { "PILOT_X": "true" }
    }
`);
  expect(values.values).toEqual({ pilot: { env: { PILOT_X: 'true' } } });
  expect(line(values, 'pilot', 'env', 'PILOT_X')).toBe(15);
});
