import type { ContainerModel, Workload } from '../mesh/mesh.ts';
import type { Bind, BindSource } from './bind.ts';
import { bindsOf } from './binds.ts';
import type { Exposure, Exposures } from './exposure.ts';
import type { ConfigMaps } from './variables.ts';

/** A Service port whose traffic arrives where, as far as the manifest says, only the pod itself can reach the listener. */
export interface LoopbackListener {
  readonly container: ContainerModel;
  readonly bind: Bind;
  readonly exposure: Exposure;
}

/**
 * The Service ports of a workload that lead to a listener on loopback: every address the pod is told to bind on the port is
 * loopback, and no other container declares the port (a proxy in front is the usual reason for a loopback bind).
 */
export function loopbackListeners(
  workload: Workload,
  exposures: Exposures,
  configMaps: ConfigMaps = () => undefined,
): LoopbackListener[] {
  // Most workloads bind nothing explicitly: Services are asked only of those that bind loopback.
  const all = bindsOf(workload, configMaps);
  if (!all.some(({ binds }) => binds.some(({ reach }) => reach === 'loopback'))) return [];
  const containers = all.map(({ container }) => container);
  return exposures.of(workload).flatMap((exposure) => {
    const here = all.flatMap(({ container, binds }) =>
      effective(binds.filter(({ port }) => port === exposure.target))
        .filter(({ reach }) => reach !== 'socket')
        .map((bind) => ({ container, bind })),
    );
    const [first] = here;
    if (!first || !here.every(({ bind }) => bind.reach === 'loopback')) return [];
    const isDeclared = ({ ports }: ContainerModel): boolean =>
      ports.some(({ port }) => port === exposure.target);
    const declaredElsewhere = containers.some((one) => one.name !== first.container.name && isDeclared(one));
    if (declaredElsewhere) return [];
    // What clients name their targets by is believed of the container that has the port, or of the only one.
    if (first.bind.trust === 'weak' && containers.length > 1 && !isDeclared(first.container)) return [];
    return [{ ...first, exposure }];
  });
}

const PRECEDENCE: readonly BindSource[] = ['argument', 'variable', 'file', 'default'];

/**
 * Arguments win over variables, those over files, and a setting known to be the program's over one read off its name. Where
 * only names that clients use, too, speak of an address, whatever else is told must agree with them.
 */
function effective(binds: readonly Bind[]): readonly Bind[] {
  const source = PRECEDENCE.find((one) => binds.some((bind) => bind.source === one));
  const wins = binds.filter((bind) => bind.source === source);
  const known = wins.filter(({ trust }) => trust === 'known');
  if (known.length > 0) return known;
  return wins.every(({ trust }) => trust === 'weak') ? binds : wins;
}
