import { minorDistance } from '../../facts/versions.ts';
import { defineChangeRule } from '../change-rule.ts';
import { asResource, titleOf } from './component-finding.ts';

/** A mesh with revisions or tags has a way to try a new minor on a few namespaces first. */
export default defineChangeRule({
  id: 'in-place-beside-revisions',
  name: 'in-place-beside-revisions',
  level: 'info',
  inputs: ['upgrades', 'controlPlanes', 'tags'],
  summary: 'A control plane goes to another minor in place, in a mesh that upgrades by revision.',
  messages: {
    inPlace:
      'The {title} (revision {revision}) goes from {from} to {to} in place: all it serves changes at once, although this mesh has {means}.',
  },
  advice: 'Install {to} as a revision of its own, point a tag at it, and move namespaces step by step.',
  check({ before, after, report }) {
    const means = meansOf(before);
    if (means === undefined) return;
    for (const step of after.upgrades) {
      const { revision } = step.after;
      if (step.after.component !== 'istiod' || minorDistance(step.from, step.to) < 1) continue;
      if (revision === undefined || revision === 'default') continue;
      const data = {
        title: titleOf(step.after),
        revision,
        means,
        from: step.before.versionText,
        to: step.after.versionText,
      };
      const evidence = [{ says: `before: ${step.before.versionText}`, at: step.before.at }];
      report(asResource(step.after), [], 'inPlace', data, { evidence, confidence: step.after.confidence });
    }
  },
});

/** What shows that upgrades go by revision here: several control planes, or tags that point to one. */
function meansOf({
  controlPlanes,
  tags,
}: {
  controlPlanes: readonly unknown[];
  tags: readonly { name: string }[];
}): string | undefined {
  if (controlPlanes.length > 1) return 'several revisions';
  const tag = tags.find(({ name }) => name !== 'default');
  return tag && `the revision tag ${tag.name}`;
}
