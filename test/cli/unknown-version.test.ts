import { afterAll, expect, test } from '@jest/globals';
import { DATA_VERSION } from '../../src/facts/data-version.ts';
import type { Review } from '../../src/report/review.ts';
import { run, Workspace } from './workspace.ts';

const workspace = new Workspace();
afterAll(() => workspace.remove());

const chart = (version: string): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: istiod, namespace: istio-system }
spec:
  chart:
    spec:
      chart: istiod
      version: ${version}
      sourceRef: { kind: HelmRepository, name: istio }
`;

const newest = Number(DATA_VERSION.newest.split('.')[1]);

test.each([`1.${newest + 1}.0`, '1.40.0'])('an upgrade to %s is not called safe', async (version) => {
  const { directory } = workspace.write({
    'base/istiod.yaml': chart(`1.${newest}.0`),
    'head/istiod.yaml': chart(version),
  });
  const argv = ['review', '--base-dir', 'base', '--head-dir', 'head', '--format', 'json'];
  const review = JSON.parse((await run(argv, { cwd: directory })).stdout) as Review;
  expect(review.verdict).not.toBe('safe');
  const [environment] = review.environments;
  expect(environment?.findings.map(({ rule }) => rule)).toContain('version-not-known');
  const minor = version.split('.').slice(0, 2).join('.');
  expect(environment?.unchecked.map(({ what }) => what)).toContain(`what Istio ${minor} changes`);
  const text = (await run(argv.slice(0, -2), { cwd: directory })).stdout.replace(/\s+/g, ' ');
  expect(text).toContain(DATA_VERSION.asOf);
  expect(text).toContain(DATA_VERSION.newest);
});
