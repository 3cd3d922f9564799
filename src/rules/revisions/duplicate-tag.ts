import type { RevisionTag } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule } from '../rule.ts';
import { tagSubject } from './revision-names.ts';

/** One webhook configuration is one object: of two that define it, whoever is applied last decides. */
export default defineRule({
  id: 'duplicate-tag',
  name: 'duplicate-tag',
  level: 'warning',
  inputs: ['tags'],
  summary: 'A revision tag is defined twice, with different targets.',
  messages: {
    differs:
      'Tag {tag} points to revision {revision} here and to {other} elsewhere: whatever is applied last decides.',
  },
  advice:
    'Give the tag one owner: one release or one manifest. Helm refuses a tag that another release owns, and removing it there first leaves a gap without sidecars.',
  check({ mesh, report }) {
    const first = new Map<string, RevisionTag>();
    for (const tag of mesh.tags) {
      const other = first.get(tag.name);
      first.set(tag.name, other ?? tag);
      if (!other || ![tag.name, tag.revision, other.revision].every(isKnown)) continue;
      const data = { tag: tag.name, revision: tag.revision, other: other.revision };
      const evidence = [{ says: `tag ${tag.name} points to ${other.revision}`, at: other.at }];
      report(tagSubject(tag), [], 'differs', data, { evidence });
    }
  },
});
