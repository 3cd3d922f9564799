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

/** A lower minor is not a rollback that Istio tests, and CRDs of a lower minor may no longer serve what is stored. */
export default defineRule({
  id: 'downgrade',
  name: 'downgrade',
  level: 'warning',
  inputs: ['upgrades'],
  summary: 'A part of Istio goes back to an older minor release.',
  messages: { older: 'The {title} goes back from {from} to {to}.' },
  advice:
    'Check that no resource uses a field or version that the older release lacks, and that proxies are not left newer than their control plane. CRDs of the newer release can usually stay.',
  check({ mesh, report }) {
    for (const { before, after, from, to } of mesh.upgrades) {
      if (!MATTERS.has(after.component) || minorDistance(from, to) >= 0) continue;
      report(
        asResource(after),
        [],
        'older',
        { title: titleOf(after), from: before.versionText, to: after.versionText },
        {
          confidence: after.confidence,
          evidence: [{ says: `before: ${before.versionText}`, at: before.at }],
        },
      );
    }
  },
});
