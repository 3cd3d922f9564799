import { defineChangeRule } from '../change-rule.ts';
import { movedTo, revisionChange } from './revision-names.ts';

/** What follows a tag moves with it, so a tag is the last thing to move, not the first (istio.io, canary upgrades). */
export default defineChangeRule({
  id: 'tag-moved-before-canary',
  name: 'tag-moved-before-canary',
  level: 'warning',
  inputs: ['controlPlanes', 'tags', 'namespaces', 'workloads', 'components'],
  summary: 'A tag moves to a revision that the same change installs, before anything has tried it.',
  messages: {
    tag: 'Tag {tag} moves to revision {revision}, which only this change installs: everything under the tag is its first user.',
  },
  advice: 'Install {revision} first, let one namespace use it by name, and move the tag in a later change.',
  check({ before, after, report }) {
    const { added, removed } = revisionChange(before, after);
    // With the old revision gone as well, all stages are skipped at once, which is told as that.
    if (removed.length > 0) return;
    for (const { kind, name, subject } of movedTo(added, before, after)) {
      if (kind !== 'tag') continue;
      const evidence = added
        .filter(({ revision }) => revision === name)
        .map(({ at }) => ({ says: `revision ${name} is new`, at }));
      report(subject, [], 'tag', { tag: subject.name, revision: name }, { evidence });
    }
  },
});
