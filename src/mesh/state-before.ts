import type { ControlPlane, Injection, Mesh, Workload } from './mesh.ts';

/** What a workload was before the change, asked by the workload as it is now. Built when it is first asked. */
export class StateBefore {
  readonly #build: () => Mesh | undefined;
  #mesh: Mesh | undefined;
  #workloads: ReadonlyMap<string, Workload> | undefined;

  constructor(build: () => Mesh | undefined) {
    this.#build = build;
  }

  /** What its pods were to get; `undefined` when it is new. */
  injectionOf(workload: Workload): Injection | undefined {
    if (this.#workloads === undefined) {
      this.#mesh = this.#build();
      this.#workloads = new Map((this.#mesh?.workloads ?? []).map((one) => [identityOf(one), one]));
    }
    const then = this.#workloads.get(identityOf(workload));
    return then && this.#mesh?.injectionOf(then);
  }

  /** The control plane whose sidecar it had; `undefined` when it is new, had none, or that is not known. */
  controlPlaneOf(workload: Workload): ControlPlane | undefined {
    const injection = this.injectionOf(workload);
    if (injection?.injected !== 'yes') return undefined;
    return this.#mesh?.controlPlanes.find(({ revision }) => revision === injection.revision);
  }
}

function identityOf({ kind, namespace, name }: Workload): string {
  return `${kind} ${namespace}/${name}`;
}
