import { ambientOf } from '../../mesh/ambient.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule } from '../rule.ts';

const MODE = 'istio.io/dataplane-mode';
const REVISION = 'istio.io/rev';

/**
 * A revision's or tag's webhook does not look at ambient mode, and a pod with a sidecar is left alone by ztunnel (1.18 and
 * later). `istio-injection` beside ambient mode is IST0123.
 */
export default defineRule({
  id: 'ambient-label-beside-revision',
  name: 'ambient-label-beside-revision',
  level: 'warning',
  inputs: ['namespaces', 'workloads', 'injection', 'controlPlanes'],
  summary: 'A namespace or pod is labelled for ambient mode, and its revision label brings sidecars instead.',
  messages: {
    namespace:
      'Namespace {namespace} is labelled for ambient mode and with istio.io/rev={name}: new pods get a sidecar of revision {revision}, and leave ambient mode.',
    workload:
      '{workload} is labelled for ambient mode, and gets a sidecar of revision {revision}: with one it stays out of ambient mode.',
  },
  advice:
    'Take istio.io/rev off and put it on the waypoint Gateway, where it chooses the control plane; or take the ambient label off.',
  check({ mesh, report }) {
    if (mesh.controlPlanes.length === 0) return;
    for (const namespace of mesh.namespaces.values()) {
      const { name, labels, resource } = namespace;
      const asked = labels[REVISION];
      if (!resource || asked === undefined || !isKnown(asked) || ambientOf(namespace).ambient !== 'yes')
        continue;
      const { injected, revision, because } = mesh.namespaceInjection(name);
      if (injected !== 'yes' || !because.startsWith(`namespace label ${REVISION}=`)) continue;
      const data = { namespace: name, name: asked, revision };
      report(resource, ['metadata', 'labels', REVISION], 'namespace', data, {
        evidence: [{ says: because }],
      });
    }
    for (const workload of mesh.workloads) {
      const { labels, resource, metadataPath, kind, name } = workload;
      if (labels[MODE] !== 'ambient') continue;
      const { injected, revision, because } = mesh.injectionOf(workload);
      if (injected !== 'yes') continue;
      const data = { workload: `${kind} ${name}`, revision };
      report(resource, [...metadataPath, 'labels', MODE], 'workload', data, {
        evidence: [{ says: because }],
      });
    }
  },
});
