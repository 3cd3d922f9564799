import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

const INJECT = 'sidecar.istio.io/inject';

/** Pods that ask for a sidecar by label (by annotation with the argument `annotations`), in namespaces that are known to carry no injection label. */
export const podsAskingInUnlabelledNamespaces: OddLook = {
  inputs: ['workloads', 'namespaces'],
  hits: (mesh, [holder]) =>
    mesh.workloads.flatMap(({ labels, annotations, namespace, resource, metadataPath }) => {
      const around = mesh.namespaces.get(namespace);
      const asking = holder === 'annotations' ? annotations : labels;
      if (asking[INJECT] !== 'true' || around?.labelsKnown !== 'yes') return [];
      const decides = ['istio-injection', 'istio.io/rev'].some((key) => Object.hasOwn(around.labels, key));
      return decides || Object.hasOwn(labels, 'istio.io/rev')
        ? []
        : [objectHit(resource, [...metadataPath, holder ?? 'labels', INJECT])];
    }),
};
