import { perObject } from '../../../remember.ts';
import type { HazardPart } from '../../../facts/hazards/hazard.ts';
import { compareVersions, formatVersion, type IstioVersion } from '../../../facts/versions.ts';
import type { ControlPlane, Mesh, MeshComponent } from '../../../mesh/mesh.ts';
import type { Confidence, Location } from '../../../vocabulary.ts';
import { revisionChange } from '../../revisions/revision-names.ts';

/** A way from one release to a later one that something in the mesh takes with this change. */
export interface Step {
  readonly part: HazardPart;
  readonly from: IstioVersion;
  readonly to: IstioVersion;
  readonly fromText: string;
  readonly toText: string;
  /**
   * `in place`: the part itself is replaced. `canary`: a revision is installed beside the old one, and serves nobody yet.
   * `move`: namespaces go from one revision to another that is there already.
   */
  readonly how: 'in place' | 'canary' | 'move';
  /** The control plane that is new or replaced; `undefined`: it has no name, or none is. */
  readonly revision: string | undefined;
  /** The namespaces that move; `undefined`: all of the mesh. */
  readonly namespaces: ReadonlySet<string> | undefined;
  readonly confidence: Confidence;
  /** Where the new version, or what moves, is written. */
  readonly at: Location | undefined;
}

/** Every step to a later release between two meshes, of the whole mesh first. Empty for most changes, and then at once. */
export function stepsBetween(before: Mesh, after: Mesh): readonly Step[] {
  return stepsTo(after)(before);
}

const stepsTo = perObject((after: Mesh) =>
  perObject((before: Mesh): readonly Step[] => found(before, after)),
);

function found(before: Mesh, after: Mesh): Step[] {
  const steps = [...inPlace(after), ...canaries(before, after), ...moves(before, after)];
  return steps.filter(({ from, to }) => compareVersions(from, withPatch(to)) < 0);
}

/** A minor without its patch is the newest of that minor. */
function withPatch(version: IstioVersion): IstioVersion {
  return { ...version, patch: version.patch ?? Infinity };
}

function inPlace({ upgrades, controlPlanes }: Mesh): Step[] {
  return upgrades.flatMap(({ before, after, from, to }) => {
    const part = partOf(after, controlPlanes);
    if (!part) return [];
    return {
      ...{ part, from, to, fromText: before.versionText, toText: after.versionText },
      how: 'in place' as const,
      revision: after.revision,
      namespaces: undefined,
      confidence: after.confidence,
      at: after.at,
    };
  });
}

/** The in-cluster operator brings the control planes that are not written here. */
function partOf({ component }: MeshComponent, planes: readonly ControlPlane[]): HazardPart | undefined {
  if (component !== 'operator') return component;
  return planes.length === 0 ? 'istiod' : undefined;
}

function canaries(before: Mesh, after: Mesh): Step[] {
  const oldest = newest(before.controlPlanes);
  if (!oldest) return [];
  return revisionChange(before, after).added.flatMap((plane) => {
    const { version, versionText, revision, confidence, at } = plane;
    if (!version) return [];
    return {
      ...{ part: 'istiod' as const, from: oldest.version, to: version },
      ...{ fromText: oldest.versionText, toText: versionText, revision, confidence, at },
      how: 'canary' as const,
      namespaces: undefined,
    };
  });
}

type Versioned = ControlPlane & { readonly version: IstioVersion };

function newest(planes: readonly ControlPlane[]): Versioned | undefined {
  const versioned = planes.filter((plane): plane is Versioned => plane.version !== undefined);
  return versioned.toSorted((a, b) => compareVersions(b.version, a.version))[0];
}

/** Namespaces whose pods another revision serves from now on, grouped by the way they go. */
function moves(before: Mesh, after: Mesh): Step[] {
  if (differentVersions(before, after) < 2) return [];
  const groups = new Map<string, { step: Step; namespaces: Set<string> }>();
  for (const { namespace, from, to, at } of movingNamespaces(before, after)) {
    const key = JSON.stringify([formatVersion(from.version), formatVersion(to.version)]);
    const known = groups.get(key);
    if (known) {
      known.namespaces.add(namespace);
      continue;
    }
    const namespaces = new Set([namespace]);
    const step: Step = {
      ...{ part: 'istiod' as const, from: from.version, to: to.version, namespaces, at },
      ...{ fromText: from.versionText, toText: to.versionText, how: 'move' as const },
      ...{ revision: undefined, confidence: to.confidence },
    };
    groups.set(key, { step, namespaces });
  }
  return [...groups.values()].map(({ step }) => step);
}

function differentVersions(...meshes: readonly Mesh[]): number {
  const versions = meshes.flatMap(({ controlPlanes }) =>
    controlPlanes.flatMap(({ version }) => version ?? []),
  );
  return new Set(versions.map(formatVersion)).size;
}

interface Moving {
  readonly namespace: string;
  readonly from: Versioned;
  readonly to: Versioned;
  readonly at: Location | undefined;
}

function movingNamespaces(before: Mesh, after: Mesh): Moving[] {
  const served = (mesh: Mesh, revision: string): Versioned | undefined =>
    mesh.controlPlanes.find(
      (plane): plane is Versioned => plane.revision === revision && plane.version !== undefined,
    );
  const moving: Moving[] = [];
  const compare = (
    namespace: string,
    then: ReturnType<Mesh['namespaceInjection']>,
    now: typeof then,
  ): void => {
    if (then.injected !== 'yes' || now.injected !== 'yes' || then.revision === now.revision) return;
    const from = served(before, then.revision);
    const to = served(after, now.revision);
    if (from && to) moving.push({ namespace, from, to, at: now.at });
  };
  for (const { name, resource } of after.namespaces.values()) {
    if (!resource || !before.namespaces.get(name)?.resource) continue;
    compare(name, before.namespaceInjection(name), after.namespaceInjection(name));
  }
  const earlier = new Map(before.workloads.map((one) => [`${one.kind}/${one.namespace}/${one.name}`, one]));
  for (const workload of after.workloads) {
    const then = earlier.get(`${workload.kind}/${workload.namespace}/${workload.name}`);
    if (then) compare(workload.namespace, before.injectionOf(then), after.injectionOf(workload));
  }
  return moving;
}
