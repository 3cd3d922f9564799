import { ambientOf } from '../../mesh/ambient.ts';
import { decidingLabel } from '../../mesh/deciding-label.ts';
import type { Mesh, NamespaceModel, Workload } from '../../mesh/mesh.ts';
import type { Location } from '../../vocabulary.ts';

/** How a namespace asks to be in the mesh, by its labels alone. */
export interface Request {
  readonly mode: 'sidecar' | 'ambient';
  readonly because: string;
  readonly at: Location | undefined;
}

/** What the labels of a namespace ask for; whether a control plane answers is another question. */
export function requestOf(namespace: NamespaceModel): Request | undefined {
  const label = decidingLabel(namespace.labels, {});
  if (label?.asksFor !== undefined) {
    const at = namespace.resource?.origin.at(['metadata', 'labels', label.key]);
    return { mode: 'sidecar', because: `${label.key}=${label.value}`, at };
  }
  const { ambient, because, at } = ambientOf(namespace);
  return ambient === 'yes' ? { mode: 'ambient', because, at } : undefined;
}

/** Namespaces whose manifest both sides hold. */
export function sharedNamespaces(before: Mesh, after: Mesh): (readonly [NamespaceModel, NamespaceModel])[] {
  return [...after.namespaces.values()].flatMap((now) => {
    const then = before.namespaces.get(now.name);
    return then?.resource && now.resource ? [[then, now] as const] : [];
  });
}

/** The proxy of a pod that carries it in its own manifest, beside an application; no injector has a hand in it. */
export function writtenProxy({ containers }: Workload): Workload['containers'][number] | undefined {
  const proxy = containers.find(({ name, image }) => name === 'istio-proxy' && image !== 'auto');
  return containers.some(({ name, init }) => !init && name !== 'istio-proxy') ? proxy : undefined;
}
