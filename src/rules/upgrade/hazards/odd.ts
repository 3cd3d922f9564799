import type { OddSignal } from '../../../facts/hazards/hazard.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { Input } from '../../rule.ts';
import type { Hit } from './hit.ts';
import { duplicateSubsets } from './odd/duplicate-subsets.ts';
import { envoyFilterPriorities } from './odd/envoyfilter-priorities.ts';
import { noneWithTargetPort } from './odd/target-ports.ts';
import { podsAskingInUnlabelledNamespaces } from './odd/pods-asking.ts';
import { gatewayApiBelow } from './odd/gateway-api-below.ts';
import { outsideDiscovery } from './odd/outside-discovery.ts';
import { waypointsNobodyUses } from './odd/waypoints.ts';

/** A look that no declarative signal can express. */
export interface OddLook {
  /** What of the mesh it reads. */
  readonly inputs: readonly Input[];
  readonly hits: (mesh: Mesh, args: readonly string[]) => Hit[];
}

/** Each by the name that hazards use. */
const ODD: Readonly<Record<string, OddLook>> = {
  'duplicate-subsets': duplicateSubsets,
  'envoyfilter-priorities': envoyFilterPriorities,
  'gateway-api-below': gatewayApiBelow,
  'none-with-target-port': noneWithTargetPort,
  'outside-discovery': outsideDiscovery,
  'pods-asking-in-unlabelled-namespaces': podsAskingInUnlabelledNamespaces,
  'waypoints-nobody-uses': waypointsNobodyUses,
};

export const ODD_NAMES: readonly string[] = Object.keys(ODD);

export function oddHits(mesh: Mesh, { name, with: args }: OddSignal): Hit[] {
  return ODD[name]?.hits(mesh, args) ?? [];
}

export function oddInputs(name: string): readonly Input[] {
  return ODD[name]?.inputs ?? [];
}
