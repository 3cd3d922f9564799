import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule } from '../rule.ts';
import { tagSubject } from './revision-names.ts';

/**
 * A tag's webhook matches whether or not the control plane behind it exists, and fails closed: the API server refuses the
 * pods. Worse than a label that names nothing, which only loses the sidecar. Tags exist since 1.10.
 */
export default defineRule({
  id: 'tag-without-revision',
  name: 'tag-without-revision',
  level: 'error',
  inputs: ['tags', 'revisions', 'controlPlanes'],
  summary: 'A revision tag points to a revision that no control plane has.',
  messages: { missing: 'Tag {tag} points to revision {revision}, which no control plane here has.' },
  advice:
    'Point it to one of {known}, or install the revision first. Until then pods of what is labelled istio.io/rev={tag} cannot be created.',
  check({ mesh, report, unchecked }) {
    for (const tag of mesh.tags) {
      const { name, revision } = tag;
      const meaning = mesh.meaningOfRevision(revision);
      if (meaning.is === 'elsewhere' && !meaning.declared) {
        unchecked('revisions that a tag points to', meaning.because, tagSubject(tag));
      }
      if (meaning.is !== 'nothing') continue;
      const known = [...new Set(mesh.controlPlanes.map((one) => one.revision))].filter(isKnown).sort();
      const evidence = mesh.controlPlanes.map((one) => ({
        says: `a control plane has the revision ${one.revision}`,
        at: one.at,
      }));
      report(
        tagSubject(tag),
        [],
        'missing',
        { tag: name, revision, known },
        { evidence: evidence.slice(0, 5) },
      );
    }
  },
});
