import type { MeshComponent } from '../mesh.ts';
import type { ContainerModel, Workload } from '../workloads.ts';
import { parseImage } from './image-reference.ts';
import { objectVersion } from './rendered-version.ts';

/** CNI, ztunnel, gateways and the in-cluster operator as they stand in rendered manifests. */
export function readRenderedComponents(workloads: readonly Workload[]): MeshComponent[] {
  return workloads.flatMap((workload) => {
    const found = componentIn(workload);
    if (!found) return [];
    const { kind, container } = found;
    return [
      {
        component: kind,
        name: workload.name,
        namespace: workload.namespace,
        revision: kind === 'gateway' ? (workload.labels['istio.io/rev'] ?? undefined) : undefined,
        ...objectVersion(workload.resource, container),
        installer: 'manifests' as const,
      },
    ];
  });
}

interface ComponentContainer {
  readonly kind: MeshComponent['component'];
  readonly container: ContainerModel;
}

function componentIn({ kind, containers }: Workload): ComponentContainer | undefined {
  const application = containers.filter(({ init }) => !init);
  const [first] = application;
  if (!first) return undefined;
  const image = parseImage(first.image);
  if (kind === 'DaemonSet' && image.name === 'install-cni') return { kind: 'cni', container: first };
  if (kind === 'DaemonSet' && image.name === 'ztunnel') return { kind: 'ztunnel', container: first };
  if (image.name === 'operator' && /istio/.test(image.hub)) return { kind: 'operator', container: first };
  // A pod of nothing but proxies is a gateway; one that also runs an application has its sidecar written out.
  const isGateway = application.every((container) => parseImage(container.image).name === 'proxyv2');
  return isGateway ? { kind: 'gateway', container: first } : undefined;
}
