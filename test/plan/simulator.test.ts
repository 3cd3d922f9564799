import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS, type Settings } from '../../src/config/settings.ts';
import type { EnvironmentReview } from '../../src/report/review.ts';
import { review } from '../../src/review.ts';
import { memorySnapshot } from '../../src/source/memory.ts';
import { repositories, installed, revisionsOf, type Files, type Situation } from './scenarios.ts';
import { Simulator, type World } from './simulator.ts';

const SETTINGS: Settings = {
  ...DEFAULT_SETTINGS,
  environments: [{ name: 'prod', paths: ['**'] }],
  today: '2026-11-01',
};
/** A helmfile makes an environment of its own. */
const BY_STRUCTURE: Settings = { ...SETTINGS, environments: [] };

async function reviewed(situation: Situation, base: Files, head: Files): Promise<EnvironmentReview> {
  const snapshot = (name: string, files: Files) => memorySnapshot(name, Object.fromEntries(files));
  const settings = {
    ...(situation.installer === 'helm' ? BY_STRUCTURE : SETTINGS),
    waves: situation.waves ?? [],
  };
  const { environments } = await review(snapshot('base', base), snapshot('head', head), settings);
  const [environment] = environments;
  if (!environment) throw new Error('no environment');
  return environment;
}

const VERSIONS = [
  ['1.9.5', '1.10.0'],
  ['1.10.6', '1.11.8'],
  ['1.11.8', '1.12.9'],
  ['1.14.6', '1.15.7'],
  ['1.20.8', '1.22.8'],
  ['1.23.6', '1.24.6'],
  ['1.27.9', '1.28.6'],
  ['1.30.3', '1.31.0'],
] as const;

const INSTALLERS = ['istioctl', 'helm', 'argocd', 'flux', 'sail', 'manifests'] as const;
const ASKS = ['injection', 'revision', 'tag', 'default-tag'] as const;
const GATEWAYS = ['none', 'labelled', 'own-label', 'chart'] as const;

/** All combinations but for gateways and numbers of namespaces, which go round. */
function situations(installer: Situation['installer']): Situation[] {
  let count = 0;
  const all = VERSIONS.flatMap(([from, to]) =>
    ASKS.flatMap((asks) => {
      const common = { installer, from, to, asks };
      return GATEWAYS.map((gateway) => ({ ...common, gateway, namespaces: (count++ % 5) + 1 })).filter(
        isSensible,
      );
    }),
  );
  return all.filter((_, index) => index % 2 === 0);
}

function isSensible({ installer, from, asks, gateway }: Situation): boolean {
  const minor = Number(from.split('.')[1]);
  const charts = ['helm', 'argocd', 'flux'].includes(installer);
  if (gateway === 'chart' && !charts) return false;
  // Istio's chart repository begins with 1.12, tags with 1.10.
  if (charts && minor < 12) return false;
  if ((asks === 'tag' || asks === 'default-tag') && minor < 10) return false;
  if (installer !== 'sail') return true;
  return minor >= 23 && (asks === 'revision' || asks === 'tag') && gateway !== 'own-label';
}

const named = (one: Situation): string =>
  `${one.from} to ${one.to}, ${one.asks}, gateway ${one.gateway}, ${one.namespaces} namespaces`;

function carriedOut(situation: Situation, world: World, head: Files, { plan }: EnvironmentReview): Simulator {
  if (!plan) throw new Error('no plan');
  const simulator = new Simulator(world, head, situation);
  simulator.carryOut(plan);
  return simulator;
}

/** The old revision is gone, and everything that had a sidecar has the new one. */
function expectGoal({ cluster }: World, situation: Situation): void {
  const { next } = revisionsOf(situation);
  expect([...cluster.planes.keys()]).toEqual([next]);
  const proxies = cluster.meshed.map((key) => cluster.workloads.get(key)?.proxy);
  expect(proxies.length).toBeGreaterThan(0);
  for (const proxy of proxies) expect(proxy).toEqual({ revision: next, version: situation.to });
}

/** The one control plane there is runs the new version, and so does everything it serves. */
function expectInPlace({ cluster }: World, { to }: Situation): void {
  const [revision = ''] = cluster.planes.keys();
  expect([...cluster.planes]).toEqual([[revision, to]]);
  for (const key of cluster.meshed) {
    expect(cluster.workloads.get(key)?.proxy).toEqual({ revision, version: to });
  }
}

describe.each(INSTALLERS)('a plan for %s, carried out step by step', (installer) => {
  test.each(situations(installer).map((one) => [named(one), one] as const))('%s', async (_, situation) => {
    const { base, head } = repositories(situation);
    const environment = await reviewed(situation, base, head);
    expect(environment.stage).toMatchObject({ base: 'steady', head: 'canary-installed' });
    expect(environment.plan?.installer).toBe(installer);
    const world = { files: base, cluster: installed(situation, base) };
    expectGoal(carriedOut(situation, world, head, environment).world, situation);
  });
});

/** One repository's whole way, reviewed anew at each of its changes: what each is, and that the rest still leads to the end. */
describe.each(INSTALLERS)('the changes that a plan for %s asks for', (installer) => {
  const chosen = situations(installer).filter(({ from }) => from === '1.30.3');

  test.each(chosen.map((one) => [named(one), one] as const))('%s', async (_, situation) => {
    const { base, head } = repositories(situation);
    const first = await reviewed(situation, base, head);
    const start = { files: base, cluster: installed(situation, base) };
    const { before, world } = carriedOut(situation, start, head, first);
    const worlds = [...before, world];
    for (const [index, at] of before.entries()) {
      const after = worlds[index + 1]?.files ?? at.files;
      if (sameFiles(at.files, after)) continue;
      const again = await reviewed(situation, at.files, after);
      const mine = again.plan?.steps.filter(({ state }) => state === 'this-change') ?? [];
      expect(again.stage?.head).not.toBe('unknown');
      const isPart = mine.length > 0 || again.stage?.head === 'steady';
      if (!isPart) throw new Error(`${first.plan?.steps[index]?.title}: ${again.plan?.thisChange}`);
      // What istioctl did to the default tag is in no file: its plan would do it, and undo it, once more.
      if (installer === 'istioctl' && again.stage?.head === 'old-removed') continue;
      if (!again.plan) continue;
      const { world: end } = carriedOut(situation, at, after, again);
      if (again.plan.to === 'steady') expectInPlace(end, situation);
      else expectGoal(end, situation);
    }
  });
});

function sameFiles(a: Files, b: Files): boolean {
  return JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
}
