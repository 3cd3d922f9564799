import type { PlanStep } from '../vocabulary.ts';
import { partsOfCheck } from '../plan/checks.ts';
import { htmlText, markdownCode, markdownFence, markdownText } from './escape.ts';
import { MarkdownPage } from './markdown-page.ts';
import { nextStep, promotionsOf, promotionsToTell, stageText, type PlannedPromotion } from './promotions.ts';
import type { Review } from './review.ts';
import { namesEnvironments } from './sections.ts';
import { enumeration, fixPlace } from './wording.ts';

/** What the picture and the plans may take of the room that is left. */
const SHARE_OF_REST = 0.5;
/** Conditions that a comment shows before anything is opened. */
const MOST_CONDITIONS = 5;

const STATE_WORDS: Readonly<Record<PlanStep['state'], string>> = {
  done: '✅ done',
  'this-change': '🔶 this change',
  next: '⬜ next',
};

/** Where environments stand that this change promotes: in short, then the whole plan and the picture, folded. */
export function promotionBlocks(page: MarkdownPage, review: Review): void {
  const several = namesEnvironments(review);
  for (const promotion of promotionsToTell(review)) {
    const where = several ? ` in ${markdownText(enumeration(promotion.environments))}` : '';
    page.list(`**Promotion${where}: ${stageText(promotion)}**`, summary(promotion));
    const { plan } = promotion;
    if (plan) {
      const title = `The plan${several ? ` of ${htmlText(enumeration(promotion.environments))}` : ''} (${plan.steps.length} steps)`;
      page.details(title, plan.steps.map(stepText), SHARE_OF_REST);
    }
  }
  pictures(page, review);
}

function summary({ stage, plan }: PlannedPromotion): string[] {
  if (!plan) return [`- ${markdownText(stage.because)}.`];
  const next = nextStep(plan);
  const conditions = plan.beforeMerging.slice(0, MOST_CONDITIONS).map((text) => `  - ${checkText(text)}`);
  const rest = plan.beforeMerging.length - conditions.length;
  const more = rest > 0 ? [`  - and ${rest} more`] : [];
  return [
    `- **This change:** ${markdownText(plan.thisChange)}.`,
    ...(conditions.length > 0 ? [['- **Before merging:**', ...conditions, ...more].join('\n')] : []),
    ...(next ? [`- **Next:** step ${next.number}, ${markdownText(next.step.title)}.`] : []),
  ];
}

function pictures(page: MarkdownPage, { environments }: Review): void {
  const drawn = environments.filter(({ picture }) => picture !== undefined);
  const distinct = new Map(drawn.map((one) => [one.picture, one]));
  const several = distinct.size > 1;
  for (const { name, picture = '' } of distinct.values()) {
    const title = `Control planes, tags and namespaces, before and after${several ? `: ${htmlText(name)}` : ''}`;
    page.details(title, [markdownFence(picture, 'mermaid')], SHARE_OF_REST);
  }
}

/** The plans alone. */
export function planToMarkdown(review: Review, maxBytes = 60_000): string {
  const page = new MarkdownPage(maxBytes, '`--format json` shows everything');
  page.block('### Istio Upgrade Guard: promotion plan');
  const promotions = promotionsOf(review);
  if (promotions.length === 0) page.block('Nothing to plan: this change reaches no environment.');
  for (const promotion of promotions) {
    const { environments, stage, plan } = promotion;
    page.block(`#### ${markdownText(enumeration(environments))}: ${stageText(promotion)}`);
    page.block(`${markdownText(stage.because)}.${plan ? ` **Goal:** ${markdownText(plan.goal)}` : ''}`);
    if (!plan) continue;
    page.block(`**This change:** ${markdownText(plan.thisChange)}.`);
    page.list(
      '**Before merging**',
      plan.beforeMerging.map((text) => `- ${checkText(text)}`),
    );
    page.list('**Steps**', plan.steps.map(stepText));
  }
  pictures(page, review);
  return page.text();
}

/** A step as an entry of a numbered list: what is to be true, what is edited and typed, how it looks, and the way back. */
function stepText(step: PlanStep, index: number): string {
  const { title, state, pointOfNoReturn, preconditions, edits, run, verify, rollback } = step;
  const head = `${index + 1}. **${markdownText(title)}** (${STATE_WORDS[state]})`;
  if (state === 'done') return head;
  const warning = pointOfNoReturn
    ? ['   ⛔ Point of no return: the way back is to install the old revision again.']
    : [];
  return [
    [head, ...warning].join('\n'),
    ...bullets('First', preconditions.map(checkText)),
    ...edits.flatMap((edit) => [
      `   - Edit ${markdownCode(fixPlace(edit))}: ${markdownText(edit.title)}`,
      ...(edit.text === '' ? [] : [indented(markdownFence(edit.text, 'yaml'), 5)]),
    ]),
    ...(run.length > 0 ? [`   - Run\n\n${indented(markdownFence(run.join('\n'), 'sh'), 5)}`] : []),
    ...bullets('Healthy when', verify.map(checkText)),
    ...bullets('Back', rollback.map(rollbackText)),
  ].join('\n');
}

function bullets(label: string, texts: readonly string[]): string[] {
  if (texts.length === 0) return [];
  return [`   - ${label}:`, ...texts.map((text) => `     - ${text}`)];
}

/** Commands are code, sentences are not. */
function rollbackText(text: string): string {
  return /^[a-z]/.test(text) ? markdownCode(text) : markdownText(text);
}

function checkText(text: string): string {
  const parts = partsOfCheck(text);
  return parts ? `${markdownCode(parts.command)} → ${markdownText(parts.healthy)}` : markdownText(text);
}

function indented(block: string, columns: number): string {
  const margin = ' '.repeat(columns);
  return block
    .split('\n')
    .map((line) => `${margin}${line}`)
    .join('\n');
}
