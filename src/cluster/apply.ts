import { withField } from '../environments/derived-resource.ts';
import type { Environment } from '../environments/environment.ts';
import { readInstallations } from '../mesh/control-planes.ts';
import { isClusterScoped, kindName } from '../mesh/kinds.ts';
import type { ControlPlane, MeshComponent } from '../mesh/mesh.ts';
import { makesPods } from '../mesh/workloads.ts';
import type { Resource } from '../render/resource.ts';
import type { Inventory } from './inventory.ts';

/**
 * The cluster once the manifests of `files` are applied to it: they take the place of what has their names, releases that
 * install a part of Istio take the place of that part, and everything else stays.
 * @param namespace of manifests that name none.
 */
export function applied(
  live: Environment,
  files: Environment,
  labelsByHand: Inventory['labelsByHand'],
  namespace: string,
): Environment {
  const written = files.resources.map((resource) => withLabelsByHand(resource, live, labelsByHand));
  const replaced = new Set(written.map((resource) => identityOf(resource, namespace)));
  const superseded = supersededBy(files, live);
  const kept = live.resources.filter(
    (resource) =>
      !replaced.has(identityOf(resource, namespace)) &&
      !(makesPods(resource) && superseded.has(placeOf(resource))),
  );
  return {
    ...files,
    name: live.name,
    because: `${live.because}, with ${files.because} applied`,
    roots: [...live.roots, ...files.roots],
    resources: [...kept, ...written],
    files: new Set([...live.files, ...files.files]),
    unchecked: [...live.unchecked, ...files.unchecked],
    ...(live.holdsAll && { holdsAll: live.holdsAll }),
  };
}

function identityOf({ group, kind, namespace, name }: Resource, assumed: string): string {
  const place = isClusterScoped(kindName(group, kind)) ? '' : namespace || assumed;
  return JSON.stringify([group, kind, place, name]);
}

/** Applying a manifest leaves the labels alone that no manifest has set: `kubectl label namespace` is followed for years. */
function withLabelsByHand(
  resource: Resource,
  live: Environment,
  labelsByHand: Inventory['labelsByHand'],
): Resource {
  const labels = resource.kind === 'Namespace' ? labelsByHand.get(resource.name) : undefined;
  const before = live.resources.find(({ kind, name }) => kind === 'Namespace' && name === resource.name);
  if (!labels || !before) return resource;
  const transformer = { name: 'labels of the cluster', signature: JSON.stringify(labels) };
  return Object.entries(labels)
    .filter(([key]) => !Object.hasOwn(resource.labels, key))
    .reduce(
      (object, [key, value]) =>
        withField(object, ['metadata', 'labels', key], value, transformer, () =>
          before.origin.at(['metadata', 'labels', key]),
        ),
      resource,
    );
}

/** Workloads of the cluster that a release in the files replaces under whatever name its chart gives them. */
function supersededBy(files: Environment, live: Environment): ReadonlySet<string> {
  const [now, before] = [readInstallations(files), readInstallations(live)];
  const planes = now.controlPlanes.filter(({ installer }) => installer !== 'manifests');
  const parts = now.components.filter(
    ({ component, installer }) => component !== 'istiod' && installer !== 'manifests',
  );
  return new Set([
    ...before.controlPlanes.flatMap((plane) =>
      plane.resource && planes.some((other) => isSamePlane(plane, other)) ? [placeOf(plane.resource)] : [],
    ),
    ...before.components.filter((part) => parts.some((other) => isSamePart(part, other))).map(placeOf),
  ]);
}

function isSamePlane(one: ControlPlane, other: ControlPlane): boolean {
  return one.revision === other.revision && ['', one.namespace].includes(other.namespace);
}

/** A node agent is there once; gateways have names. */
function isSamePart(one: MeshComponent, other: MeshComponent): boolean {
  if (one.component !== other.component || one.component === 'istiod') return false;
  return one.component !== 'gateway' || (one.name === other.name && one.namespace === other.namespace);
}

function placeOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace}/${name}`;
}
