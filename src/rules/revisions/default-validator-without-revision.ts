import { fieldAt } from '../../untyped.ts';
import type { Mesh, MeshComponent } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule } from '../rule.ts';
import { subjectAt } from '../subject.ts';

/**
 * The base chart's `defaultRevision` (1.12 and later; `default` unless set) names the istiod that validates every object of
 * Istio. It is a revision, not a tag. istiod sets the webhook to fail closed, so a name that is gone stops all writes.
 */
export default defineRule({
  id: 'default-validator-without-revision',
  name: 'default-validator-without-revision',
  level: 'error',
  inputs: ['components', 'revisions', 'controlPlanes', 'tags'],
  summary:
    'The base chart lets a revision validate configuration that does not exist, or another than the default tag.',
  messages: {
    missing:
      'defaultRevision is {revision}, which no control plane here has: writes of Istio objects are refused while nobody answers.',
    tag: 'defaultRevision is {revision}, a tag of {target}: the base chart takes revisions only, so the validation webhook calls a Service that does not exist.',
    differs:
      'defaultRevision is {revision}, and the tag default points to {target}: one validates configuration, the other injects and owns gateways.',
  },
  advice: {
    missing: 'Set it to one of {known} before the old control plane goes.',
    tag: 'Set it to {target}.',
    differs: 'Move both in one step, before the old control plane goes.',
  },
  check({ mesh, report, unchecked }) {
    for (const component of mesh.components) {
      const revision = defaultRevisionOf(component);
      if (revision === undefined || revision === '' || revision === 'default') continue;
      const { name, namespace, values, at, confidence } = component;
      const place = values?.at(['defaultRevision']) ?? at;
      const subject = subjectAt({ kind: 'Component', namespace, name }, place);
      const meaning = mesh.meaningOfRevision(revision);
      const defaultTag = mesh.tags.findLast((tag) => tag.name === 'default');
      if (meaning.is === 'tag') {
        report(subject, [], 'tag', { revision, target: meaning.revision }, { confidence });
      } else if (meaning.is === 'nothing') {
        report(subject, [], 'missing', { revision, known: knownRevisions(mesh) }, { confidence });
      } else if (meaning.is === 'elsewhere' && !meaning.declared) {
        unchecked('the revision that validates configuration', meaning.because, subject);
      } else if (defaultTag && isKnown(defaultTag.revision) && defaultTag.revision !== revision) {
        const evidence = [{ says: `tag default points to ${defaultTag.revision}`, at: defaultTag.at }];
        const data = { revision, target: defaultTag.revision };
        report(subject, [], 'differs', data, { level: 'warning', confidence, evidence });
      }
    }
  },
});

function defaultRevisionOf({ component, values }: MeshComponent): string | undefined {
  const written = component === 'base' ? fieldAt(values?.values, 'defaultRevision') : undefined;
  return typeof written === 'string' && isKnown(written) ? written : undefined;
}

function knownRevisions({ controlPlanes }: Mesh): string[] {
  return [...new Set(controlPlanes.map(({ revision }) => revision))].filter(isKnown).sort();
}
