import { DATA_VERSION } from '../../facts/data-version.ts';
import { latestPatch } from '../../facts/releases.ts';
import { formatVersion } from '../../facts/versions.ts';
import { defineRule } from '../rule.ts';
import { asResource, titleOf } from './component-finding.ts';

/** Told when a version moves, since then it is as easy to take the newest. */
export default defineRule({
  id: 'not-latest-patch',
  name: 'not-latest-patch',
  level: 'info',
  inputs: ['upgrades'],
  summary: 'An upgrade stops short of the newest patch of its minor.',
  messages: {
    older: 'The {title} goes to {to}, and {newest} is out ({asOf}).',
  },
  advice: 'Take the newest patch: it has the fixes, security fixes among them, that this one lacks.',
  check({ mesh, report }) {
    const told = new Set<string>();
    for (const { after, from, to } of mesh.upgrades) {
      const newest = latestPatch(to);
      if (after.component !== 'istiod' || to.patch === undefined || newest === undefined) continue;
      // A step back, or one that is a patch late already, has been decided.
      const version = formatVersion(to);
      if (to.patch >= newest || from.minor > to.minor || told.has(version)) continue;
      told.add(version);
      const data = {
        title: titleOf(after),
        to: version,
        newest: `1.${to.minor}.${newest}`,
        asOf: DATA_VERSION.asOf,
      };
      report(asResource(after), [], 'older', data, { confidence: after.confidence });
    }
  },
});
