import { oldestKubernetes } from '../../facts/kubernetes.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { defineRule } from '../rule.ts';
import { friendlyName } from '../suppress.ts';
import { controlPlaneSubject } from '../revisions/revision-names.ts';
import { reach } from './hazards/reach.ts';

/** Objects that say which Kubernetes a cluster runs, and where. */
const CLUSTERS: Readonly<Record<string, readonly string[]>> = {
  'Cluster.cluster.x-k8s.io': ['spec.topology.version'],
  'KubeadmControlPlane.controlplane.cluster.x-k8s.io': ['spec.version'],
  'TalosControlPlane.controlplane.cluster.x-k8s.io': ['spec.version'],
  'AWSManagedControlPlane.controlplane.cluster.x-k8s.io': ['spec.version'],
  'AzureManagedControlPlane.infrastructure.cluster.x-k8s.io': ['spec.version'],
  'GCPManagedControlPlane.infrastructure.cluster.x-k8s.io': ['spec.controlPlaneVersion', 'spec.version'],
  'RKE2ControlPlane.controlplane.cluster.x-k8s.io': ['spec.version'],
  'KThreesControlPlane.controlplane.cluster.x-k8s.io': ['spec.version'],
  'ManagedCluster.containerservice.azure.com': ['spec.kubernetesVersion'],
  'KubernetesCluster.containerservice.azure.upbound.io': ['spec.forProvider.kubernetesVersion'],
  'Cluster.container.gcp.upbound.io': ['spec.forProvider.minMasterVersion'],
  'Plan.upgrade.cattle.io': ['spec.version'],
  'KubernetesUpgrade.tuppr.home-operations.com': ['spec.kubernetes.version'],
  'HostedCluster.hypershift.openshift.io': ['spec.kubernetesVersion'],
  'ClusterConfig.eksctl.io': ['metadata.version'],
  'Cluster.eks.aws.upbound.io': ['spec.forProvider.version'],
  'ContainerCluster.container.cnrm.cloud.google.com': ['spec.minMasterVersion'],
  'Cluster.kops.k8s.io': ['spec.kubernetesVersion'],
  'ClusterConfig.k0s.k0sproject.io': ['spec.k0s.version'],
  'Cluster.provisioning.cattle.io': ['spec.kubernetesVersion'],
  'Shoot.core.gardener.cloud': ['spec.kubernetes.version'],
  'Simple.k3d.io': ['image'],
};

const KINDS = Object.keys(CLUSTERS);

interface Cluster {
  readonly resource: Resource;
  readonly path: readonly (string | number)[];
  readonly minor: number;
}

/** istioctl refuses older clusters; charts install, and meet APIs that are not there. */
export default defineRule({
  id: 'kubernetes-version-unsupported',
  name: 'kubernetes-version-unsupported',
  level: 'warning',
  inputs: ['controlPlanes', ...KINDS],
  summary: 'A cluster is older than the Kubernetes that its Istio needs.',
  messages: {
    old: 'Istio {version} needs Kubernetes 1.{needed}; {cluster} is 1.{minor}.',
  },
  advice: 'Upgrade the cluster first, or stay at an Istio that runs on it.',
  check({ mesh, report }) {
    const clusters = clustersOf(mesh);
    for (const plane of clusters.length > 0 ? mesh.controlPlanes : []) {
      const needed = plane.version && oldestKubernetes(plane.version);
      const old = clusters.find(({ minor }) => needed !== undefined && minor < needed);
      if (!old || needed === undefined) continue;
      const cluster = friendlyName(old.resource);
      const data = { version: minorText(plane), needed, cluster, minor: old.minor };
      const evidence = [{ says: `${cluster} names its version`, at: old.resource.origin.at(old.path) }];
      report(controlPlaneSubject(plane), [], 'old', data, { evidence, confidence: 'likely' });
    }
  },
});

/** An environment that manages clusters for others may hold several: all of them count only when they agree. */
function clustersOf(mesh: Mesh): Cluster[] {
  const found = KINDS.flatMap((kind) =>
    mesh.resources(kind).flatMap((resource) =>
      (CLUSTERS[kind] ?? [])
        .flatMap((path) => reach(resource.body, path))
        .flatMap(({ value, path }) => {
          if (kind === 'Plan.upgrade.cattle.io' && !/\+(?:k3s|rke2)/.test(String(value))) return [];
          const minor = /(?:^|[:v])1\.(\d{1,2})(?:\D|$)/.exec(typeof value === 'string' ? value : '')?.[1];
          return minor === undefined ? [] : [{ resource, path, minor: Number(minor) }];
        }),
    ),
  );
  return new Set(found.map(({ minor }) => minor)).size === 1 ? found : [];
}

function minorText({ version, versionText }: ControlPlane): string {
  return version ? `1.${version.minor}` : versionText;
}
