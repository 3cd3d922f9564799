import type { Mesh } from '../../../mesh/mesh.ts';

/** Remembers what `derive` makes of a mesh, which does not change: hundreds of hazards ask for the same. */
export function perMesh<T>(derive: (mesh: Mesh) => T): (mesh: Mesh) => T {
  const known = new WeakMap<Mesh, { readonly value: T }>();
  return (mesh) => {
    const before = known.get(mesh);
    if (before) return before.value;
    const value = derive(mesh);
    known.set(mesh, { value });
    return value;
  };
}
