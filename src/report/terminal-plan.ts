import type { Fix, PlanStep } from '../vocabulary.ts';
import { partsOfCheck } from '../plan/checks.ts';
import { terminalText } from './escape.ts';
import { nextStep, promotionsOf, stageText, type PlannedPromotion } from './promotions.ts';
import type { Review } from './review.ts';
import { painter } from './terminal-layout.ts';
import { TerminalPage } from './terminal-page.ts';
import type { TerminalOptions } from './terminal.ts';
import { enumeration, fixPlace } from './wording.ts';

const DEFAULT_WIDTH = 100;
/** Conditions a summary shows; the plan shows all. */
const MOST_CONDITIONS = 4;

const STATE_MARKS: Readonly<Record<PlanStep['state'], string>> = {
  done: '✔ done',
  'this-change': '◆ this change',
  next: '○ next',
};

/** Where an environment stands, what this change is in its plan, and what comes next, in a few lines. */
export function promotionSummary(page: TerminalPage, promotion: PlannedPromotion, several: boolean): void {
  const { environments, stage, plan } = promotion;
  page.title(`Promotion${several ? ` in ${enumeration(environments)}` : ''}: ${stageText(promotion)}`);
  if (!plan) {
    page.write(`${stage.because}.`, { indent: 2 });
    return;
  }
  page.write(`This change: ${plan.thisChange}.`, { indent: 2, hanging: 2 });
  const conditions = plan.beforeMerging.slice(0, MOST_CONDITIONS);
  if (conditions.length > 0) page.write('Before merging:', { indent: 2 });
  for (const condition of conditions) page.write(`· ${checkText(condition)}`, { indent: 4, hanging: 2 });
  const rest = plan.beforeMerging.length - conditions.length;
  if (rest > 0) page.write(`and ${rest} more`, { indent: 6, style: 'quiet' });
  const next = nextStep(plan);
  if (next) page.write(`Next is step ${next.number}: ${next.step.title}.`, { indent: 2, hanging: 2 });
  page.write('The plan command shows every step.', { indent: 2, style: 'quiet' });
}

/** The plans alone, with every command. */
export function planToTerminal(review: Review, { color, width = DEFAULT_WIDTH }: TerminalOptions): string {
  const page = new TerminalPage(painter(color), width);
  page.write(`${review.base === '' ? 'first commit' : review.base} → ${review.head}`, {
    indent: 0,
    style: 'quiet',
  });
  const promotions = promotionsOf(review);
  if (promotions.length === 0)
    page.write('Nothing to plan: this change reaches no environment.', { indent: 0 });
  for (const promotion of promotions) showPromotion(page, promotion);
  return page.text();
}

function showPromotion(page: TerminalPage, promotion: PlannedPromotion): void {
  const { environments, stage, plan } = promotion;
  const noun = environments.length > 1 ? 'Environments' : 'Environment';
  page.title(`${noun} ${enumeration(environments)}: ${stageText(promotion)}`);
  page.write(`${stage.because}.`, { indent: 2, style: 'quiet' });
  if (!plan) {
    page.write(stage.head === 'unknown' ? 'No plan: too little is known.' : 'Nothing to promote.', {
      indent: 2,
    });
    return;
  }
  page.write(`Goal: ${plan.goal}`, { indent: 2, hanging: 2 });
  page.write(`This change: ${plan.thisChange}.`, { indent: 2, hanging: 2 });
  if (plan.beforeMerging.length > 0) page.write('Before merging:', { indent: 2 });
  for (const condition of plan.beforeMerging)
    page.write(`· ${checkText(condition)}`, { indent: 4, hanging: 2 });
  plan.steps.forEach((step, index) => showStep(page, step, index + 1));
}

function showStep(page: TerminalPage, step: PlanStep, number: number): void {
  const { title, state, preconditions, run, edits, verify, rollback, pointOfNoReturn } = step;
  page.blank();
  const mark = page.paint(
    state === 'next' ? 'info' : state === 'done' ? 'good' : 'warning',
    STATE_MARKS[state],
  );
  page.ready(`  ${page.paint('strong', terminalText(`${number}. ${title}`))}  ${mark}`);
  if (pointOfNoReturn) {
    page.write('Point of no return: from here on, the way back is to install the old revision again.', {
      indent: 5,
      style: 'warning',
    });
  }
  if (state === 'done') return;
  showTexts(page, 'first', preconditions.map(checkText));
  for (const edit of edits) showEdit(page, edit);
  for (const command of run) page.ready(`     $ ${terminalText(command)}`);
  showTexts(page, 'check', verify.map(checkText));
  showTexts(page, 'back', rollback);
}

function showTexts(page: TerminalPage, label: string, texts: readonly string[]): void {
  for (const text of texts) page.write(`${label}: ${text}`, { indent: 5, hanging: 2, style: 'quiet' });
}

function showEdit(page: TerminalPage, edit: Fix): void {
  page.write(`edit ${fixPlace(edit)}: ${edit.title}`, { indent: 5, hanging: 2 });
  const lines = edit.text.split('\n').slice(0, -1);
  if (lines.length === 0) page.ready(`       ${page.paint('error', '- (these lines go)')}`);
  for (const line of lines) page.ready(`       ${page.paint('good', `+ ${terminalText(line)}`)}`);
}

/** A check reads `command (healthy: what it says)`. */
function checkText(text: string): string {
  const parts = partsOfCheck(text);
  return parts ? `${parts.command} (healthy: ${parts.healthy})` : text;
}
