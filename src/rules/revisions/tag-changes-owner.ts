import type { RevisionTag } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineChangeRule } from '../change-rule.ts';
import { tagSubject } from './revision-names.ts';

/**
 * A tag that a chart renders belongs to its Helm release. Helm does not take over an object of another release, and a release
 * that no longer renders it deletes it (charts 1.10 and later).
 */
export default defineChangeRule({
  id: 'tag-changes-owner',
  name: 'tag-changes-owner',
  level: 'warning',
  inputs: ['tags'],
  summary: 'A revision tag moves from one Helm release to another.',
  messages: {
    release:
      'Tag {tag} moves from {from} to {to}: Helm refuses an object that another release owns, and once that one lets go of it nothing is injected under the tag.',
    application:
      'Tag {tag} moves from {from} to {to}: both own the same object for a while, and pruning the first may delete what the second has applied.',
  },
  advice:
    'Give tags a release of their own, which renders only them (templates/revision-tags-mwc.yaml and -svc.yaml since 1.28), and let the tag change its target there.',
  check({ before, after, report }) {
    for (const tag of after.tags) {
      const earlier = before.tags.filter(({ name }) => name === tag.name);
      const [was, ...others] = earlier;
      if (!was || others.length > 0 || after.tags.filter(({ name }) => name === tag.name).length > 1)
        continue;
      const [from, to] = [ownerOf(was), ownerOf(tag)];
      if (!from || !to || from.title === to.title || !isKnown(tag.name)) continue;
      const message = to.kind === 'Application' ? 'application' : 'release';
      const evidence = [{ says: `before: ${from.title}`, at: was.at }];
      report(tagSubject(tag), [], message, { tag: tag.name, from: from.title, to: to.title }, { evidence });
    }
  },
});

interface Owner {
  readonly kind: string;
  readonly title: string;
}

function ownerOf({ resource }: RevisionTag): Owner | undefined {
  if (!resource || !['HelmRelease', 'Application', 'HelmChart'].includes(resource.kind)) return undefined;
  const { kind, namespace, name } = resource;
  return { kind, title: `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}` };
}
