import type { Mesh, MeshComponent, Workload } from '../../mesh/mesh.ts';
import { decidingLabel } from '../../mesh/deciding-label.ts';

/** Who asks for a revision or tag by that name: namespaces by label, workloads by their own label or their namespace's. */
export interface Followers {
  readonly namespaces: readonly string[];
  readonly workloads: readonly Workload[];
}

/** Those that ask for `name` and are not kept out otherwise. `default` is also asked for by `istio-injection=enabled`. */
export function followersOf(mesh: Mesh, name: string): Followers {
  const namespaces = [...mesh.namespaces.values()].filter(
    ({ labels, resource }) => resource !== undefined && decidingLabel(labels, {})?.asksFor === name,
  );
  const workloads = mesh.workloads.filter((workload) => {
    const labels = mesh.namespaces.get(workload.namespace)?.labels ?? {};
    if (decidingLabel(labels, workload.labels)?.asksFor !== name) return false;
    return workload.labels['sidecar.istio.io/inject'] !== 'false' && !workload.hostNetwork;
  });
  return { namespaces: namespaces.map((namespace) => namespace.name), workloads };
}

/** Gateways of charts that ask for a name by themselves, where their namespace's label does not decide. */
export function gatewaysOn(mesh: Mesh, name: string): readonly MeshComponent[] {
  return mesh.components.filter(
    ({ component, installer, revision, namespace }) =>
      component === 'gateway' &&
      installer !== 'manifests' &&
      revision === name &&
      !decidingLabel(mesh.namespaces.get(namespace)?.labels ?? {}, {}),
  );
}

/** Workloads that a control plane injects, and namespaces whose unmarked pods it injects. */
export function injectedBy(mesh: Mesh, revision: string): Followers {
  const isHis = ({ injected, revision: by }: ReturnType<Mesh['injectionOf']>): boolean =>
    injected === 'yes' && by === revision;
  return {
    namespaces: [...mesh.namespaces.values()]
      .filter(({ resource, name }) => resource !== undefined && isHis(mesh.namespaceInjection(name)))
      .map(({ name }) => name),
    workloads: mesh.workloads.filter((workload) => isHis(mesh.injectionOf(workload))),
  };
}

/** The revision that `default` stands for: a tag of that name, else the unnamed control plane. */
export function defaultRevision(mesh: Mesh): string | undefined {
  const tag = mesh.tags.findLast(({ name }) => name === 'default');
  if (tag) return tag.revision;
  return mesh.controlPlanes.some(({ revision }) => revision === 'default') ? 'default' : undefined;
}
