import { describe, expect, test } from '@jest/globals';
import type { Plan, PlanStep } from '../../src/vocabulary.ts';
import { carriedOut, expectGoal, startOf, type Start } from './carried-out.ts';
import { INSTALLERS, MODELLED, type InstallerName, type Situation } from './situations/situation.ts';

/** What every installer can have: two namespaces, one of them by tag where there is one, and a gateway. */
function situationOf(installer: InstallerName, way: Situation['way']): Situation {
  const unnamed = installer === 'sail' && way === 'in-place';
  const pods = [{ kind: 'Deployment', ask: 'none' } as const];
  return {
    installer,
    way,
    from: '1.27.9',
    to: '1.28.6',
    unnamed,
    tags: unnamed ? [] : ['prod'],
    tagsIn: 'objects',
    spaces: [
      { name: 'app-0', ask: unnamed ? 'injection' : 'tag', pods },
      { name: 'app-1', ask: unnamed ? 'injection' : 'revision', pods },
    ],
    gateways: ['own-label'],
    waves: [],
  };
}

/** Steps that put right what stands odd, and break nothing when they are left out. */
const COSMETIC = /ask for .* again$/;

/** Plans with one mistake each, and what the mistake is. */
function mutations(plan: Plan): (readonly [string, Plan])[] {
  const { steps } = plan;
  const open = steps.filter(({ state, title }) => state !== 'done' && !COSMETIC.test(title));
  const without = (step: PlanStep): Plan => ({ ...plan, steps: steps.filter((one) => one !== step) });
  const replaced = (step: PlanStep, other: PlanStep): Plan => ({
    ...plan,
    steps: steps.map((one) => (one === step ? other : one)),
  });
  const acting = open.filter(({ run }) => run.length > 0);
  return [
    ['backwards', { ...plan, steps: [...steps].reverse() }],
    ...acting.map((step) => [`without: ${step.title}`, without(step)] as const),
    ...acting.map(
      (step) => [`no way back from: ${step.title}`, replaced(step, { ...step, rollback: [] })] as const,
    ),
    ...open
      .filter(({ pointOfNoReturn }) => pointOfNoReturn)
      .map((step) => [`first: ${step.title}`, { ...plan, steps: [step, ...without(step).steps] }] as const),
  ];
}

function isCaught(situation: Situation, { world, head }: Start, plan: Plan): boolean {
  try {
    expectGoal(carriedOut(situation, world, head, plan).world, situation);
    return false;
  } catch {
    return true;
  }
}

describe.each(INSTALLERS)('a plan for %s with a mistake in it', (installer) => {
  test.each(['canary', 'in-place'] as const)('%s', async (way) => {
    const situation = situationOf(installer, way);
    const start = await startOf(situation);
    const { plan } = start.environment;
    if (plan?.installer !== MODELLED[installer]) throw new Error('no plan');
    expect(isCaught(situation, start, plan)).toBe(false);
    const missed = mutations(plan).filter(([, mutated]) => !isCaught(situation, start, mutated));
    expect(missed.map(([name]) => name)).toEqual([]);
  });
});
