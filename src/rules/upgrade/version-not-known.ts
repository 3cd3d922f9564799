import { DATA_VERSION } from '../../facts/data-version.ts';
import { parseIstioVersion } from '../../facts/versions.ts';
import { defineRule } from '../rule.ts';
import { asResource, titleOf } from './component-finding.ts';

/** What nobody has looked at yet is unknown, not safe. */
export default defineRule({
  id: 'version-not-known',
  name: 'version-not-known',
  level: 'warning',
  inputs: ['components'],
  summary: 'A part of Istio is at a release that is newer than what this tool knows.',
  messages: {
    newer:
      'The {title} is {version}, and the facts here end with {newest} ({asOf}): what came after is not reviewed.',
  },
  advice: 'Read the upgrade notes of the releases after that, or use a newer version of this tool.',
  check({ mesh, report, unchecked }) {
    const newest = parseIstioVersion(DATA_VERSION.newest);
    const told = new Set<number>();
    for (const part of mesh.components) {
      const { version, confidence, at } = part;
      if (!newest || !version || version.minor <= newest.minor || told.has(version.minor)) continue;
      told.add(version.minor);
      const { asOf } = DATA_VERSION;
      const data = { title: titleOf(part), version: `1.${version.minor}`, newest: DATA_VERSION.newest, asOf };
      report(asResource(part), [], 'newer', data, { confidence });
      const what = `what Istio 1.${version.minor} changes`;
      unchecked(what, `the facts end with ${DATA_VERSION.newest}, as of ${asOf}`, {
        ...asResource(part),
        origin: { file: at.file, at: () => at },
      });
    }
  },
});
