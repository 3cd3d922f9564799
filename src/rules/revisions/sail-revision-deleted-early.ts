import { fieldAt, textAt } from '../../untyped.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { defineChangeRule } from '../change-rule.ts';

/** The Sail operator's own default, in seconds (inactiveRevisionDeletionGracePeriodSeconds). */
const DEFAULT_GRACE = 30;

/** Shorter than the time in which a person sees that something is wrong. */
const SHORT = 600;

const GRACE = 'inactiveRevisionDeletionGracePeriodSeconds';

/**
 * With RevisionBased updates and a tag on the Istio object, one edited line moves every namespace under the tag at its next
 * restart, and the old revision goes as soon as nothing uses it (Sail operator, all releases).
 */
export default defineChangeRule({
  id: 'sail-revision-deleted-early',
  name: 'sail-revision-deleted-early',
  level: 'warning',
  inputs: ['Istio.sailoperator.io', 'IstioRevisionTag.sailoperator.io'],
  summary:
    'A Sail upgrade deletes the old revision shortly after the last restart, which leaves no way back.',
  messages: {
    early:
      'Istio {name} goes to {version}: tag {tags} follows at once, and the old revision is deleted {grace} seconds after its last user is gone.',
  },
  advice:
    'Set spec.updateStrategy.inactiveRevisionDeletionGracePeriodSeconds to a day (86400) in a change before this one. To move namespaces one by one, let tags point to an IstioRevision.',
  check({ before, after, report }) {
    for (const istio of after.resources('Istio.sailoperator.io')) {
      const earlier = before.find('Istio.sailoperator.io', '', istio.name);
      if (!earlier || !isRevisionBased(istio) || !isRevisionBased(earlier)) continue;
      const version = textAt(istio.body, 'spec', 'version');
      const tags = tagsOn(after, istio.name);
      const grace = graceOf(istio);
      if (version === '' || version === textAt(earlier.body, 'spec', 'version')) continue;
      if (tags.length === 0 || grace === undefined || grace >= SHORT) continue;
      report(istio, ['spec', 'version'], 'early', { name: istio.name, version, tags, grace });
    }
  },
});

function isRevisionBased({ body }: Resource): boolean {
  return textAt(body, 'spec', 'updateStrategy', 'type') === 'RevisionBased';
}

function graceOf({ body }: Resource): number | undefined {
  const written = fieldAt(body, 'spec', 'updateStrategy', GRACE);
  if (written === undefined) return DEFAULT_GRACE;
  return typeof written === 'number' ? written : undefined;
}

function tagsOn(mesh: Mesh, istio: string): string[] {
  return mesh
    .resources('IstioRevisionTag.sailoperator.io')
    .filter(({ body }) => {
      const target = ['spec', 'targetRef'];
      return textAt(body, ...target, 'kind') === 'Istio' && textAt(body, ...target, 'name') === istio;
    })
    .map(({ name }) => name);
}
