import { atLeast, compareVersions } from '../facts/versions.ts';
import { fieldAt, mappingAt } from '../untyped.ts';
import type { Resource } from '../render/resource.ts';
import type { Fix } from '../vocabulary.ts';
import { check } from './checks.ts';
import { deliveredEdit } from './delivery.ts';
import { followersIn, type Follower } from './followers.ts';
import type { Promotion } from './promotion.ts';
import { sh } from './shell.ts';
import { NOTHING, REVERT, type Action } from './step.ts';
import { versionIn } from './upgrade.ts';

const REVISION = 'istio.io/rev';
/** Istio has a kind of the same name. */
const KIND = 'gateways.gateway.networking.k8s.io';

/** Has a Gateway of the Gateway API ask for another revision: its istiod writes the Deployment anew, at once. */
export function gatewayApiMove(p: Promotion, follower: Follower, gateway: Resource, name: string): Action {
  const { namespace, name: own, value } = follower;
  const edits = labelEdit(p, follower, gateway, name);
  if (p.delivery.by !== 'kubectl') {
    return deliveredEdit(p.delivery, edits, [{ file: gateway.origin.file, resource: gateway }], []);
  }
  const back = value === '' ? `${REVISION}-` : `${REVISION}=${value}`;
  return {
    ...NOTHING,
    edits,
    run: [sh`kubectl label ${KIND} ${own} -n ${namespace} ${`${REVISION}=${name}`} --overwrite`],
    rollback: [
      sh`kubectl label ${KIND} ${own} -n ${namespace} ${back} --overwrite`,
      ...(edits.length > 0 ? [REVERT] : []),
    ],
  };
}

function labelEdit(
  { copy }: Promotion,
  { key, value, at }: Follower,
  gateway: Resource,
  name: string,
): Fix[] {
  const title = `Gateway ${gateway.name} asks for ${name}`;
  const { origin, body } = gateway;
  if (key === REVISION) return listed(at && copy.replaceEntry(at, [key, value], [REVISION, name], title));
  const [first] = Object.keys(mappingAt(body, 'metadata', 'labels'));
  if (first !== undefined) {
    const place = origin.at(['metadata', 'labels', first], 'key');
    return listed(copy.insertBefore(place, [`${REVISION}: ${name}`], title));
  }
  if (fieldAt(body, 'metadata', 'labels') !== undefined) return [];
  const place = origin.at(['metadata', 'name'], 'key');
  return listed(copy.insertBefore(place, ['labels:', `  ${REVISION}: ${name}`], title));
}

function listed(edit: Fix | undefined): Fix[] {
  return edit ? [edit] : [];
}

/** Gateways whose proxies roll by themselves as soon as another istiod, or a new one, writes their Deployments. */
export function rollingGateways(followers: readonly Follower[]): string[] {
  return followers.flatMap(({ gateway, namespace, name }) =>
    gateway
      ? [check(sh`kubectl get ${KIND} ${name} -n ${namespace}`, 'PROGRAMMED True; its proxies roll at once')]
      : [],
  );
}

/** Nothing of the Gateway API is left with a revision that goes. */
export function gatewaysOn({ head }: Promotion, revision: string): string[] {
  return head.resources('KubernetesGateway').length > 0
    ? [check(sh`kubectl get ${KIND} -A -l ${`${REVISION}=${revision}`}`, 'none')]
    : [];
}

/** Releases since which a revision leaves Gateways alone that do not name it (istio/istio 54280). */
const SPARED_SINCE = [
  { major: 1, minor: 23, patch: 5 },
  { major: 1, minor: 24, patch: 2 },
];

/** Unlabelled Gateways that the new revision would take over as soon as it runs. */
export function claimedEarly(p: Promotion): string[] {
  const version = versionIn(p.to);
  const isSpared =
    !version ||
    atLeast(version, 25) !== false ||
    SPARED_SINCE.some((since) => since.minor === version.minor && compareVersions(version, since) >= 0);
  const [first] = p.olds;
  if (isSpared || !first || atLeast(version, 16) === false) return [];
  return followersIn(p.head).flatMap(({ gateway, key, namespace, name }) =>
    gateway && key === ''
      ? [
          `Gateway ${namespace}/${name} has the label istio.io/rev=${first.revision}: until 1.23.4 and 1.24.1 a new revision takes over Gateways without one.`,
        ]
      : [],
  );
}
