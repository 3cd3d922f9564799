import { compatibilityProfiles, PROFILE_SETTINGS, profileEnds } from '../../facts/compatibility.ts';
import { parseIstioVersion } from '../../facts/versions.ts';
import type { MeshComponent } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { fields, field } from '../body.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { placedAt } from '../subject.ts';
import { asResource, titleOf } from './component-finding.ts';

type Context = RuleContext<'unknown' | 'old' | 'kept' | 'overrides'>;

const KEY = 'compatibilityVersion';

/** A profile is a bridge for one upgrade. Charts ship the last three minors' or so, and fail for any other. */
export default defineRule({
  id: 'compatibility-version',
  name: 'compatibility-version',
  level: 'warning',
  inputs: ['components'],
  summary: 'compatibilityVersion names a profile that the charts do not have, or is kept beyond one upgrade.',
  messages: {
    unknown:
      'The charts of Istio {version} have no compatibility profile {profile}: the {title} fails to install.',
    old: 'The {title} is {version}, which has no compatibility profiles: {profile} is not read.',
    kept: 'The {title} is {version} and keeps the behaviour of {profile}{ends}.',
    overrides:
      'compatibilityVersion {profile} sets {names} to the old behaviour, and the values of the {title} set it as well: theirs wins.',
  },
  advice: {
    unknown: 'Name one of {known}, or remove it once the old behaviour is not needed.',
    old: 'Remove it; compatibility profiles come with 1.21.',
    kept: 'Go through what changed since, settle it, and remove compatibilityVersion.',
    overrides: 'Keep one of the two, so that it is plain which behaviour is meant.',
  },
  check(context) {
    for (const part of context.mesh.components) {
      const written = field(part.values?.values, KEY);
      if (typeof written === 'string' && written !== '' && isKnown(written)) check(context, part, written);
    }
  },
});

function check({ report }: Context, part: MeshComponent, written: string): void {
  const { version, confidence, values } = part;
  const profile = parseIstioVersion(written)?.minor;
  if (!version || !values) return;
  const known = compatibilityProfiles(version.minor);
  const subject = placedAt(asResource(part), values.at([KEY]));
  const data = { title: titleOf(part), version: `1.${version.minor}`, profile: written };
  if (known?.length === 0) {
    report(subject, [], 'old', data, { level: 'info', confidence });
  } else if (known && (profile === undefined || !known.includes(profile))) {
    const names = known.map((minor) => `1.${minor}`);
    report(subject, [], 'unknown', { ...data, known: names }, { level: 'error', confidence });
  } else if (profile !== undefined) {
    if (version.minor - profile > 1) {
      const end = profileEnds(profile);
      report(
        subject,
        [],
        'kept',
        { ...data, ends: end === undefined ? '' : `, which ends in 1.${end}` },
        { confidence },
      );
    }
    reportOverrides(report, part, profile, data);
  }
}

function reportOverrides(
  report: Context['report'],
  part: MeshComponent,
  profile: number,
  data: { title: string; version: string; profile: string },
): void {
  const env = fields(fields(part.values?.values, 'pilot'), 'env');
  const names = Object.keys(PROFILE_SETTINGS).filter(
    (name) => Object.hasOwn(env, name) && (PROFILE_SETTINGS[name] ?? 0) >= profile,
  );
  const [first] = names;
  if (first === undefined || part.component !== 'istiod') return;
  const at = part.values?.at(['pilot', 'env', first]) ?? part.at;
  report(placedAt(asResource(part), at), [], 'overrides', { ...data, names }, { level: 'info' });
}
