import { minorDistance } from '../../facts/versions.ts';
import type { MeshComponent } from '../../mesh/mesh.ts';
import { defineRule } from '../rule.ts';
import { asResource, titleOf } from './component-finding.ts';

const MATTERS: ReadonlySet<MeshComponent['component']> = new Set([
  'base',
  'istiod',
  'operator',
  'cni',
  'ztunnel',
]);

/**
 * A lower minor is no rollback that Istio tests beyond one step, and CRDs of a lower minor may no longer serve what is stored.
 * A lower patch takes back fixes, security fixes among them.
 */
export default defineRule({
  id: 'downgrade',
  name: 'downgrade',
  level: 'warning',
  inputs: ['upgrades'],
  summary: 'A part of Istio goes back to an older release.',
  messages: {
    older: 'The {title} goes back from {from} to {to}.',
    crds: 'The {title} goes back from {from} to {to}: fields and versions that came since are gone from the CRDs.',
    patch: 'The {title} goes back from {from} to {to}, an older patch of the same minor.',
  },
  advice: {
    older:
      'Go back one minor at a time, and check that no proxy, istio-cni or ztunnel is left newer than the control plane.',
    crds: 'Leave the CRDs of the newer release in: older control planes run with them. Else check first that no object uses what they lack.',
    patch:
      'Check that the newer patch fixes nothing that matters here; its release notes list security fixes.',
  },
  check({ mesh, report }) {
    for (const { before, after, from, to } of mesh.upgrades) {
      if (!MATTERS.has(after.component)) continue;
      const minors = minorDistance(from, to);
      const older = (to.patch ?? Infinity) < (from.patch ?? 0);
      if (minors > 0 || (minors === 0 && !older)) continue;
      const message = minors === 0 ? 'patch' : after.component === 'base' ? 'crds' : 'older';
      const data = { title: titleOf(after), from: before.versionText, to: after.versionText };
      report(asResource(after), [], message, data, {
        confidence: after.confidence,
        evidence: [{ says: `before: ${before.versionText}`, at: before.at }],
        ...(message === 'patch' && { level: 'info' as const }),
      });
    }
  },
});
