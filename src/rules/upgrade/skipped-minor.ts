import { minorDistance } from '../../facts/versions.ts';
import type { Mesh, MeshComponent } from '../../mesh/mesh.ts';
import { defineRule } from '../rule.ts';
import { asResource, titleOf } from './component-finding.ts';

/** What is upgraded in place with the control plane; gateways follow the injector. */
const IN_PLACE: ReadonlySet<MeshComponent['component']> = new Set(['base', 'istiod', 'operator']);

/** Istio is tested for upgrades from one minor to the next; with revisions from two back (istio.io, canary upgrades). */
export default defineRule({
  id: 'skipped-minor',
  name: 'skipped-minor',
  level: 'warning',
  inputs: ['upgrades'],
  summary: 'An in-place upgrade of Istio jumps over a minor release.',
  messages: {
    skipped: 'The {title} goes from {from} to {to} in one step and skips {skipped}.',
  },
  advice:
    'Go one minor at a time, or install the new version as a revision of its own and move the namespaces. What the skipped releases changed applies all at once.',
  check({ mesh, report }) {
    for (const { before, after, from, to } of mesh.upgrades) {
      if (!IN_PLACE.has(after.component) || minorDistance(from, to) < 2) continue;
      // An operator and the control plane that takes its version from it are one step.
      if (after.component === 'operator' && bringsVersion(mesh, after)) continue;
      const skipped = Array.from(
        { length: to.minor - from.minor - 1 },
        (_, step) => `1.${from.minor + 1 + step}`,
      );
      report(
        asResource(after),
        [],
        'skipped',
        { title: titleOf(after), from: before.versionText, to: after.versionText, skipped },
        {
          confidence: after.confidence,
          evidence: [{ says: `before: ${before.versionText}`, at: before.at }],
        },
      );
    }
  },
});

function bringsVersion({ upgrades }: Mesh, { at }: MeshComponent): boolean {
  return upgrades.some(
    ({ after }) => after.component === 'istiod' && after.at.file === at.file && after.at.line === at.line,
  );
}
