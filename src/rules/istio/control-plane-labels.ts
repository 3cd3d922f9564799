import type { Resource } from '../../render/resource.ts';

/** Whether an object is part of Istio's own installation, by the labels that Istio's analyzers look at. */
export function isControlPlaneResource({ labels }: Resource): boolean {
  return Object.hasOwn(labels, 'istio') || labels.release === 'istio';
}
