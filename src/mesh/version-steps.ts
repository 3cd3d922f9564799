import { compareVersions, type IstioVersion } from '../facts/versions.ts';
import type { MeshComponent } from './mesh.ts';

/** A part of the installation that is at another version than before the change. Both versions are known. */
export interface VersionStep {
  readonly before: MeshComponent;
  readonly after: MeshComponent;
  readonly from: IstioVersion;
  readonly to: IstioVersion;
}

/** The parts that change their version in place: same part, same name, or the only one of its sort on both sides. */
export function versionSteps(
  before: readonly MeshComponent[],
  after: readonly MeshComponent[],
): VersionStep[] {
  return after.flatMap((now) => {
    const then = counterpart(now, before, after);
    if (!then?.version || !now.version || compareVersions(then.version, now.version) === 0) return [];
    return [{ before: then, after: now, from: then.version, to: now.version }];
  });
}

function counterpart(
  now: MeshComponent,
  before: readonly MeshComponent[],
  after: readonly MeshComponent[],
): MeshComponent | undefined {
  const sort = before.filter(({ component }) => component === now.component);
  const same = sort.filter(
    ({ name, namespace, revision }) =>
      name === now.name && namespace === now.namespace && revision === now.revision,
  );
  if (same.length > 0) return same.length === 1 ? same[0] : same.find(({ at }) => at.file === now.at.file);
  const isOnly =
    sort.length === 1 && after.filter(({ component }) => component === now.component).length === 1;
  return isOnly && sort[0]?.revision === now.revision ? sort[0] : undefined;
}
