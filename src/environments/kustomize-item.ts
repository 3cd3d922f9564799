import type { Resource } from '../render/resource.ts';

/** What an object was called before a transformer renamed or moved it: patches find it by these names too. */
export interface EarlierId {
  readonly name: string;
  readonly namespace: string;
}

/** An object on its way through kustomizations. */
export interface Item {
  readonly resource: Resource;
  readonly earlier: readonly EarlierId[];
}

export function itemOf(resource: Resource): Item {
  return { resource, earlier: [] };
}

/** `item` holding `resource`; the names it had are kept when it is called something else now. */
export function replaced(item: Item, resource: Resource): Item {
  const { name, namespace } = item.resource;
  if (resource === item.resource) return item;
  if (name === resource.name && namespace === resource.namespace) return { ...item, resource };
  return { resource, earlier: [...item.earlier, { name, namespace }] };
}

/** Every name the object has or had, the present one first. */
export function idsOf({ resource, earlier }: Item): readonly EarlierId[] {
  return [{ name: resource.name, namespace: resource.namespace }, ...earlier];
}
