import type { Resource } from '../../../render/resource.ts';
import type { Location, Path, ResourceId } from '../../../vocabulary.ts';
import type { MeshComponent, Workload } from '../../../mesh/mesh.ts';
import { asResource } from '../component-finding.ts';
import { friendlyName } from '../../suppress.ts';
import { type Subject, subjectAt } from '../../subject.ts';

/** One place in the repository that a signal matches. */
export interface Hit {
  readonly subject: Subject;
  /** Looked up when it is shown: finding the line parses the document again. */
  readonly at: () => Location;
  /** `DestinationRule shop/cart`, `pilot.env.X of istiod`. */
  readonly says: string;
  /**
   * It configures the installation, not one object. `revision`: only that control plane; `undefined`: any.
   */
  readonly setting: boolean;
  readonly revision: string | undefined;
  /** The signal is a hint, or what it says of may not be in the mesh. */
  readonly likely: boolean;
}

/** A field of an object. */
export function objectHit(resource: Resource, path: Path, likely = false): Hit {
  return {
    subject: resource,
    at: () => resource.origin.at(path),
    says: `${friendlyName(resource)}${written(path)}`,
    setting: false,
    revision: undefined,
    likely,
  };
}

/** A field of a pod template. `path` starts at the pod's spec. */
export function podHit(workload: Workload, path: Path, likely = false): Hit {
  return objectHit(workload.resource, [...workload.specPath, ...path], likely);
}

/** A Helm value of a part of the installation; `path` in the layout of istioctl. */
export function valueHit(part: MeshComponent, path: Path): Hit {
  const { component, name, revision, values, installer } = part;
  const what = installer === 'istioctl' ? 'the values' : `the values of ${component} ${name}`;
  const at = (): Location => values?.at(path) ?? part.at;
  const says = path.length === 0 ? what : `${path.join('.')} in ${what}`;
  return settingHit(asResource(part), at, says, component === 'istiod' ? revision : undefined);
}

/** A part of the installation as such. */
export function componentHit(part: MeshComponent): Hit {
  const { component, name, revision, at } = part;
  return settingHit(
    asResource(part),
    () => at,
    `${component} ${name}`,
    component === 'istiod' ? revision : undefined,
  );
}

/** Something that configures the installation. */
export function settingHit(
  id: ResourceId,
  at: () => Location,
  says: string,
  revision: string | undefined,
): Hit {
  return { subject: subjectAt(id, at()), at, says, setting: true, revision, likely: false };
}

/** ` (spec.http.0.match)`: short, as the line is given beside it. */
function written(path: Path): string {
  const names = path.filter((step) => typeof step === 'string');
  const last = names.slice(-2).join('.');
  return last === '' ? '' : `: ${last}`;
}
