import { ANNOTATIONS, type AnnotationFact } from '../../facts/annotations.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';

/** An annotation of Istio on an object that Istio's analyzers look at. */
export interface IstioAnnotation {
  readonly resource: Resource;
  readonly name: string;
  readonly value: string;
  /** `undefined` for an annotation that Istio does not know. */
  readonly fact: AnnotationFact | undefined;
  readonly allowedHere: boolean;
}

/** The kinds whose annotations are checked; a Deployment's own, not those of its pods. */
export const ANNOTATED_KINDS = ['Namespace', 'Service', 'Pod', 'Deployment'] as const;

/** Set by Istio itself, or a label that many also write as an annotation. */
const NEVER_CHECKED = new Set([
  'sidecar.istio.io/status',
  'gateway.istio.io/controller-version',
  'istio.io/rev',
]);

/** Annotations of Istio on Namespaces, Services, Pods and Deployments. One that Istio has dropped is not known any more. */
export function istioAnnotations(mesh: Mesh): IstioAnnotation[] {
  return ANNOTATED_KINDS.flatMap((kind) => mesh.resources(kind)).flatMap((resource) =>
    Object.entries(resource.annotations)
      .filter(([name]) => isIstios(name) && !NEVER_CHECKED.has(name))
      .map(([name, value]) => {
        const known = Object.hasOwn(ANNOTATIONS, name) ? ANNOTATIONS[name] : undefined;
        const fact = known?.until === undefined ? known : undefined;
        const kinds = fact?.kinds ?? [];
        return {
          resource,
          name,
          value,
          fact,
          allowedHere: kinds.includes('Any') || kinds.includes(resource.kind) || isCopied(resource, kinds),
        };
      }),
  );
}

/** Istio copies the annotations of a Gateway onto the Service and the Deployment that it makes for it. */
function isCopied({ labels }: Resource, kinds: readonly string[]): boolean {
  return kinds.includes('Gateway') && Object.hasOwn(labels, 'gateway.istio.io/managed');
}

function isIstios(name: string): boolean {
  if (name === 'kubernetes.io/ingress.class') return true;
  const slash = name.indexOf('/');
  return slash > 0 && name.slice(0, slash).endsWith('istio.io');
}
