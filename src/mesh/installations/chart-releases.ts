import type { Environment } from '../../environments/environment.ts';
import { argoCdReleases } from './argo-applications.ts';
import { declaredReleases } from './declared-charts.ts';
import { fluxReleases } from './flux-releases.ts';
import { helmObjectReleases } from './helm-objects.ts';
import type { ChartRelease } from './installation.ts';
import { k3sReleases } from './k3s-helm-charts.ts';

/** Every release of an Istio chart the environment performs, whoever performs it. */
export function chartReleases(environment: Pick<Environment, 'resources' | 'charts'>): ChartRelease[] {
  return [
    ...fluxReleases(environment.resources),
    ...argoCdReleases(environment.resources),
    ...k3sReleases(environment.resources),
    ...helmObjectReleases(environment.resources),
    ...declaredReleases(environment),
  ];
}
