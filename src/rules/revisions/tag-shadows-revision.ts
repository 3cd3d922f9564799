import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule } from '../rule.ts';
import { tagSubject } from './revision-names.ts';

/** `istioctl tag set` refuses such a name (unless `--overwrite`), and the Sail operator reports NameAlreadyExists. */
export default defineRule({
  id: 'tag-shadows-revision',
  name: 'tag-shadows-revision',
  level: 'warning',
  inputs: ['tags', 'controlPlanes'],
  summary: 'A revision tag has the name of a revision, so that two webhooks match the same label.',
  messages: {
    same: 'Tag {tag} has the name of a revision: the label istio.io/rev={tag} matches the webhooks of both.',
  },
  advice: 'Give the tag a name that no revision has, such as prod or stable.',
  check({ mesh, report }) {
    for (const tag of mesh.tags) {
      // The tag `default` beside the default revision is a matter of its own.
      if (tag.name === 'default' || !isKnown(tag.name)) continue;
      const revision = mesh.controlPlanes.find((one) => one.revision === tag.name);
      if (!revision) continue;
      const evidence = [{ says: `a control plane has the revision ${tag.name}`, at: revision.at }];
      report(tagSubject(tag), [], 'same', { tag: tag.name }, { evidence });
    }
  },
});
