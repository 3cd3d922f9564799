import type { RevisionTag } from '../mesh/mesh.ts';
import { proxiesOn } from './checks.ts';
import { isDeployedByIstio } from '../mesh/gateway-workloads.ts';
import { rollingGateways } from './gateway-moves.ts';
import { followersText, type Follower } from './followers.ts';
import type { Promotion } from './promotion.ts';
import { restartsOf } from './restarts.ts';
import type { Action } from './step.ts';

/** Restarts after the move; a pod template that changed rolls out by itself. */
export function withRestarts(
  p: Promotion,
  action: Action,
  followers: readonly Follower[],
  relabelledOnes: readonly Follower[] = [],
): Action {
  const rollsItself = (one: Follower): boolean =>
    one.gateway !== undefined || (one.kind !== 'namespace' && relabelledOnes.includes(one));
  const { run, notes } = restartsOf(
    p.head,
    p.delivery,
    followers.filter((one) => !rollsItself(one)),
  );
  return {
    ...action,
    run: [...action.run, ...run],
    verify: [
      ...action.verify,
      ...(followers.length > 0 ? [proxiesOn(p.to.revision)] : []),
      ...rollingGateways(followers),
      ...inherited(p, followers),
      ...notes,
    ],
    rollback: [...action.rollback, ...run],
  };
}

/** Gateways without a label of their own go with that of their namespace, at once. */
function inherited({ head }: Promotion, followers: readonly Follower[]): string[] {
  const namespaces = followers.filter(({ kind }) => kind === 'namespace').map(({ name }) => name);
  return head.resources('KubernetesGateway').flatMap((gateway) => {
    const { namespace, name, labels } = gateway;
    const follows = labels['istio.io/rev'] === undefined && namespaces.includes(namespace);
    return follows && isDeployedByIstio(gateway)
      ? [
          `Gateway ${namespace}/${name} follows the label istio.io/rev of its namespace: its proxies roll at once.`,
        ]
      : [];
  });
}

export function moversText(tags: readonly RevisionTag[], followers: readonly Follower[]): string {
  const parts = tags.map(({ name }) => `tag ${name}`);
  return [...parts, ...(followers.length > 0 ? [followersText(followers)] : [])].join(' with ');
}
