import { oldestKubernetes } from '../../facts/kubernetes.ts';
import { clusterStateOf } from '../../mesh/cluster-state.ts';
import { defineRule } from '../rule.ts';
import { controlPlaneSubject } from '../revisions/revision-names.ts';

/** IST0142 (1.4 and later), for the versions at hand instead of that of the istioctl which is called. */
export default defineRule({
  id: 'IST0142',
  name: 'unsupported-kubernetes-version',
  level: 'error',
  inputs: ['ClusterState', 'controlPlanes'],
  summary: 'The cluster is older than the Kubernetes that its Istio needs (live cluster only).',
  messages: { old: 'Istio {version} needs Kubernetes 1.{needed}; the cluster is {cluster}.' },
  advice: 'Upgrade the cluster first, or stay at an Istio that runs on it.',
  check({ mesh, report, unchecked }) {
    const state = clusterStateOf(mesh);
    if (!state) return;
    const { kubernetes, kubernetesText: cluster } = state;
    if (kubernetes === undefined) {
      unchecked('the version of Kubernetes', 'the API server does not tell a version 1.x', state.resource);
      return;
    }
    for (const plane of mesh.controlPlanes) {
      const needed = plane.version && oldestKubernetes(plane.version);
      if (!plane.version || needed === undefined || kubernetes >= needed) continue;
      const data = { version: plane.versionText, needed, cluster };
      report(controlPlaneSubject(plane), [], 'old', data, { confidence: plane.confidence });
    }
  },
});
