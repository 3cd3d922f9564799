import { formatVersion, type IstioVersion, minorDistance } from '../../facts/versions.ts';
import type { Mesh, MeshComponent } from '../../mesh/mesh.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { asResource, titleOf } from './component-finding.ts';

type Context = RuleContext<'crds' | 'ahead' | 'operator'>;

type Versioned = MeshComponent & { readonly version: IstioVersion };

/**
 * The parts of an installation have an order: CRDs first, then the control plane, then what it serves. The node agents
 * work with a control plane of their own minor or the next, never with an older one (istio.io, ambient upgrade).
 */
export default defineRule({
  id: 'version-skew',
  name: 'version-skew',
  level: 'warning',
  inputs: ['components'],
  summary: 'Parts of Istio are at minors that are not meant to run together.',
  messages: {
    crds: 'The {title} is {version}, and its CRDs come from {other}: the control plane is newer than its CRDs.',
    ahead: 'The {title} is {version}, newer than every control plane here ({other}).',
    operator:
      'The {title} is to be {version}, and the operator that installs it is {other}: it puts new images into the manifests of the older release.',
  },
  advice: {
    crds: 'Upgrade the base chart (CRDs) first, in the same change or one before it.',
    operator: 'Upgrade the operator first, to the minor of the control plane it is to install.',
    ahead: 'Upgrade the control plane first; what it serves may lag behind it by a minor, not run ahead.',
  },
  check({ mesh, report }) {
    const planes = versioned(mesh, 'istiod');
    const bases = versioned(mesh, 'base');
    // CRDs of a version that is not written here may be the newest of all.
    const newestBase = bases.length < count(mesh, 'base') ? undefined : newest(bases);
    for (const plane of newestBase ? planes : []) {
      if (newestBase && minorDistance(newestBase.version, plane.version) > 0) {
        report(asResource(plane), [], 'crds', pair(plane, newestBase), evidence(newestBase));
      }
    }
    checkOperator(mesh, planes, report);
    const newestPlane = newest(planes);
    if (!newestPlane || planes.length < count(mesh, 'istiod')) return;
    const served = [...versioned(mesh, 'cni'), ...versioned(mesh, 'ztunnel'), ...gatewaysWithAnImage(mesh)];
    for (const part of served) {
      if (minorDistance(newestPlane.version, part.version) > 0) {
        report(asResource(part), [], 'ahead', pair(part, newestPlane), evidence(newestPlane));
      }
    }
  },
});

/** The in-cluster operator (1.4 to 1.23) installs the manifests it was built with, whatever tag it is told. */
function checkOperator(mesh: Mesh, planes: readonly Versioned[], report: Context['report']): void {
  const operators = versioned(mesh, 'operator');
  const newestOperator = newest(operators);
  if (!newestOperator || operators.length < count(mesh, 'operator')) return;
  for (const plane of planes.filter(({ installer }) => installer === 'istioctl')) {
    if (minorDistance(newestOperator.version, plane.version) > 0) {
      report(asResource(plane), [], 'operator', pair(plane, newestOperator), evidence(newestOperator));
    }
  }
}

/** Minors only: a patch release is not another finding. */
function pair(part: Versioned, other: Versioned): { title: string; version: string; other: string } {
  return { title: titleOf(part), version: minorOf(part.version), other: minorOf(other.version) };
}

/** A gateway of the chart takes its image from the injector: only one whose manifest names the image has a version. */
function gatewaysWithAnImage(mesh: Mesh): Versioned[] {
  return versioned(mesh, 'gateway').filter(({ installer }) => installer === 'manifests');
}

function evidence(other: Versioned) {
  return { evidence: [{ says: `${titleOf(other)} is ${other.versionText}`, at: other.at }] };
}

function minorOf({ major, minor }: IstioVersion): string {
  return formatVersion({ major, minor, patch: undefined });
}

function versioned(mesh: Mesh, component: MeshComponent['component']): Versioned[] {
  return mesh.components.filter(
    (part): part is Versioned => part.component === component && part.version !== undefined,
  );
}

function count(mesh: Mesh, component: MeshComponent['component']): number {
  return mesh.components.filter((part) => part.component === component).length;
}

function newest(parts: readonly Versioned[]): Versioned | undefined {
  return [...parts].sort((a, b) => minorDistance(a.version, b.version))[0];
}
