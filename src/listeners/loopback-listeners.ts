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
  const containers = workload.containers.filter(
    ({ init, body }) => !init || body['restartPolicy'] === 'Always',
  );
  const binds = containers.map((container) =>
    bindsOf(container, workload, configMaps).map((bind) => ({ container, bind })),
  );
  // Most workloads bind nothing explicitly: ask for Services only when one binds loopback.
  if (!binds.flat().some(({ bind }) => bind.reach === 'loopback')) return [];
  return exposures.of(workload).flatMap((exposure) => {
    const here = binds.flatMap((own) => effective(own.filter(({ bind }) => bind.port === exposure.target)));
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

interface ContainerBind {
  readonly container: ContainerModel;
  readonly bind: Bind;
}

const PRECEDENCE: readonly BindSource[] = ['argument', 'variable', 'file', 'default'];

/** Arguments win over variables, those over files, and a setting known to be the program's over one read off its name. */
function effective(binds: readonly ContainerBind[]): readonly ContainerBind[] {
  const source = PRECEDENCE.find((one) => binds.some(({ bind }) => bind.source === one));
  const wins = binds.filter(({ bind }) => bind.source === source);
  const known = wins.filter(({ bind }) => bind.trust === 'known');
  return known.length > 0 ? known : wins;
}
