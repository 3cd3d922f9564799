import { atLeast, compareVersions } from '../../facts/versions.ts';
import type { ControlPlane, Mesh } from '../../mesh/mesh.ts';
import { fieldAt, listAt, textAt } from '../../untyped.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { servedBy } from '../discovery/watchers.ts';
import { defineRule } from '../rule.ts';
import { type Subject, subjectAt } from '../subject.ts';
import { nameUses } from './revision-names.ts';

/**
 * Two revisions of one mesh (one system namespace, one root certificate) that give their workloads identities of different
 * trust domains. A proxy takes only certificates of its own trust domain and of its aliases, as a server since 1.8, and as a
 * client in the names it expects: both revisions have to list the other's.
 */
export default defineRule({
  id: 'trust-domains-differ',
  name: 'trust-domains-differ',
  level: 'warning',
  inputs: ['controlPlanes', 'namespaces', 'workloads', 'components', 'tags', 'revisions'],
  summary:
    'Two revisions of one mesh have different trust domains and do not count each other’s as their own.',
  messages: {
    both: 'Revision {revision} has the trust domain {domain}, revision {other} has {otherDomain}, and trustDomainAliases of {lacking} leave the other one out: their proxies refuse each other’s certificates.',
    canary:
      'Revision {revision} has the trust domain {domain}, revision {other} has {otherDomain}, and trustDomainAliases of {lacking} leave the other one out: what moves to one of them and what stays with the other will refuse each other’s certificates.',
  },
  advice:
    'Keep one trust domain while both revisions run, or list the other one in meshConfig.trustDomainAliases of both before anything moves.',
  check({ mesh, report, unchecked }) {
    for (const [one, other] of pairs(mesh)) {
      const [mine, theirs] = [trustDomainOf(one), trustDomainOf(other)];
      if (mine === undefined || theirs === undefined || mine === theirs) continue;
      const serving = [one, other].filter((plane) => serves(mesh, plane));
      if (serving.length === 1 && isRetired(one, other, serving)) continue;
      const lacking = [lists(one, theirs), lists(other, mine)];
      if (lacking.includes('unknown')) {
        unchecked(
          'trust domains of two revisions',
          'trustDomainAliases may be set out of sight',
          subject(one),
        );
        continue;
      }
      const names = [one, other]
        .filter((_, index) => lacking[index] === 'no')
        .map(({ revision }) => revision);
      if (names.length === 0) continue;
      const data = {
        revision: one.revision,
        domain: mine,
        other: other.revision,
        otherDomain: theirs,
        lacking: names,
      };
      const evidence = [
        { says: `revision ${other.revision} has the trust domain ${theirs}`, at: placeOf(other) },
      ];
      const both = serving.length === 2;
      report(subject(one), [], both ? 'both' : 'canary', data, {
        evidence,
        confidence: both ? 'certain' : 'likely',
      });
    }
  },
});

/** Pairs of revisions of one mesh, the newer one first. */
function pairs({ controlPlanes }: Mesh): (readonly [ControlPlane, ControlPlane])[] {
  const known = controlPlanes.filter(({ revision }) => isKnown(revision));
  return known.flatMap((one, index) =>
    known.slice(index + 1).flatMap((other) => {
      if (one.revision === other.revision || one.namespace !== other.namespace) return [];
      if (areApart(one, other)) return [];
      return [isOlder(one, other) === false ? ([one, other] as const) : ([other, one] as const)];
    }),
  );
}

/** Each watches namespaces of its own: they may be two meshes. */
function areApart(one: ControlPlane, other: ControlPlane): boolean {
  const [mine, theirs] = [one, other].map(({ meshConfig }) => listAt(meshConfig, 'discoverySelectors'));
  if (!mine || !theirs || mine.length === 0 || theirs.length === 0) return false;
  return JSON.stringify(mine) !== JSON.stringify(theirs);
}

function isOlder(one: ControlPlane, other: ControlPlane): boolean | undefined {
  return one.version && other.version && compareVersions(one.version, other.version) < 0;
}

function serves(mesh: Mesh, plane: ControlPlane): boolean {
  return nameUses(mesh).some(
    ({ kind, name }) => kind !== 'tag' && servedBy(mesh, name)?.revision === plane.revision,
  );
}

/** Nothing asks for the older one any more: it is on its way out. */
function isRetired(one: ControlPlane, other: ControlPlane, serving: readonly ControlPlane[]): boolean {
  const [idle, busy] = serving.includes(one) ? [other, one] : [one, other];
  return isOlder(idle, busy) === true;
}

/** `cluster.local` unless it is written; `undefined` where it may be set out of sight. */
function trustDomainOf({ meshConfig, values, version }: ControlPlane): string | undefined {
  const written = fieldAt(meshConfig, 'trustDomain');
  if (written !== undefined && written !== '')
    return typeof written === 'string' && isKnown(written) ? written : undefined;
  // Charts before 1.10 read it from the global values as well.
  const isGlobal = fieldAt(values?.values, 'global', 'trustDomain') !== undefined;
  if (isGlobal && atLeast(version, 10) !== true) return undefined;
  const isShown = values ? !values.elsewhere : Object.keys(meshConfig).length > 0;
  return isShown ? 'cluster.local' : undefined;
}

function lists({ meshConfig, values }: ControlPlane, domain: string): 'yes' | 'no' | 'unknown' {
  const aliases = listAt(meshConfig, 'trustDomainAliases');
  if (aliases.includes(domain)) return 'yes';
  const isOpen = values?.elsewhere === true || !isKnown(textAt(meshConfig, 'trustDomainAliases'));
  return isOpen || aliases.some((one) => typeof one !== 'string' || !isKnown(one)) ? 'unknown' : 'no';
}

function placeOf({ meshConfigAt, at, meshConfig }: ControlPlane) {
  return fieldAt(meshConfig, 'trustDomain') === undefined ? at : (meshConfigAt?.(['trustDomain']) ?? at);
}

function subject(plane: ControlPlane): Subject {
  const { release, namespace } = plane;
  return subjectAt({ kind: 'ControlPlane', namespace, name: release ?? 'istiod' }, placeOf(plane));
}
