import { expect, test } from '@jest/globals';
import { buildMesh } from '../../../../src/mesh/build.ts';
import { HAZARD_RULES } from '../../../../src/rules/upgrade/hazards/rules.ts';
import { runRules } from '../../../../src/rules/run.ts';
import { DEFAULT_SETTINGS } from '../../../../src/config/settings.ts';
import { environmentOf } from '../../fixture.ts';

const SETTINGS = { ...DEFAULT_SETTINGS, today: '2026-11-01' };

const ROUTE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop, namespace: shop }
spec: { hosts: [shop.example.com] }
`;

function operator(revision: string, spec: string): string {
  return `---
apiVersion: install.istio.io/v1alpha1
kind: IstioOperator
metadata: { name: ${revision}, namespace: istio-system }
spec: { revision: ${revision}${spec} }
`;
}

function istiod(version: string): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod, istio.io/rev: default } }
spec:
  selector: { matchLabels: { app: istiod } }
  template:
    metadata: { labels: { app: istiod, istio.io/rev: default } }
    spec: { containers: [{ name: discovery, image: docker.io/istio/pilot:${version} }] }
`;
}

function said(text: string) {
  const rules = HAZARD_RULES.filter(({ id }) => id === 'upgrade/v1-apis-need-new-crds');
  return runRules(buildMesh(environmentOf(text, 'mesh.yaml'), SETTINGS), rules, SETTINGS, { strict: true });
}

test('what no version here carries is an error where the part that decides is installed here', () => {
  const { findings } = said(ROUTE + operator('old', ', tag: 1.18.5'));
  expect(findings).toMatchObject([{ level: 'error', confidence: 'certain' }]);
});

test('a control plane of unknown version may well carry it: nothing is said but that', () => {
  const { findings, unchecked } = said(ROUTE + operator('old', ', tag: 1.18.5') + operator('any', ''));
  expect(findings).toEqual([]);
  expect(unchecked).toMatchObject([{ what: 'what needs a later release' }]);
});

test('the CRDs that somebody else installs may be later ones than istiod', () => {
  const { findings } = said(ROUTE + istiod('1.18.5'));
  expect(findings).toMatchObject([{ level: 'warning', confidence: 'likely' }]);
});
