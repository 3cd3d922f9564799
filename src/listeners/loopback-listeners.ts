import type { ContainerModel, Workload } from '../mesh/mesh.ts';
import { type Bind, bindsOf } from './binds.ts';
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
  const binds = workload.containers
    .filter(({ init, body }) => !init || body['restartPolicy'] === 'Always')
    .flatMap((container) => bindsOf(container, configMaps).map((bind) => ({ container, bind })));
  // Most workloads bind nothing explicitly: ask for Services only when one binds loopback.
  if (!binds.some(({ bind }) => bind.reach === 'loopback')) return [];
  return exposures.of(workload).flatMap((exposure) => {
    const here = effective(binds.filter(({ bind }) => bind.port === exposure.target));
    const [first] = here;
    if (!first || !here.every(({ bind }) => bind.reach === 'loopback')) return [];
    const declaredElsewhere = workload.containers.some(
      ({ name, ports }) =>
        name !== first.container.name && ports.some(({ port }) => port === exposure.target),
    );
    return declaredElsewhere ? [] : [{ ...first, exposure }];
  });
}

interface ContainerBind {
  readonly container: ContainerModel;
  readonly bind: Bind;
}

/** Arguments win over variables, and a setting known to be the program's over one that is read off its name. */
function effective(binds: readonly ContainerBind[]): readonly ContainerBind[] {
  const byArgument = binds.filter(({ bind }) => bind.source === 'argument');
  const wins = byArgument.length > 0 ? byArgument : binds;
  const known = wins.filter(({ bind }) => bind.known);
  return known.length > 0 ? known : wins;
}
