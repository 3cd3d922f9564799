import type { MeshComponent } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';

const TITLES: Readonly<Record<MeshComponent['component'], string>> = {
  base: 'base chart (CRDs)',
  istiod: 'control plane',
  cni: 'istio-cni',
  ztunnel: 'ztunnel',
  gateway: 'gateway',
  operator: 'Istio operator',
};

/** `control plane istio-system/istiod`; `control plane in istio-system` where it has no name, as an IstioOperator may have none. */
export function titleOf({ component, name, namespace }: MeshComponent): string {
  const title = TITLES[component];
  if (name === '') return namespace === '' ? title : `${title} in ${namespace}`;
  return `${title} ${namespace === '' ? name : `${namespace}/${name}`}`;
}

/** A part of the installation as something a finding can be about: a chart reference is no Kubernetes object. */
export function asResource({ component, name, namespace, at }: MeshComponent): Resource {
  return {
    apiVersion: '',
    group: '',
    kind: component === 'istiod' ? 'ControlPlane' : 'Component',
    namespace,
    name: component === 'istiod' ? name : `${component} ${name}`,
    labels: {},
    annotations: {},
    body: {},
    origin: { file: at.file, through: [], at: () => at },
    digest: '',
  };
}
