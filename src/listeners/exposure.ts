import type { ServiceModel, Workload } from '../mesh/mesh.ts';
import { matchesLabels } from '../mesh/selectors.ts';
import type { ServicePortModel } from '../mesh/services.ts';

/** A Service port that leads to a port of a workload's pods. */
export interface Exposure {
  readonly service: ServiceModel;
  readonly port: ServicePortModel;
  /** The pods' port. */
  readonly target: number;
}

/** Services by namespace, to be asked which of their ports lead to a workload. */
export class Exposures {
  readonly #byNamespace = new Map<string, ServiceModel[]>();

  constructor(services: readonly ServiceModel[]) {
    for (const service of services) {
      const { selector, type, namespace } = service;
      if (type === 'ExternalName' || Object.keys(selector).length === 0) continue;
      const neighbours = this.#byNamespace.get(namespace);
      if (neighbours) neighbours.push(service);
      else this.#byNamespace.set(namespace, [service]);
    }
  }

  /** The TCP ports that certainly select this workload. UDP and SCTP never pass a sidecar. */
  of(workload: Workload): Exposure[] {
    return (this.#byNamespace.get(workload.namespace) ?? [])
      .filter(({ selector }) => matchesLabels(selector, workload.labels) === 'yes')
      .flatMap((service) =>
        service.ports.flatMap((port) => {
          const target = port.protocol === 'TCP' ? targetOf(port, workload) : undefined;
          return target === undefined ? [] : [{ service, port, target }];
        }),
      );
  }
}

/** A target port is a number, or the name of a container port. */
function targetOf({ targetPort }: ServicePortModel, { containers }: Workload): number | undefined {
  if (typeof targetPort === 'number') return targetPort > 0 ? targetPort : undefined;
  if (/^\d{1,5}$/.test(targetPort)) return Number(targetPort);
  for (const { init, body, ports } of containers) {
    // Init containers are gone when traffic comes, but for those that stay beside the others.
    if (init && body['restartPolicy'] !== 'Always') continue;
    const named = ports.find(({ name, protocol }) => name === targetPort && protocol === 'TCP');
    if (named) return named.port;
  }
  return undefined;
}
