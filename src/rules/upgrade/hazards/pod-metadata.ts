import type { Mesh } from '../../../mesh/mesh.ts';
import type { Path } from '../../../vocabulary.ts';
import { type Fields, isMapping } from '../../../untyped.ts';
import { type Hit, objectHit, valueHit } from './hit.ts';
import { perObject } from '../../../remember.ts';
import { reach } from './reach.ts';

/** Labels or annotations that become those of pods, though no pod template holds them. */
export interface PodMetadata {
  readonly entries: Fields;
  readonly hit: (key: string) => Hit;
}

type Holder = 'annotations' | 'labels';

/** Objects from which Istio or its installer makes pods, and where their pods’ metadata stands. */
const MAKERS: Readonly<Record<string, Readonly<Record<Holder, readonly string[]>>>> = {
  KubernetesGateway: {
    annotations: ['spec.infrastructure.annotations'],
    labels: ['spec.infrastructure.labels'],
  },
  WorkloadGroup: { annotations: ['spec.metadata.annotations'], labels: ['spec.metadata.labels'] },
  IstioOperator: {
    annotations: ['spec.components.*.k8s.podAnnotations', 'spec.components.*.[].k8s.podAnnotations'],
    labels: [],
  },
};

export const MAKER_KINDS: readonly string[] = Object.keys(MAKERS);

/** Values of Istio’s charts that become annotations or labels of gateways’ pods. */
const VALUES: Readonly<Record<Holder, readonly string[]>> = {
  annotations: ['podAnnotations', 'gateways.*.podAnnotations'],
  labels: ['labels', 'gateways.*.labels'],
};

/** The metadata of pods that are made from something else than a workload of this repository. */
export const madePods: Readonly<Record<Holder, (mesh: Mesh) => readonly PodMetadata[]>> = {
  annotations: perObject((mesh: Mesh) => found(mesh, 'annotations')),
  labels: perObject((mesh: Mesh) => found(mesh, 'labels')),
};

function found(mesh: Mesh, holder: Holder): PodMetadata[] {
  return [...ofObjects(mesh, holder), ...ofValues(mesh, holder)];
}

function ofObjects(mesh: Mesh, holder: Holder): PodMetadata[] {
  return Object.entries(MAKERS).flatMap(([kind, places]) =>
    mesh
      .resources(kind)
      .flatMap((resource) =>
        at(resource.body, places[holder], (path) => (key) => objectHit(resource, [...path, key])),
      ),
  );
}

function ofValues({ components }: Mesh, holder: Holder): PodMetadata[] {
  return components
    .filter(({ component, installer }) => component === 'gateway' || installer === 'istioctl')
    .flatMap((part) => {
      const paths = VALUES[holder].filter((path) => path.includes('.') || part.installer !== 'istioctl');
      const toHit = (path: Path) => (key: string) => ({ ...valueHit(part, [...path, key]), setting: false });
      return at(part.values?.values, paths, toHit);
    });
}

function at(
  root: unknown,
  paths: readonly string[],
  toHit: (path: Path) => (key: string) => Hit,
): PodMetadata[] {
  return paths
    .flatMap((path) => reach(root, path))
    .flatMap(({ value, path }) => (isMapping(value) ? [{ entries: value, hit: toHit(path) }] : []));
}
