import { atLeast } from '../../facts/versions.ts';
import type { IstioVersion } from '../../facts/versions.ts';
import type { Mesh, RevisionTag } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule } from '../rule.ts';
import { controlPlaneSubject, tagSubject } from './revision-names.ts';

/** What a part of a Service's name may be (RFC 1123 label). */
const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/** The longest name of a Service, less `istiod-` and `istiod-revision-tag-`. */
const LONGEST_REVISION = 56;
const LONGEST_TAG = 43;

/**
 * Every object of a revision carries its name, the Service `istiod-REVISION` too. A tag is a label value only until 1.27;
 * since 1.28 it names the Service `istiod-revision-tag-TAG`.
 */
export default defineRule({
  id: 'revision-name-invalid',
  name: 'revision-name-invalid',
  level: 'error',
  inputs: ['controlPlanes', 'tags', 'revisions'],
  summary: 'A revision or tag has a name that Kubernetes refuses for the objects made of it.',
  messages: {
    revision:
      'Revision {name} cannot be part of the name of a Service ({why}): its control plane cannot be installed.',
    tag: 'Tag {name} cannot be part of the name of a Service ({why}), which charts since 1.28 make of it: the release fails.',
  },
  advice:
    'Use lower case letters, digits and dashes, such as 1-28-3 or prod; at most 56 characters for a revision and 43 for a tag.',
  check({ mesh, report }) {
    for (const controlPlane of mesh.controlPlanes) {
      // Manifests name their Service themselves.
      if (controlPlane.installer === 'manifests') continue;
      const why = fault(controlPlane.revision, LONGEST_REVISION);
      if (why !== undefined)
        report(controlPlaneSubject(controlPlane), [], 'revision', { name: controlPlane.revision, why });
    }
    for (const tag of mesh.tags) {
      const why = fault(tag.name, LONGEST_TAG);
      if (why === undefined || atLeast(chartOf(mesh, tag), 28) !== true) continue;
      report(tagSubject(tag), [], 'tag', { name: tag.name, why });
    }
  },
});

function fault(name: string, longest: number): string | undefined {
  if (!isKnown(name)) return undefined;
  if (name.length > longest) return `${name.length} characters, and ${longest} are left for it`;
  return LABEL.test(name) ? undefined : 'lower case letters, digits and dashes only';
}

/** The release whose chart renders the tag; a tag written as a manifest is no Service. */
function chartOf(mesh: Mesh, { revision, resource }: RevisionTag): IstioVersion | undefined {
  if (resource?.kind === 'MutatingWebhookConfiguration') return undefined;
  const meaning = mesh.meaningOfRevision(revision);
  const controlPlane = meaning.is === 'revision' ? meaning.controlPlane : undefined;
  return controlPlane?.chartVersion ?? controlPlane?.version;
}
