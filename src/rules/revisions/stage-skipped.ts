import { defineChangeRule } from '../change-rule.ts';
import { controlPlaneSubject, movedTo, renamedInPlace, revisionChange } from './revision-names.ts';

/** A canary upgrade is three changes with time between them: install, move, remove (istio.io, canary upgrades). */
export default defineChangeRule({
  id: 'stage-skipped',
  name: 'stage-skipped',
  level: 'warning',
  inputs: ['controlPlanes', 'tags', 'namespaces', 'workloads', 'components'],
  summary: 'One change installs a revision, moves what runs to it, and removes the old one.',
  messages: {
    all: 'This change installs revision {to}, moves {moved} to it, and removes {from}: nothing has run on {to} yet, and there is no way back.',
  },
  advice:
    'Make it three changes: install {to}; move and restart; remove {from} once no pod uses it. Until then the old one is the way back.',
  check({ before, after, report }) {
    const change = revisionChange(before, after);
    const [gone] = change.removed;
    const [successor] = change.added;
    // An operator keeps the old revision until nothing uses it.
    if (!gone || !successor || gone.installer === 'sail') return;
    // A renamed release does all this by itself, and has a finding of its own.
    if (renamedInPlace(change).length > 0) return;
    const moved = movedTo(change.added, before, after);
    if (moved.length === 0) return;
    const data = { to: successor.revision, from: gone.revision, moved: moved.map(({ by }) => by) };
    const evidence = [
      { says: `revision ${gone.revision}, at base`, at: gone.at },
      ...moved.slice(0, 5).map((use) => ({ says: `${use.by} now names ${use.name}`, at: use.at() })),
    ];
    report(controlPlaneSubject(successor), [], 'all', data, { evidence });
  },
});
