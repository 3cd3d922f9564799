import type { PlanStep } from '../vocabulary.ts';
import { followersIn, followerText } from './followers.ts';
import { leadsTo } from './names.ts';
import type { Promotion } from './promotion.ts';
import { versionWords } from './checks.ts';

/** What the change under review is in its plan: one step, several at once, out of order, or none. */
export function thisChangeText(steps: readonly PlanStep[]): string {
  const mine = indexesOf(steps, 'this-change');
  const [first, ...more] = mine;
  if (first === undefined) return 'no step of this plan';
  const of = `of ${steps.length}`;
  const titles = titlesOf(steps, mine);
  const text =
    more.length === 0
      ? `step ${first + 1} ${of}: ${titles.join('')}`
      : `steps ${numbers(mine)} ${of} at once: ${titles.join('; ')}`;
  const skipped = skippedBefore(steps);
  return skipped.length === 0
    ? text
    : `${text} (out of order: ${numbered(skipped)} ${skipped.length > 1 ? 'are' : 'is'} still to do)`;
}

/** What must be true before the change is merged. */
export function beforeMergingTexts(p: Promotion, steps: readonly PlanStep[], inPlace: boolean): string[] {
  const mine = indexesOf(steps, 'this-change');
  const skipped = skippedBefore(steps);
  const verb = skipped.length > 1 ? 'come' : 'comes';
  const order =
    skipped.length > 0
      ? [`${capital(numbered(skipped))} ${verb} first: ${titlesOf(steps, skipped).join('; ')}.`]
      : [];
  const several = !inPlace && mine.length > 1 && !alreadyFollows(steps, mine) ? [splitText(steps, mine)] : [];
  const own = mine.flatMap((index) => steps[index]?.preconditions ?? []);
  return [
    ...new Set([
      ...order,
      ...several,
      ...unclearTexts(p),
      ...own,
      ...(inPlace && mine.some((index) => isUpgrade(steps[index])) ? [canaryAdvice(p)] : []),
    ]),
  ];
}

/** A base chart and the control plane it is for come together often enough: that is one change. */
function alreadyFollows(steps: readonly PlanStep[], mine: readonly number[]): boolean {
  return mine.every((index) => /^(?:Bring|Install|Point) /.test(steps[index]?.title ?? ''));
}

function splitText(steps: readonly PlanStep[], mine: readonly number[]): string {
  const ends = steps.some(({ pointOfNoReturn, state }) => pointOfNoReturn && state === 'this-change');
  const why = ends
    ? 'with the old revision gone there is no quick way back'
    : 'a step is only safe once the one before is checked';
  return `Split this change: steps ${numbers(mine)} come one after the other, since ${why}.`;
}

/** Followers whose name leads nowhere, or to two control planes. */
function unclearTexts({ head, to, olds }: Promotion): string[] {
  return followersIn(head)
    .flatMap((follower) => {
      const leads = leadsTo(head, [to, ...olds], follower.asksFor);
      if (leads.to !== 'unknown') return [];
      const who = followerText(follower);
      return [`It is not clear whom ${who} asks (${follower.key}=${follower.value}): ${leads.because}.`];
    })
    .slice(0, MOST_UNCLEAR);
}

const MOST_UNCLEAR = 5;

function isUpgrade(step: PlanStep | undefined): boolean {
  return /^(?:Upgrade|Downgrade) /.test(step?.title ?? '');
}

function canaryAdvice({ to }: Promotion): string {
  const who = to.revision === 'default' ? 'the unnamed control plane' : to.revision;
  return `Everything that ${who} serves is served by ${versionWords(to)} at once: to try it on a part first, install it as a revision of its own.`;
}

/** Steps still to do that stand before one this change does. */
function skippedBefore(steps: readonly PlanStep[]): number[] {
  const last = steps.findLastIndex(({ state }) => state === 'this-change');
  return indexesOf(steps, 'next').filter((index) => index < last);
}

function indexesOf(steps: readonly PlanStep[], state: PlanStep['state']): number[] {
  return steps.flatMap((step, index) => (step.state === state ? [index] : []));
}

/** `2`, `2 and 3`, `1, 3 and 5`. */
function numbers(indexes: readonly number[]): string {
  const all = indexes.map((index) => String(index + 1));
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** Titles before the rest is counted. */
const MOST_TITLES = 4;

function titlesOf(steps: readonly PlanStep[], indexes: readonly number[]): string[] {
  const titles = indexes.map((index) => lowerFirst(steps[index]?.title ?? ''));
  const rest = titles.length - MOST_TITLES;
  return rest > 0 ? [...titles.slice(0, MOST_TITLES), `and ${rest} more`] : titles;
}

/** `step 2`, `steps 2 and 3`. */
function numbered(indexes: readonly number[]): string {
  return `step${indexes.length > 1 ? 's' : ''} ${numbers(indexes)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
