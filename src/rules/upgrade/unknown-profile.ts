import { DATA_VERSION } from '../../facts/data-version.ts';
import { knownNames } from '../../facts/profiles.ts';
import { parseIstioVersion } from '../../facts/versions.ts';
import type { Mesh, MeshComponent } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { placedAt } from '../subject.ts';
import { asResource, titleOf } from './component-finding.ts';
import { reach } from './hazards/reach.ts';

type Context = RuleContext<'profile' | 'platform' | 'operator'>;
type Sort = Parameters<typeof knownNames>[0];

const NEWEST = parseIstioVersion(DATA_VERSION.newest)?.minor ?? 0;

/** Charts fail for a profile (since 1.21) or platform (since 1.24) they do not ship, istioctl for a profile. */
export default defineRule({
  id: 'unknown-profile',
  name: 'unknown-profile',
  level: 'error',
  inputs: ['components', 'controlPlanes', 'upgrades'],
  summary:
    'A profile or platform is named that this release of Istio does not have, so that the install fails.',
  messages: {
    profile: 'The charts of Istio {version} have no profile {name}: the {title} fails to install.',
    platform: 'The charts of Istio {version} know no platform {name}: the {title} fails to install.',
    operator: 'istioctl {version} has no profile {name}: the install fails.',
  },
  advice: {
    profile: 'Name one of {known}, or none: default, minimal and empty are istioctl’s only.',
    platform: 'Name one of {known}, or none.',
    operator: 'Name one of {known}.',
  },
  check(context) {
    for (const part of context.mesh.components) {
      // What installs the objects of an operator is looked at as such below.
      if (part.installer === 'istioctl' || !part.values) continue;
      checkNames(context, part, 'helm', 'profile', ['profile', 'global.profile']);
      checkNames(context, part, 'platform', 'platform', ['platform', 'global.platform']);
    }
    checkOperators(context);
  },
});

function checkNames(
  { mesh, report }: Context,
  part: MeshComponent,
  sort: Sort,
  message: 'profile' | 'platform',
  paths: readonly string[],
): void {
  const { values, confidence } = part;
  // The chart decides, not the image.
  const minor = (part.chartVersion ?? part.version)?.minor;
  const known = minor === undefined ? undefined : knownNames(sort, minor, NEWEST);
  if (!known || !values || minor === undefined) return;
  for (const { value, path } of paths.flatMap((one) => reach(values.values, one))) {
    if (!isName(value) || known.includes(value) || isRemoval(mesh, part, sort, value)) continue;
    const data = { title: titleOf(part), version: `1.${minor}`, name: value, known };
    report(placedAt(asResource(part), values.at(path)), [], message, data, { confidence });
  }
}

function checkOperators({ mesh, report }: Context): void {
  for (const { resource, installer, version } of mesh.controlPlanes) {
    if (installer !== 'istioctl' || !resource || !version) continue;
    const known = knownNames('istioctl', version.minor, NEWEST);
    for (const { value, path } of known ? reach(resource.body, 'spec.profile') : []) {
      const part = mesh.components.find(
        ({ component, name }) => component === 'istiod' && name === resource.name,
      );
      if (!known || !isName(value) || known.includes(value)) continue;
      if (part && isRemoval(mesh, part, 'istioctl', value)) continue;
      report(resource, path, 'operator', { version: `1.${version.minor}`, name: value, known });
    }
  }
}

/** A path leads to a profile of one’s own. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && isKnown(value) && !/[./]/.test(value);
}

/** An upgrade that leaves the name behind is told by what that release changes. */
function isRemoval(
  { upgrades }: Mesh,
  { component, name }: MeshComponent,
  sort: Sort,
  value: string,
): boolean {
  return upgrades.some(
    ({ after, from }) =>
      after.component === component &&
      after.name === name &&
      knownNames(sort, from.minor, NEWEST)?.includes(value),
  );
}
