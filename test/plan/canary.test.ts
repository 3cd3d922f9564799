import { describe, expect, test } from '@jest/globals';
import {
  changed,
  helmfile,
  namespace,
  operatorObject,
  planOfChange,
  release,
  stepOf,
  titles,
  workload,
} from './planned-files.ts';

const base = release('base', 'base', '1.29.1');
const istiod = (revision: string, version: string): string =>
  release(`istiod-${revision}`, 'istiod', version, `revision: ${revision}`);
const [OLD, NEW] = [istiod('1-28-3', '1.28.3'), istiod('1-29-1', '1.29.1')];

const sail = (version: string, ...strategy: readonly string[]): string => `apiVersion: sailoperator.io/v1
kind: Istio
metadata:
  name: mesh
spec:
  version: ${version}
  namespace: istio-system
  updateStrategy:
    type: RevisionBased
${strategy.map((line) => `    ${line}\n`).join('')}`;

describe('a revision beside another', () => {
  test('the old one goes as it came', async () => {
    const plan = await planOfChange(
      { 'helmfile.yaml': helmfile(base) },
      { 'helmfile.yaml': helmfile(base, NEW) },
      { 'istio/iop.yaml': operatorObject('mesh', 'tag: 1.28.3') },
    );
    const { run, rollback } = stepOf(plan, /^Remove/);
    expect(run).toEqual(['istioctl uninstall -f istio/iop.yaml -y']);
    expect(rollback).toContain('istioctl install -f istio/iop.yaml -y');
  });

  test('of several old ones, whichever is gone goes in order', async () => {
    const oldest = istiod('1-27-4', '1.27.4');
    const plan = await planOfChange(
      { 'helmfile.yaml': helmfile(base, oldest, OLD, NEW) },
      { 'helmfile.yaml': helmfile(base, oldest, NEW) },
      { 'apps.yaml': namespace('shop', 'istio.io/rev: 1-29-1') },
    );
    expect(titles(plan).slice(-2)).toEqual(['Remove 1-28-3 (1.28.3)', 'Remove 1-27-4 (1.27.4)']);
    expect(plan.beforeMerging.join(' ')).not.toContain('remove 1-27-4');
  });

  test('what asked for the removed one is restarted by name', async () => {
    const plan = await planOfChange(
      { 'helmfile.yaml': helmfile(base, OLD, NEW) },
      { 'helmfile.yaml': helmfile(base, NEW) },
      {
        'apps.yaml': `${namespace('shop', 'istio.io/rev: 1-28-3')}${workload('StatefulSet', 'shop', 'orders')}`,
      },
    );
    expect(stepOf(plan, /namespace shop/).run).toContain(
      'kubectl rollout restart statefulset/orders -n shop',
    );
  });

  test('a name with dots is no revision that can run', async () => {
    const dotted = (version: string) => operatorObject('mesh', `revision: "${version}"`, `tag: ${version}`);
    const { stage, plan } = await changed(
      { 'old.yaml': dotted('1.27.4') },
      { 'old.yaml': dotted('1.27.4'), 'new.yaml': dotted('1.28.3') },
    );
    expect(plan).toBeUndefined();
    expect(stage?.because).toContain('no name that Kubernetes takes for a Service');
  });

  test('CRDs that go ahead of a named revision are told of', async () => {
    const at = (version: string) => helmfile(release('base', 'base', version), OLD);
    const { stage, plan } = await changed(
      { 'helmfile.yaml': at('1.28.3') },
      { 'helmfile.yaml': at('1.29.1') },
      { 'apps.yaml': namespace('shop', 'istio.io/rev: 1-28-3') },
    );
    expect(plan).toBeUndefined();
    expect(stage?.because).toContain('base chart goes to 1.29.1, ahead of revision 1-28-3');
  });

  test('an Application that is pruned needs its finalizer', async () => {
    const application = (name: string, revision: string, version: string): string =>
      `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  destination: { namespace: istio-system }
  source:
    repoURL: https://istio-release.storage.googleapis.com/charts
    chart: istiod
    targetRevision: ${version}
    helm: { valuesObject: { revision: ${revision} } }
`;
    const plan = await planOfChange(
      { 'istio/README.md': '' },
      { 'istio/new.yaml': application('istiod-new', '1-29-1', '1.29.1') },
      { 'istio/old.yaml': application('istiod-old', '1-28-3', '1.28.3') },
    );
    expect(stepOf(plan, /^Remove/).preconditions.join(' ')).toContain(
      'Application istiod-old has the finalizer resources-finalizer.argocd.argoproj.io',
    );
  });
});

describe('the Sail Operator by revision', () => {
  const tag = (kind: string, name: string): string =>
    `apiVersion: sailoperator.io/v1\nkind: IstioRevisionTag\nmetadata:\n  name: prod\nspec:\n  targetRef:\n    kind: ${kind}\n    name: ${name}\n`;
  const shop = `${namespace('shop', 'istio.io/rev: prod')}${workload('Deployment', 'shop', 'cart')}`;

  test('a grace period that is written is not patched, and a tag of the Istio object moves at once', async () => {
    const grace = 'inactiveRevisionDeletionGracePeriodSeconds: 30';
    const plan = await planOfChange(
      { 'istio.yaml': sail('v1.27.3', grace) },
      { 'istio.yaml': sail('v1.28.2', grace) },
      { 'tag.yaml': tag('Istio', 'mesh'), 'apps.yaml': shop },
    );
    const install = stepOf(plan, /^Install/);
    expect(install.run).toEqual(['kubectl apply -f istio.yaml']);
    expect(install.preconditions.join(' ')).toContain('GracePeriodSeconds: 86400 by then');
    expect(install.preconditions.join(' ')).toContain('point it to IstioRevision mesh-v1-27-3 before');
    // The namespace is written as before: only its pods are created again.
    expect(stepOf(plan, /^Move tag prod/).run[0]).toBe('kubectl rollout restart deployment/cart -n shop');
  });

  test('a default tag takes over what asks for nobody by name', async () => {
    const mesh = helmfile(release('istiod', 'istiod', '1.28.2'));
    const plan = await planOfChange(
      { 'helmfile.yaml': mesh },
      {
        'helmfile.yaml': mesh,
        'istio.yaml': sail('v1.28.3'),
        'tag.yaml': tag('Istio', 'mesh').replace('prod', 'default'),
      },
      { 'apps.yaml': namespace('shop', 'istio-injection: enabled') },
    );
    expect(stepOf(plan, /^Remove/).preconditions).toContain(
      'kubectl get namespaces -l istio-injection=enabled → only those that get their sidecars from mesh-v1-28-3 through tag default',
    );
  });

  test('looks for no IstioRevision of a control plane that Helm installed', async () => {
    const plan = await planOfChange(
      { 'helmfile.yaml': helmfile(release('istiod', 'istiod', '1.28.2')) },
      { 'helmfile.yaml': helmfile(release('istiod', 'istiod', '1.28.2')), 'istio.yaml': sail('v1.28.3') },
    );
    expect(stepOf(plan, /^Install/).verify.join(' ')).not.toContain('istiorevision default');
    expect(stepOf(plan, /^Remove/).run[0]).toBe('helm uninstall istiod -n istio-system');
  });
});
