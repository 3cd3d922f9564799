import type { Environment } from '../environments/environment.ts';
import { isKnown } from '../yaml/placeholders.ts';
import { chartInstallation } from './installations/chart-release.ts';
import { chartReleases } from './installations/gateway-chart.ts';
import type { Found, Installations } from './installations/installation.ts';
import { readIstioOperators } from './installations/istio-operator.ts';
import { readRenderedComponents } from './installations/rendered-components.ts';
import { readRenderedControlPlanes } from './installations/rendered-control-planes.ts';
import { readSail } from './installations/sail.ts';
import type { ControlPlane, MeshComponent } from './mesh.ts';
import { workloadsOf } from './workloads.ts';

export type { Installations } from './installations/installation.ts';
export { chartWorkloads, gatewayChartLabels } from './installations/gateway-chart.ts';
export type { ChartWorkload } from './installations/gateway-chart.ts';

/** Control planes, components and revision tags, from every shape in which a repository may hold them. */
export function readInstallations(environment: Environment): Installations {
  const { resources } = environment;
  const workloads = workloadsOf(resources);
  const declared = [
    ...readSail(resources),
    ...readIstioOperators(resources),
    ...chartReleases(environment).map(chartInstallation),
  ];
  const rendered: Found[] = [
    readRenderedControlPlanes(workloads, resources),
    { components: readRenderedComponents(workloads) },
  ];
  const found = [...declared, ...rendered];
  const controlPlanes = withoutRenderings(found.flatMap((part) => part.controlPlanes ?? []));
  const tags = found.flatMap((part) => part.tags ?? []);
  const incomplete = whyIncomplete(environment, controlPlanes);
  return {
    controlPlanes,
    components: found.flatMap((part) => part.components ?? []).filter(isOnlyTelling(controlPlanes)),
    tags: tags.filter((tag, index) => tags.findIndex(sameAs(tag)) === index),
    ...(incomplete === undefined ? {} : { incomplete }),
  };
}

function sameAs<T extends { readonly name: string; readonly revision: string }>(one: T): (other: T) => boolean {
  return (other) => other.name === one.name && other.revision === one.revision;
}

/**
 * A chart that a tool has rendered shows twice: as the release and as its Deployment. The release stays, since that is
 * what a person edits. Manifests nobody rendered are an installation of their own, even beside a release.
 */
function withoutRenderings(controlPlanes: readonly ControlPlane[]): ControlPlane[] {
  return controlPlanes.filter(
    (one) =>
      !isRendering(one) ||
      !controlPlanes.some(
        (other) =>
          other.installer !== 'manifests' &&
          other.revision === one.revision &&
          other.namespace === one.namespace,
      ),
  );
}

function isRendering({ installer, resource }: ControlPlane): boolean {
  return installer === 'manifests' && (resource?.origin.through ?? []).some((step) => /helm/i.test(step));
}

/** An `istiod` component is the shadow of a control plane, so it goes where that went. */
function isOnlyTelling(controlPlanes: readonly ControlPlane[]): (component: MeshComponent) => boolean {
  const places = new Set(controlPlanes.map(({ at, revision }) => `${at.file}:${at.line} ${revision}`));
  return ({ component, at, revision }) =>
    component !== 'istiod' || places.has(`${at.file}:${at.line} ${revision ?? ''}`);
}

/** Sources that may bring a control plane of their own, judged by what they are called. */
const MAY_BRING_ISTIO = /istio|mesh|\basm\b|tetrate|gloo|kubeflow|knative|rancher|remote/i;

function whyIncomplete(environment: Environment, controlPlanes: readonly ControlPlane[]): string | undefined {
  if (controlPlanes.length === 0) return 'no control plane is written in this repository';
  const unnamed = controlPlanes.find(({ revision }) => !isKnown(revision));
  if (unnamed) return 'a control plane gets its revision where this repository cannot show it';
  const unsure = controlPlanes.find(({ confidence }) => confidence !== 'certain');
  if (unsure) return `it is not certain what ${unsure.at.file} installs`;
  const opaque = environment.opaque.find(({ what }) => MAY_BRING_ISTIO.test(what));
  return opaque && `${opaque.what} may bring another control plane`;
}
