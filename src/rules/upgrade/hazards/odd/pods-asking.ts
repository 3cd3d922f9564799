import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

const INJECT = 'sidecar.istio.io/inject';

/** Pods that ask for a sidecar by label, in namespaces that are known to carry no injection label. */
export const podsAskingInUnlabelledNamespaces: OddLook = {
  inputs: ['workloads', 'namespaces'],
  hits: (mesh) =>
    mesh.workloads.flatMap(({ labels, namespace, resource, metadataPath }) => {
      const around = mesh.namespaces.get(namespace);
      if (labels[INJECT] !== 'true' || around?.labelsKnown !== 'yes') return [];
      const decides = ['istio-injection', 'istio.io/rev'].some((key) => Object.hasOwn(around.labels, key));
      return decides || Object.hasOwn(labels, 'istio.io/rev')
        ? []
        : [objectHit(resource, [...metadataPath, 'labels', INJECT])];
    }),
};
