import { defineChangeRule } from '../change-rule.ts';
import { controlPlaneSubject, nameUses, renamedInPlace, revisionChange } from './revision-names.ts';

/** All objects of the istiod chart carry the revision in their names (charts 1.6 and later). */
export default defineChangeRule({
  id: 'revision-renamed-in-place',
  name: 'revision-renamed-in-place',
  level: 'warning',
  inputs: ['controlPlanes', 'namespaces', 'workloads', 'components', 'tags'],
  summary: 'One release changes its revision, which removes the old control plane in the same step.',
  messages: {
    renamed:
      'Release {release} becomes revision {to} instead of {from}: its upgrade deletes istiod, webhooks and configuration of {from} while proxies still use them.',
  },
  advice:
    'Install {to} as a release of its own beside {from}, move the namespaces, restart them, and remove {from} last.',
  check({ before, after, report }) {
    for (const [gone, successor] of renamedInPlace(revisionChange(before, after))) {
      const data = { release: gone.release ?? 'istiod', from: gone.revision, to: successor.revision };
      const used = nameUses(before).filter(({ name }) => name === gone.revision);
      const evidence = [
        { says: `before: revision ${gone.revision}`, at: gone.at },
        ...used.slice(0, 5).map(({ by }) => ({ says: `${by} used it` })),
      ];
      report(controlPlaneSubject(successor), [], 'renamed', data, { evidence });
    }
  },
});
