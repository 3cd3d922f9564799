import type { Plan, PlanStep } from '../vocabulary.ts';
import type { EnvironmentReview, Review } from './review.ts';

/** A plan, and the environments that share it. */
export interface PlannedPromotion {
  readonly environments: readonly string[];
  readonly stage: NonNullable<EnvironmentReview['stage']>;
  readonly plan: Plan | undefined;
}

/** Where every environment stands; those with one story together, in their order. */
export function promotionsOf({ environments }: Review): PlannedPromotion[] {
  const promotions = new Map<string, PlannedPromotion>();
  for (const { name, stage, plan } of environments) {
    if (!stage) continue;
    const story = JSON.stringify([stage, plan]);
    const told = promotions.get(story);
    const names = told ? [...told.environments, name] : [name];
    promotions.set(story, { environments: names, stage, plan });
  }
  return [...promotions.values()];
}

/** Those that a review tells about unasked: the change is part of the plan, or moves the environment to another stage. */
export function promotionsToTell(review: Review): PlannedPromotion[] {
  return promotionsOf(review).filter(({ stage, plan }) => {
    const isPart = plan?.steps.some(({ state }) => state === 'this-change') === true;
    return isPart || (stage.base !== stage.head && stage.head !== 'steady');
  });
}

/** `canary-installed → promoting`, the one stage of both sides, or that nothing of the sort is tried. */
export function stageText({ stage: { base, head }, plan }: PlannedPromotion): string {
  if (plan?.to === 'steady') return 'upgrade in place';
  return base === head ? head : `${base} → ${head}`;
}

/** The first step that is neither done nor part of this change, with its number from 1. */
export function nextStep({ steps }: Plan): { readonly number: number; readonly step: PlanStep } | undefined {
  const index = steps.findIndex(({ state }) => state === 'next');
  const step = steps[index];
  return step && { number: index + 1, step };
}
