import type { Path } from '../vocabulary.ts';
import type { Resource } from '../render/resource.ts';

/** A container of a pod template, as the manifest writes it. */
export interface ContainerModel {
  readonly name: string;
  readonly image: string;
  readonly init: boolean;
  readonly command: readonly string[];
  readonly args: readonly string[];
  /** Literal `env` entries; others (`valueFrom`) are absent. */
  readonly env: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name: string; readonly port: number; readonly protocol: string }[];
  readonly body: Readonly<Record<string, unknown>>;
  /** From the resource's body. */
  readonly path: Path;
}

/** An object that makes pods, or a bare pod. */
export interface Workload {
  readonly resource: Resource;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Labels and annotations of the pods, not of the object. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly containers: readonly ContainerModel[];
  readonly hostNetwork: boolean;
  /** Where the pod's metadata and spec stand in the resource's body. */
  readonly metadataPath: Path;
  readonly specPath: Path;
}
