import type { Mesh } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineChangeRule } from '../change-rule.ts';
import { placedAt } from '../subject.ts';
import { nameUses } from './revision-names.ts';

/**
 * `istio-injection=enabled` and a bare inject label are answered by the unnamed control plane or by the tag default (1.10 and
 * later). Without both, pods start without a sidecar, and no event says so.
 */
export default defineChangeRule({
  id: 'default-revision-lost',
  name: 'default-revision-lost',
  level: 'warning',
  inputs: ['controlPlanes', 'tags', 'namespaces', 'workloads', 'components'],
  summary: 'This change removes the default revision while something still asks for it.',
  messages: {
    lost: 'After this change no control plane and no tag here answers to {by}, which ask for the default revision: new pods start without a sidecar.',
  },
  advice:
    'Add default to the tags of the revision that takes over, before the old one goes; or label what is meant with istio.io/rev. A tag set by hand (istioctl tag set default) does it too, until the next installation.',
  check({ before, after, report }) {
    if (!hasDefault(before) || hasDefault(after) || !isClear(after)) return;
    const uses = nameUses(after).filter(({ name, kind }) => name === 'default' && kind !== 'tag');
    const [first] = uses;
    if (!first) return;
    const by = [...new Set(uses.map((use) => use.by))].sort();
    const was = before.controlPlanes.find(({ revision }) => revision === 'default');
    const tag = before.tags.find(({ name }) => name === 'default');
    const at = tag?.at ?? was?.at;
    const says = tag
      ? `before: tag default of revision ${tag.revision}`
      : 'before: the unnamed control plane';
    const evidence = at ? [{ says, at }] : [];
    report(placedAt(first.subject, first.at()), [], 'lost', { by }, { confidence: 'likely', evidence });
  },
});

function hasDefault({ controlPlanes, tags }: Mesh): boolean {
  return (
    controlPlanes.some(({ revision }) => revision === 'default') ||
    tags.some(({ name }) => name === 'default')
  );
}

/** Nothing here may still be, or set, the default out of sight: istioctl sets the tag by itself since 1.12. */
function isClear({ controlPlanes }: Mesh): boolean {
  return (
    controlPlanes.length > 0 &&
    controlPlanes.every(
      ({ revision, installer, values }) =>
        isKnown(revision) && installer !== 'istioctl' && values?.elsewhere !== true,
    )
  );
}
