import { ambientOf } from '../../mesh/ambient.ts';
import { namespaceLabelAt } from '../../mesh/deciding-label.ts';
import { parseImage } from '../../mesh/installations/image-reference.ts';
import type { Workload } from '../../mesh/mesh.ts';
import type { Evidence } from '../../vocabulary.ts';
import { defineChangeRule, type ChangeRuleContext } from '../change-rule.ts';
import { placedAt } from '../subject.ts';
import { dependenceOn } from './dependence.ts';
import { losingNamespaces, titleOf } from './losing-namespaces.ts';
import { requestOf, sharedNamespaces, writtenProxy } from './membership.ts';

/**
 * A pod without a proxy proves no identity and enforces nothing. Only told where something relies on either, or where the
 * proxies stay because the manifests carry them: then it is the upgrade that no longer reaches them.
 */
export default defineChangeRule({
  id: 'injection-turned-off',
  name: 'injection-turned-off',
  level: 'warning',
  inputs: [
    'namespaces',
    'workloads',
    'injection',
    'components',
    'meshConfig',
    'PeerAuthentication',
    'AuthorizationPolicy',
  ],
  summary: 'This change takes workloads out of the mesh that policies rely on being in it.',
  messages: {
    leaves: 'New pods of {what} in namespace {namespace} start without a proxy, while policies rely on it.',
    leavesAmbient:
      'Namespace {namespace} leaves the ambient mesh, its running pods at once, while policies rely on its being there.',
    pinned:
      'Injection is turned off for namespace {namespace}, and {what} carry their proxy in their own manifests: they stay in the mesh, at the version written there ({versions}).',
  },
  advice: {
    leaves:
      'Mend the policies first, or keep the proxies. Without a proxy a policy is not enforced, and peers that demand mTLS refuse the workload.',
    leavesAmbient:
      'Mend the policies first, or keep the label. Outside the mesh a policy is not enforced, and peers that demand mTLS refuse the workloads.',
    pinned: 'From now on upgrade these images with the control plane: restarting the pods no longer does it.',
  },
  check(context) {
    const { before, after, report } = context;
    checkAmbient(context);
    for (const { namespace, owner, workloads, at } of losingNamespaces(before, after)) {
      const pinned = workloads.filter((workload) => writtenProxy(workload) !== undefined);
      const leaving = workloads.filter((workload) => writtenProxy(workload) === undefined);
      const subject = placedAt(owner, at ?? owner.origin.at(['metadata', 'name']));
      if (pinned.length > 0) {
        const data = { namespace, what: titles(pinned), versions: versionsOf(pinned) };
        report(subject, [], 'pinned', data, { evidence: proxies(pinned) });
      }
      const relied = dependenceOn(after, namespace);
      if (relied.length === 0 || (leaving.length === 0 && pinned.length > 0)) continue;
      // The pods of Istio's own charts say themselves whether they get a proxy.
      if (leaving.length === 0 && after.components.some((part) => part.namespace === namespace)) continue;
      const what = leaving.length > 0 ? titles(leaving) : ['whatever runs'];
      const confidence = leaving.length > 0 ? 'certain' : 'likely';
      report(subject, [], 'leaves', { namespace, what }, { confidence, evidence: relied.slice(0, 5) });
    }
  },
});

/** The label alone decides, and ztunnel lets go of pods that run. */
function checkAmbient({ before, after, report }: ChangeRuleContext<'leavesAmbient'>): void {
  for (const [then, now] of sharedNamespaces(before, after)) {
    const leaves = requestOf(then)?.mode === 'ambient' && ambientOf(now).ambient === 'no';
    if (!leaves || requestOf(now) !== undefined || !now.resource) continue;
    const relied = dependenceOn(after, now.name);
    if (relied.length === 0) continue;
    const at =
      namespaceLabelAt(now, 'istio.io/dataplane-mode') ?? now.resource.origin.at(['metadata', 'name']);
    const data = { namespace: now.name };
    report(placedAt(now.resource, at), [], 'leavesAmbient', data, { evidence: relied.slice(0, 5) });
  }
}

function titles(workloads: readonly Workload[]): readonly string[] {
  return workloads.map(titleOf).sort();
}

function versionsOf(workloads: readonly Workload[]): readonly string[] {
  const tags = workloads.map((workload) => parseImage(writtenProxy(workload)?.image ?? '').tag);
  return [...new Set(tags.filter((tag) => tag !== ''))].sort();
}

function proxies(workloads: readonly Workload[]): Evidence[] {
  return workloads.slice(0, 5).flatMap((workload) => {
    const proxy = writtenProxy(workload);
    const at = proxy && workload.resource.origin.at([...proxy.path, 'image']);
    return at ? [{ says: `${titleOf(workload)} runs ${proxy.image}`, at }] : [];
  });
}
