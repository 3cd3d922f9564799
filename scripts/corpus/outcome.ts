import { LADDER, type Pair, type Strength } from './pairs.ts';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import type { Review } from '../../src/report/review.ts';
import { toolRenderers } from '../../src/render/renderers.ts';
import type { Tools } from '../../src/render/tools.ts';
import { review } from '../../src/review.ts';
import type { GitRepository } from '../../src/source/git.ts';

/** What the review of one pair said and cost. */
export interface Outcome {
  readonly pair: Pair;
  /** Undefined when the review crashed. */
  readonly result: Review | undefined;
  readonly crash: string | undefined;
  readonly said: Strength;
  /** Milliseconds, opening the snapshots included. */
  readonly ms: number;
  /** Largest resident size seen between phases, in MB; of the whole process, so what went before counts too. */
  readonly megabytes: number;
}

/** Reviews one pair, with tools where there are any. A crash is an outcome like any other. */
export async function reviewPair(pair: Pair, repository: GitRepository, tools?: Tools): Promise<Outcome> {
  const start = performance.now();
  let megabytes = 0;
  const look = (): void => {
    megabytes = Math.max(megabytes, Math.round(process.memoryUsage.rss() / 1e6));
  };
  let result: Review | undefined;
  let crash: string | undefined;
  try {
    const [base, head] = [await repository.snapshot(pair.base), await repository.snapshot(pair.head)];
    const settings = { ...DEFAULT_SETTINGS, today: pair.date };
    result = await review(base, head, settings, look, tools && toolRenderers(tools));
  } catch (error) {
    crash = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  look();
  const ms = Math.round(performance.now() - start);
  return { pair, result, crash, said: result ? strongest(result) : 'none', ms, megabytes };
}

/** The worst level among what the change introduced; changes of the mesh are at least worth an info. */
export function strongest({ environments }: Review): Strength {
  const introduced = environments
    .flatMap(({ findings }) => findings)
    .filter((f) => f.status === 'introduced');
  const changes = environments.some((environment) => environment.changes.length > 0);
  const said: Strength[] = [
    'none',
    ...(changes ? ['info' as const] : []),
    ...introduced.map(({ level }) => level),
  ];
  return LADDER[Math.max(...said.map((strength) => LADDER.indexOf(strength)))] ?? 'none';
}

/** Steps from what was expected to what was said: positive is too loud, negative too quiet. */
export function difference({ pair, said }: Outcome): number {
  return LADDER.indexOf(said) - LADDER.indexOf(pair.expect);
}

/** One step of difference is a matter of taste. */
export function agrees(outcome: Outcome): boolean {
  return outcome.crash === undefined && Math.abs(difference(outcome)) <= 1;
}
