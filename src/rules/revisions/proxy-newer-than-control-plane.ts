import { formatVersion, minorDistance } from '../../facts/versions.ts';
import type { IstioVersion } from '../../facts/versions.ts';
import type { ControlPlane } from '../../mesh/mesh.ts';
import { injectedProxy, pinnedProxy } from '../../mesh/proxy-version.ts';
import { defineRule } from '../rule.ts';
import { placedAt, subjectAt } from '../subject.ts';

/**
 * A proxy may be older than the control plane that serves it, never newer (istio.io, supported releases). Compared with the
 * control plane that the workload gets by its labels; proxies in manifests are written-proxy-skew.
 */
export default defineRule({
  id: 'proxy-newer-than-control-plane',
  name: 'proxy-newer-than-control-plane',
  level: 'warning',
  inputs: ['workloads', 'injection', 'controlPlanes', 'revisions'],
  summary: 'New pods get a proxy that is newer than the control plane which serves them.',
  messages: {
    pinned: '{workload} pins the proxy {proxy}, newer than revision {revision} that serves it ({control}).',
    injected: 'Revision {revision} is {control}, and injects the newer proxy {proxy}.',
  },
  advice: {
    pinned: 'Remove the annotation, so that the injector chooses, or upgrade the control plane first.',
    injected: 'Use one version for both: proxies may lag behind their control plane, not run ahead of it.',
  },
  check({ mesh, report }) {
    for (const controlPlane of mesh.controlPlanes) {
      const { version, revision, release, namespace, confidence } = controlPlane;
      const proxy = injectedProxy(controlPlane);
      if (!version || !proxy || minorDistance(version, proxy.version) <= 0) continue;
      const subject = subjectAt({ kind: 'ControlPlane', namespace, name: release ?? 'istiod' }, proxy.at);
      const data = { revision, control: minorOf(version), proxy: minorOf(proxy.version) };
      report(subject, [], 'injected', data, { confidence, evidence: evidence(controlPlane) });
    }
    for (const workload of mesh.workloads) {
      const proxy = pinnedProxy(workload);
      const injection = proxy && mesh.injectionOf(workload);
      if (!proxy || injection?.injected !== 'yes') continue;
      const meaning = mesh.meaningOfRevision(injection.revision);
      const serving = meaning.is === 'revision' || meaning.is === 'tag' ? meaning.controlPlane : undefined;
      if (!serving?.version || minorDistance(serving.version, proxy.version) <= 0) continue;
      const data = {
        workload: `${workload.kind} ${workload.name}`,
        revision: serving.revision,
        control: minorOf(serving.version),
        proxy: minorOf(proxy.version),
      };
      const subject = placedAt(workload.resource, proxy.at);
      report(subject, [], 'pinned', data, { confidence: serving.confidence, evidence: evidence(serving) });
    }
  },
});

function minorOf({ major, minor }: IstioVersion): string {
  return formatVersion({ major, minor, patch: undefined });
}

function evidence({ revision, versionText, at }: ControlPlane) {
  return [{ says: `revision ${revision} is ${versionText}`, at }];
}
