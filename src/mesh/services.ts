import type { Resource } from '../render/resource.ts';
import { fieldAt, listAt, numberAt, textAt, textMapAt } from '../untyped.ts';
import { kindName } from './kinds.ts';
import { perObject } from '../remember.ts';

export interface ServicePortModel {
  readonly name: string;
  /** 0 when what is written is no number (a placeholder, a mistake). */
  readonly port: number;
  /** As written: a number or a port name; the port itself when absent. */
  readonly targetPort: number | string;
  /** `TCP` when none is written, as in Kubernetes. */
  readonly protocol: string;
  readonly appProtocol: string;
  /** In `spec.ports`. */
  readonly index: number;
}

export interface ServiceModel {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
  readonly selector: Readonly<Record<string, string>>;
  /** `ClusterIP` when none is written. */
  readonly type: string;
  readonly headless: boolean;
  readonly ports: readonly ServicePortModel[];
}

/** The Kubernetes Services among `resources`, in their order. */
export function servicesOf(resources: readonly Resource[]): ServiceModel[] {
  return resources
    .filter((resource) => resource.name !== '' && kindName(resource.group, resource.kind) === 'Service')
    .map(serviceOf);
}

const serviceOf = perObject((resource: Resource): ServiceModel => ({
  resource,
  namespace: resource.namespace,
  name: resource.name,
  selector: textMapAt(resource.body, 'spec', 'selector'),
  type: textAt(resource.body, 'spec', 'type') || 'ClusterIP',
  headless: textAt(resource.body, 'spec', 'clusterIP') === 'None',
  ports: listAt(resource.body, 'spec', 'ports').map(portOf),
}));

function portOf(entry: unknown, index: number): ServicePortModel {
  const port = numberAt(entry, 'port') ?? 0;
  const target = fieldAt(entry, 'targetPort');
  return {
    name: textAt(entry, 'name'),
    port,
    targetPort: typeof target === 'number' || (typeof target === 'string' && target !== '') ? target : port,
    protocol: textAt(entry, 'protocol') || 'TCP',
    appProtocol: textAt(entry, 'appProtocol'),
    index,
  };
}
