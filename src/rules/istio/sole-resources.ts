import type { KindName, Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';

/**
 * The resources of a kind that can be held against others: for conflicts, or because one says of another's traffic. In a closed world the last of several with
 * one name wins, as in a cluster. In an open one, twins of the same name are alternatives (by lesson, by platform, by
 * overlay), of which no cluster ever holds two: they are left out, and so are names that are placeholders.
 */
export function soleResources(mesh: Mesh, kind: KindName): Resource[] {
  const byName = new Map<string, Resource[]>();
  for (const resource of mesh.resources(kind)) {
    const key = `${resource.namespace}/${resource.name}`;
    const twins = byName.get(key);
    if (twins) twins.push(resource);
    else byName.set(key, [resource]);
  }
  const sole: Resource[] = [];
  for (const twins of byName.values()) {
    const last = twins.at(-1);
    if (last && (twins.length === 1 || mesh.world === 'closed')) sole.push(last);
  }
  return sole;
}
