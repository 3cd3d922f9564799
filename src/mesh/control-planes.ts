import type { Environment } from '../environments/environment.ts';
import { isKnown } from '../yaml/placeholders.ts';
import { chartInstallation } from './installations/chart-release.ts';
import { chartReleases } from './installations/chart-releases.ts';
import type { Found, Installations } from './installations/installation.ts';
import { mayRunIstio } from './installations/istio-images.ts';
import { readIstioOperators } from './installations/istio-operator.ts';
import { readRenderedComponents } from './installations/rendered-components.ts';
import { readRenderedControlPlanes } from './installations/rendered-control-planes.ts';
import { readSail } from './installations/sail.ts';
import { scriptReleases } from './installations/script-helm.ts';
import { scriptInstallations } from './installations/script-installations.ts';
import type { ScriptInstallations } from './installations/script-installations.ts';
import type { ControlPlane, MeshComponent, RevisionTag } from './mesh.ts';
import { perObject } from '../remember.ts';
import { workloadsOf } from './workloads.ts';

export type { Installations } from './installations/installation.ts';
export { chartWorkloads, gatewayChartLabels } from './installations/gateway-chart.ts';
export type { ChartWorkload } from './installations/gateway-chart.ts';

/** Control planes, components and revision tags, from every shape in which a repository may hold them. */
export const readInstallations = perObject((environment: Environment): Installations => {
  const { resources } = environment;
  const workloads = workloadsOf(resources.filter(mayRunIstio));
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
  const ofManifests = found.flatMap((part) => part.components ?? []);
  const operators = ofManifests.filter(({ component }) => component === 'operator');
  const scripts = scriptInstallations(environment.scripts ?? []);
  const written = withoutRenderings(found.flatMap((part) => part.controlPlanes ?? [])).map((controlPlane) =>
    withBinaryVersion(withOperatorVersion(controlPlane, operators), scripts),
  );
  // Scripts often install something to try it out: they count where nothing else tells of a control plane.
  const helm = written.length > 0 ? [] : scriptReleases(environment.scripts ?? []).map(chartInstallation);
  const scripted = [...scripts.controlPlanes, ...helm.flatMap((part) => part.controlPlanes ?? [])];
  const controlPlanes = written.length > 0 ? written : scripted;
  const tags = withScriptTags(
    [...found, ...helm].flatMap((part) => part.tags ?? []),
    scripts,
    controlPlanes,
  );
  const components = [...ofManifests, ...helm.flatMap((part) => part.components ?? [])];
  const incomplete = whyIncomplete(environment, controlPlanes, operators.length > 0);
  return {
    controlPlanes,
    components: [
      ...controlPlanes.map(istiodComponent),
      ...components.filter(({ component }) => component !== 'istiod'),
    ],
    tags: tags.filter((tag, index) => tags.findIndex(sameAs(tag)) === index),
    ...(incomplete === undefined ? {} : { incomplete }),
  };
});

function sameAs<T extends { readonly name: string; readonly revision: string }>(
  one: T,
): (other: T) => boolean {
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

/** An IstioOperator without a tag gets the version of the operator in the cluster, its built-in default. */
function withOperatorVersion(controlPlane: ControlPlane, operators: readonly MeshComponent[]): ControlPlane {
  const [only, ...others] = operators;
  if (!only || others.length > 0) return controlPlane;
  if (controlPlane.versionText !== '' || controlPlane.resource?.kind !== 'IstioOperator') return controlPlane;
  const { version, versionText, at } = only;
  return { ...controlPlane, version, versionText, at, confidence: 'likely' };
}

/** An IstioOperator without a tag installs the version of the istioctl that is called, where scripts agree on one. */
function withBinaryVersion(controlPlane: ControlPlane, { istioctl }: ScriptInstallations): ControlPlane {
  if (!istioctl || controlPlane.versionText !== '' || controlPlane.resource?.kind !== 'IstioOperator') {
    return controlPlane;
  }
  return { ...controlPlane, ...istioctl, confidence: 'likely' };
}

/** A tag that a script sets, on a control plane that is here; what a manifest or chart says of it comes first. */
function withScriptTags(
  tags: readonly RevisionTag[],
  scripts: ScriptInstallations,
  controlPlanes: readonly ControlPlane[],
): RevisionTag[] {
  const set = new Map(scripts.tags.map((tag) => [tag.name, tag]));
  const added = [...set.values()].filter(
    ({ name, revision }) =>
      !tags.some((tag) => tag.name === name) && controlPlanes.some((one) => one.revision === revision),
  );
  return [...tags, ...added];
}

/** The control plane once more, beside the components whose versions have to fit its own. */
function istiodComponent(controlPlane: ControlPlane): MeshComponent {
  const { release, revision, version, versionText, chartVersion, chartFile } = controlPlane;
  const { namespace, installer, at, confidence, values } = controlPlane;
  return {
    component: 'istiod',
    name: release ?? 'istiod',
    namespace,
    revision,
    version,
    versionText,
    ...(chartVersion ? { chartVersion } : {}),
    ...(chartFile === undefined ? {} : { chartFile }),
    installer,
    at,
    confidence,
    ...(values ? { values } : {}),
  };
}

/** Sources that may bring a control plane of their own, judged by what they are called. */
const MAY_BRING_ISTIO = /istio|mesh|\basm\b|tetrate|gloo|kubeflow|knative|rancher|remote/i;

function whyIncomplete(
  environment: Environment,
  controlPlanes: readonly ControlPlane[],
  hasOperator: boolean,
): string | undefined {
  if (controlPlanes.length === 0) return 'no control plane is written in this repository';
  if (!controlPlanes.every(({ revision }) => isKnown(revision))) {
    return 'a control plane gets its revision where this repository cannot show it';
  }
  const byHand = controlPlanes.find(
    ({ installer, revision }) => installer === 'istioctl' && revision === 'default',
  );
  if (byHand && !hasOperator) {
    return `istioctl may be told another revision than ${byHand.at.file} names`;
  }
  const unsure = controlPlanes.find(
    ({ confidence, installer }) => confidence !== 'certain' && installer !== 'istioctl',
  );
  if (unsure) return `it is not certain what ${unsure.at.file} installs`;
  const script = controlPlanes.find(({ resource, release }) => !resource && release === 'istioctl');
  if (script) return `${script.at.file} may install more than its text shows`;
  const opaque = environment.opaque.find(({ what }) => MAY_BRING_ISTIO.test(what));
  return opaque && `${opaque.what} may bring another control plane`;
}
