import { expect } from '@jest/globals';
import { DEFAULT_SETTINGS, type Settings } from '../../src/config/settings.ts';
import type { EnvironmentReview } from '../../src/report/review.ts';
import { review } from '../../src/review.ts';
import { memorySnapshot } from '../../src/source/memory.ts';
import type { Plan } from '../../src/vocabulary.ts';
import { Simulator, type World } from './simulator.ts';
import { installed } from './situations/installed.ts';
import { repositories } from './situations/repositories.ts';
import { revisionsOf, type Files, type InstallerName, type Situation } from './situations/situation.ts';

const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  environments: [{ name: 'prod', paths: ['**'] }],
  today: '2026-11-01',
};
/** Helmfiles and charts of charts are found where they are. */
const BY_STRUCTURE: Settings = { ...SETTINGS, environments: [] };

const BY_FILES: ReadonlySet<InstallerName> = new Set(['helmfile', 'umbrella']);

/** The one environment of a repository, as its review shows it. */
export async function reviewed(situation: Situation, base: Files, head: Files): Promise<EnvironmentReview> {
  const snapshot = (name: string, files: Files) => memorySnapshot(name, Object.fromEntries(files));
  const settings = {
    ...(BY_FILES.has(situation.installer) ? BY_STRUCTURE : SETTINGS),
    waves: situation.waves,
  };
  const { environments } = await review(snapshot('base', base), snapshot('head', head), settings);
  const [environment, ...others] = environments;
  if (!environment || others.length > 0) throw new Error(`${environments.length} environments`);
  return environment;
}

/** Where a situation starts, and what is reviewed in it. */
export interface Start {
  readonly world: World;
  readonly head: Files;
  readonly environment: EnvironmentReview;
}

export async function startOf(situation: Situation): Promise<Start> {
  const { base, head } = repositories(situation);
  const world = { files: base, cluster: installed(situation, base) };
  return { world, head, environment: await reviewed(situation, base, head) };
}

export function carriedOut(
  situation: Situation,
  world: World,
  head: Files,
  plan: Plan | undefined,
): Simulator {
  if (!plan) throw new Error('no plan');
  const simulator = new Simulator(world, head, situation);
  simulator.carryOut(plan);
  return simulator;
}

/** Everything that was in the mesh has the new proxy of the one control plane that is left. */
export function expectGoal({ cluster }: World, situation: Situation): void {
  const { next } = revisionsOf(situation);
  expect([...cluster.planes]).toEqual([[next, situation.to]]);
  const served = { revision: next, version: situation.to };
  for (const key of cluster.meshed) expect([key, cluster.workloads.get(key)?.proxy]).toEqual([key, served]);
  for (const [key, { proxy }] of cluster.gateways) expect([key, proxy]).toEqual([key, served]);
  for (const [name, { version }] of cluster.nodes) expect([name, version]).toEqual([name, situation.to]);
  for (const [name, { version }] of cluster.releases) expect([name, version]).toEqual([name, situation.to]);
}
