import type { Settings } from '../config/settings.ts';
import { globMatches } from '../mesh/externals.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { textAt } from '../untyped.ts';
import { isGatewayPod, type Follower } from './followers.ts';
import { riskOf } from './restarts.ts';

/** What moves together, and why it does. */
export interface Wave {
  readonly name: string;
  readonly why: string;
  readonly followers: readonly Follower[];
}

/** From here on a namespace waits until others have moved. */
const RISKY = 15;
/** Restarts of one wave: more at once are hard to watch. */
const MOST_WORKLOADS = 50;
const MOST_NAMESPACES = 15;

/** Is it an edge of the mesh: a gateway, or a namespace that runs nothing else? */
export function isGateway(mesh: Mesh, { kind, namespace }: Follower): boolean {
  if (kind !== 'namespace') return kind === 'gateway';
  const workloads = mesh.workloads.filter((workload) => workload.namespace === namespace);
  const charts = mesh.components.some(
    ({ component, namespace: where }) => component === 'gateway' && where === namespace,
  );
  return workloads.length === 0 ? charts : workloads.every(isGatewayPod);
}

/**
 * The order in which followers move: as the settings say, what they do not name after that; without settings by risk, one
 * namespace first, gateways last. Empty waves are left out.
 */
export function wavesOf(mesh: Mesh, { waves }: Settings, followers: readonly Follower[]): Wave[] {
  if (followers.length === 0) return [];
  const chosen = waves.map(({ name, namespaces }, index) => ({
    name: name ?? `wave ${index + 1}`,
    why: 'as the settings say',
    followers: followers.filter(
      (one) => firstWave(waves, one.namespace) === index && matches(namespaces, one),
    ),
  }));
  const rest = followers.filter(({ namespace }) => firstWave(waves, namespace) < 0);
  const gateways = rest.filter((one) => isGateway(mesh, one));
  const others = rest.filter((one) => !gateways.includes(one));
  const edge = { name: 'gateways', why: edgeText(gateways), followers: gateways };
  return [...chosen, ...byRisk(mesh, others, waves.length === 0), edge].filter(
    (wave) => wave.followers.length > 0,
  );
}

function edgeText(gateways: readonly Follower[]): string {
  const areWaypoints = gateways.every(
    ({ gateway }) => textAt(gateway?.body, 'spec', 'gatewayClassName') === 'istio-waypoint',
  );
  return areWaypoints ? 'what they stand before depends on them' : 'everybody outside depends on them';
}

function firstWave(waves: Settings['waves'], namespace: string): number {
  return waves.findIndex(({ namespaces }) => namespaces.some((glob) => globMatches(glob, namespace)));
}

function matches(globs: readonly string[], { namespace }: Follower): boolean {
  return globs.some((glob) => globMatches(glob, namespace));
}

interface Ranked {
  readonly namespace: string;
  readonly points: number;
  readonly reasons: readonly string[];
  /** Are its workloads written here? */
  readonly isKnown: boolean;
  readonly followers: readonly Follower[];
}

function byRisk(mesh: Mesh, followers: readonly Follower[], tryOne: boolean): Wave[] {
  const namespaces = [...new Set(followers.map(({ namespace }) => namespace))];
  const ranked: Ranked[] = namespaces
    .map((namespace) => ({
      namespace,
      ...riskOf(mesh, namespace),
      followers: followers.filter((one) => one.namespace === namespace),
    }))
    .sort((a, b) => a.points - b.points || (a.namespace < b.namespace ? -1 : 1));
  const [first, ...others] = ranked;
  if (!first) return [];
  if (!tryOne || others.length === 0) return batches(mesh, ranked, 'nothing else is left to move');
  const trial = {
    name: 'first',
    why: `the least ${first.isKnown ? '' : 'known '}risk: ${first.reasons.join(', ')}`,
    followers: first.followers,
  };
  const low = others.filter(({ points, isKnown }) => isKnown && points < RISKY);
  const unknown = others.filter(({ points, isKnown }) => !isKnown && points < RISKY);
  const high = others.filter(({ points }) => points >= RISKY);
  return [
    trial,
    ...batches(mesh, low, 'few workloads, nothing delicate'),
    ...batches(mesh, unknown, 'what they run is not written here'),
    ...batches(mesh, high, 'many workloads, or delicate ones'),
  ];
}

function batches(mesh: Mesh, ranked: readonly Ranked[], why: string): Wave[] {
  const waves: Ranked[][] = [];
  let size = 0;
  for (const one of ranked) {
    const workloads = mesh.workloads.filter(({ namespace }) => namespace === one.namespace).length;
    const current = waves.at(-1);
    if (!current || size + workloads > MOST_WORKLOADS || current.length >= MOST_NAMESPACES) {
      waves.push([one]);
      size = workloads;
    } else {
      current.push(one);
      size += workloads;
    }
  }
  return waves.map((members) => ({ name: 'batch', why, followers: members.flatMap((one) => one.followers) }));
}
