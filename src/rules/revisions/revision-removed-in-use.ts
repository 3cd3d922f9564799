import { newlyUninstalled } from '../../mesh/installations/script-installations.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Location } from '../../vocabulary.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineChangeRule } from '../change-rule.ts';
import { type NameUse, nameUses } from './revision-names.ts';

/**
 * The base proves that the name was served from here, which the head alone cannot. Names that the head is known not to serve
 * are told by dangling-revision and tag-without-revision.
 */
export default defineChangeRule({
  id: 'revision-removed-in-use',
  name: 'revision-removed-in-use',
  level: 'error',
  inputs: ['controlPlanes', 'tags', 'revisions', 'namespaces', 'workloads', 'components', 'scripts'],
  summary: 'This change removes a revision or tag that something still names.',
  messages: {
    revision: 'This change removes revision {name}, which {by} still names.',
    tag: 'This change removes tag {name}, which {by} still names.',
  },
  advice:
    'Move what is listed to another revision and restart it, then remove {name} in a later change. New pods of these start without a sidecar, and running ones cannot renew their certificates.',
  check({ before, after, report, unchecked }) {
    const removed = removedNames(before, after);
    for (const [name, { kind, at }] of [...removed].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const meaning = after.meaningOfRevision(name);
      const uses = nameUses(after).filter((use) => use.name === name && !isToldElsewhere(use, meaning.is));
      const [first] = uses;
      if (!first || (meaning.is === 'elsewhere' && meaning.declared)) continue;
      if (!after.controlPlanes.every(({ revision }) => isKnown(revision))) {
        unchecked(
          `whether ${name} is still installed`,
          'a control plane here has a revision to be filled in',
        );
        continue;
      }
      const evidence = [
        { says: `before this change: ${kind} ${name}`, at },
        ...uses.slice(0, MANY).map((use) => ({ says: `${use.by} names it`, at: use.at() })),
      ];
      const subject = { ...first.subject, origin: { file: first.at().file, at: first.at } };
      report(subject, [], kind, { name, by: shown(uses) }, { confidence: 'likely', evidence });
    }
  },
});

/** Enough to see that it is not over. */
const MANY = 8;

/** Where a name is known to be nothing, each of its users has a finding of its own, but for gateways of charts. */
function isToldElsewhere({ kind }: NameUse, meaning: string): boolean {
  return meaning === 'nothing' && kind !== 'gateway';
}

function shown(uses: readonly NameUse[]): readonly string[] {
  return [...new Set(uses.map(({ by }) => by))].sort();
}

interface Removed {
  readonly kind: 'revision' | 'tag';
  readonly at: Location;
}

/**
 * Names that the base defined and the head does not. An istioctl that installs another revision leaves the old one, unless a
 * script uninstalls it.
 */
function removedNames(before: Mesh, after: Mesh): Map<string, Removed> {
  const removed = new Map<string, Removed>();
  if (after.controlPlanes.length === 0) return removed;
  const uninstalled = newlyUninstalled(before.scripts, after.scripts);
  for (const { revision, installer, at } of before.controlPlanes) {
    const stays = installer === 'istioctl' && !uninstalled.has(revision);
    if (!stays && isKnown(revision)) removed.set(revision, { kind: 'revision', at });
  }
  for (const { name, at } of before.tags) {
    if (isKnown(name)) removed.set(name, { kind: 'tag', at });
  }
  for (const { revision } of after.controlPlanes) removed.delete(revision);
  for (const { name } of after.tags) removed.delete(name);
  // What asks for the default without naming it may be served by a tag that istioctl sets on its own.
  removed.delete('default');
  return removed;
}
