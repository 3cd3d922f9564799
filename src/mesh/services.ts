import type { Resource } from '../render/resource.ts';

export interface ServicePortModel {
  readonly name: string;
  readonly port: number;
  /** As written: a number or a port name; the port itself when absent. */
  readonly targetPort: number | string;
  readonly protocol: string;
  readonly appProtocol: string;
  readonly index: number;
}

export interface ServiceModel {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly type: string;
  readonly headless: boolean;
  readonly ports: readonly ServicePortModel[];
}
