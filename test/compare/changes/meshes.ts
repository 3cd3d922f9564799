import { DEFAULT_SETTINGS } from '../../../src/config/settings.ts';
import { meshChanges } from '../../../src/compare/mesh-changes.ts';
import { buildMesh } from '../../../src/mesh/build.ts';
import type { Change } from '../../../src/vocabulary.ts';
import { environmentOf } from '../../mesh/from-yaml.ts';

export function changes(base: string, head: string): Change[] {
  const [before, after] = [base, head].map((yaml) => buildMesh(environmentOf(yaml), DEFAULT_SETTINGS));
  return meshChanges(before!, after!);
}

/** `kind subject from>to :line`. */
export function told(base: string, head: string): string[] {
  return changes(base, head).map(
    ({ kind, subject, from = '', to = '', at }) => `${kind} ${subject} ${from}>${to} :${at?.line ?? '?'}`,
  );
}

export const SOURCE = `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: istio, namespace: istio-system }
spec: { url: https://istio-release.storage.googleapis.com/charts }
---
`;

/** A HelmRelease of one of Istio's charts; the values stand on its sixth line. */
export function release(chart: string, name: string, values: string, more = ''): string {
  return `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: istio-system }
spec:
  chart: { spec: { chart: ${chart}, version: 1.28.0, sourceRef: { kind: HelmRepository, name: istio } } }
  values: ${values}
${more}---
`;
}

export function namespace(name: string, labels: string): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels: ${labels}
---
`;
}
