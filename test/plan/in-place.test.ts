import { describe, expect, test } from '@jest/globals';
import {
  changed,
  CHARTS,
  helmfile,
  namespace,
  operatorObject,
  planOfChange,
  release,
  stepOf,
  titles,
  workload,
} from './planned-files.ts';

const dependency = (chart: string, version: string): string =>
  `  - name: ${chart}\n    version: ${version}\n    repository: ${CHARTS}\n`;
const umbrella = (...parts: readonly string[]): string =>
  `apiVersion: v2\nname: mesh\nversion: 0.4.0\ndependencies:\n${parts.join('')}`;

describe('the version of one control plane changes', () => {
  const all = (version: string): Record<string, string> => ({
    'helmfile.yaml': helmfile(
      ...(['base', 'istiod', 'cni', 'ztunnel'] as const).map((chart) => release(chart, chart, version)),
    ),
  });

  test('down: parts of the nodes first, one minor at a time, and CRDs stay', async () => {
    const plan = await planOfChange(all('1.28.3'), all('1.26.2'));
    expect(titles(plan).slice(0, 4)).toEqual([
      'Go to 1.27 first',
      'Bring the CNI plugin (cni) to 1.26.2',
      'Bring ztunnel (ztunnel) to 1.26.2',
      'Downgrade the control plane in place to 1.26.2',
    ]);
    const { preconditions } = stepOf(plan, /^Downgrade/);
    expect(preconditions.join(' ')).toContain('Base chart base stays at 1.28.3');
    expect(preconditions.join(' ')).not.toContain('precheck');
  });

  test('to a range that may be the same release: nobody knows', async () => {
    const { stage, plan } = await changed(
      { 'helmfile.yaml': helmfile(release('istiod', 'istiod', '1.24.2')) },
      { 'helmfile.yaml': helmfile(release('istiod', 'istiod', "'>=1.24.2 <1.25'")) },
    );
    expect(plan).toBeUndefined();
    expect(stage?.because).toContain('1.24.2 and >=1.24.2 <1.25 may be the same release');
  });

  test('only what this change does is said of it', async () => {
    const at = (base: string, istiod: string) => ({
      'helmfile.yaml': helmfile(release('base', 'base', base), release('istiod', 'istiod', istiod)),
    });
    const follows = await planOfChange(at('1.22.3', '1.23.0'), at('1.23.0', '1.23.0'));
    expect(follows.thisChange).toContain('bring CRDs (base chart base) to 1.23.0');
    expect(follows.beforeMerging.join(' ')).not.toContain('at once');
  });

  test('a substituted version is edited by this change, not by hand', async () => {
    const kustomization = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: istio, namespace: flux-system }
spec:
  path: ./istio
  sourceRef: { kind: GitRepository, name: flux-system }
  postBuild: { substituteFrom: [{ kind: ConfigMap, name: versions }] }
`;
    const versions = (version: string): string =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: versions, namespace: flux-system }\ndata: { istio: ${version} }\n`;
    const chart = (name: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: istio-system }
spec:
  chart: { spec: { chart: ${name}, version: "\${istio}", sourceRef: { kind: HelmRepository, name: istio } } }
`;
    const source = `apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: istio, namespace: istio-system }
spec: { url: ${CHARTS} }
`;
    const files = (version: string) => ({
      'clusters/prod/istio.yaml': kustomization,
      'clusters/prod/versions.yaml': versions(version),
      'istio/charts.yaml': [source, chart('base'), chart('istiod')].join('---\n'),
    });
    const plan = await planOfChange(files('1.28.3'), files('1.29.1'));
    expect(plan.thisChange).toContain('steps 1 and 2');
    expect(plan.beforeMerging.join(' ')).not.toContain('by hand');
  });
});

describe('who installs the charts', () => {
  test('a chart of charts whose image tag stands in its values', async () => {
    const files = (tag: string) => ({ 'charts/mesh/values.yaml': `istiod:\n  global:\n    tag: ${tag}\n` });
    const both = { 'charts/mesh/Chart.yaml': umbrella(dependency('istiod', '1.28.1')) };
    const plan = await planOfChange(files('1.28.1'), files('1.28.3'), both);
    expect(stepOf(plan, /^Upgrade/).run).toEqual([
      'helm dependency update charts/mesh',
      'helm upgrade --install mesh charts/mesh -n istio-system --wait',
    ]);
  });

  test('a copy of a chart is replaced, not renumbered', async () => {
    const chart = (name: string, version: string): string =>
      `apiVersion: v2\nname: ${name}\nversion: ${version}\nappVersion: ${version}\nsources:\n  - https://github.com/istio/istio\n`;
    const files = (istiod: string) => ({ 'istio/istiod/Chart.yaml': chart('istiod', istiod) });
    const both = { 'istio/base/Chart.yaml': chart('base', '1.23.2') };
    const base = stepOf(await planOfChange(files('1.23.2'), files('1.24.3'), both), /^Bring CRDs/);
    expect(base.edits).toEqual([]);
    expect(base.preconditions.join(' ')).toContain('it is a copy of the chart base');
  });

  const terraform = (version: string): string =>
    ['base', 'istiod']
      .map(
        (chart) =>
          `resource "helm_release" "${chart}" {\n  name = "${chart}"\n  namespace = "istio-system"\n  repository = "${CHARTS}"\n  chart = "${chart}"\n  version = "${version}"\n}\n`,
      )
      .join('');

  test('Terraform, whose releases helm leaves alone', async () => {
    const plan = await planOfChange({ 'mesh.tf': terraform('1.27.4') }, { 'mesh.tf': terraform('1.28.3') });
    const step = stepOf(plan, /^Upgrade/);
    expect(step.title).toContain('together with CRDs (base)');
    expect(step.run).toEqual(['terraform apply']);
    expect(step.rollback).toEqual(["Revert this step's edit.", 'terraform apply']);
    expect(step.preconditions.join(' ')).toContain('depends_on says the order');
  });

  test('Zarf, by its package', async () => {
    const zarf = (version: string): string =>
      `kind: ZarfPackageConfig\nmetadata: { name: mesh }\ncomponents:\n  - name: mesh\n    charts:\n      - name: istiod\n        url: ${CHARTS}\n        version: ${version}\n        namespace: istio-system\n`;
    const plan = await planOfChange({ 'zarf.yaml': zarf('1.28.3') }, { 'zarf.yaml': zarf('1.29.1') });
    const step = stepOf(plan, /^Upgrade/);
    expect(step.run).toEqual([]);
    expect(step.preconditions.join(' ')).toContain('The Zarf package of zarf.yaml is built and deployed');
  });

  test('a chart of this repository renders what kubectl cannot apply', async () => {
    const files = (tag: string) => ({ 'deploy/values.yaml': `tag: ${tag}\n` });
    const both = {
      'deploy/Chart.yaml': 'apiVersion: v2\nname: deploy\nversion: 1.0.0\n',
      'deploy/templates/mesh.yaml': operatorObject('mesh', 'tag: {{ .Values.tag }}'),
      'operator/operator.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: istio-operator, namespace: istio-operator }
spec:
  selector: { matchLabels: { name: istio-operator } }
  template:
    metadata: { labels: { name: istio-operator } }
    spec: { containers: [{ name: istio-operator, image: 'docker.io/istio/operator:1.19.3' }] }
`,
    };
    const step = stepOf(await planOfChange(files('1.19.3'), files('1.19.4'), both), /^Upgrade/);
    expect(step.run).toEqual([]);
    expect(step.preconditions).toContain('The chart in deploy is deployed again, as it was before.');
  });

  test('the way back of istioctl is the file as it was called', async () => {
    const plan = await planOfChange(
      { 'istio/iop-1.27.3.yaml': operatorObject('mesh', 'tag: 1.27.3') },
      { 'istio/iop-1.27.4.yaml': operatorObject('mesh', 'tag: 1.27.4') },
    );
    expect(stepOf(plan, /^Upgrade/).rollback).toContain('istioctl install -f istio/iop-1.27.3.yaml -y');
  });

  test('another one than before: who owns the objects, and its own way back', async () => {
    const plan = await planOfChange(
      { 'istio/iop.yaml': operatorObject('mesh', 'tag: 1.23.2') },
      { 'helmfile.yaml': helmfile(release('istiod', 'istiod', '1.24.3')) },
    );
    const step = stepOf(plan, /^Upgrade/);
    expect(step.preconditions.join(' ')).toContain('app.kubernetes.io/managed-by=Helm');
    expect(step.rollback).toContain('istioctl install -f istio/iop.yaml -y');
  });

  test('CRDs that Helm does not own yet, by the version of the base chart itself', async () => {
    const at = (base: string, istiod: string) => ({
      'helmfile.yaml': helmfile(release('base', 'base', base), release('istiod', 'istiod', istiod)),
    });
    const plan = await planOfChange(at('1.23.2', '1.24.3'), at('1.25.0', '1.25.0'));
    expect(stepOf(plan, /^Bring CRDs/).preconditions.join(' ')).toContain('Helm owns the CRDs');
  });
});

describe('what is restarted', () => {
  const mesh = (version: string) => ({ 'helmfile.yaml': helmfile(release('istiod', 'istiod', version)) });
  const up = (both: Record<string, string>) => planOfChange(mesh('1.28.1'), mesh('1.28.3'), both);

  test('nothing of kube-system, which is never injected', async () => {
    const plan = await up({
      'apps.yaml': [
        namespace('kube-system', 'istio-injection: enabled'),
        namespace('shop', 'istio-injection: enabled'),
      ].join('---\n'),
    });
    expect(titles(plan).at(-1)).toBe('Restart namespace shop');
  });

  test('first what is known to be little, and last what delivers the rest', async () => {
    const plan = await up({
      'apps.yaml': [
        namespace('flux-system', 'istio-injection: enabled'),
        namespace('hidden', 'istio-injection: enabled'),
        `${namespace('shop', 'istio-injection: enabled')}${workload('Deployment', 'shop', 'cart')}`,
      ].join('---\n'),
    });
    expect(titles(plan).slice(-3)).toEqual([
      'Restart namespace shop',
      'Restart namespace hidden',
      'Restart namespace flux-system',
    ]);
    expect(stepOf(plan, /hidden/).preconditions.join(' ')).toContain('what they run is not written here');
  });
});
