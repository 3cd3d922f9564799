import type { Level } from '../vocabulary.ts';
import type { RuleHead } from '../rules/rule.ts';
import { planToJson, toJson } from './json.ts';
import { toJunit } from './junit.ts';
import { planToMarkdown } from './markdown-plan.ts';
import { toMarkdown } from './markdown.ts';
import type { Review } from './review.ts';
import { toSarif, type RuleHelp } from './sarif.ts';
import { planToTerminal } from './terminal-plan.ts';
import { toTerminal, type TerminalOptions } from './terminal.ts';
import { toWorkflowCommands } from './workflow-commands.ts';

/** What `--format` takes. */
export const FORMATS = ['terminal', 'markdown', 'json', 'sarif', 'junit', 'github'] as const;
export type Format = (typeof FORMATS)[number];

/** What `plan --format` takes. */
export const PLAN_FORMATS = ['terminal', 'markdown', 'json'] as const;

/** The plans of a review in one format, ending with a line break. */
export function formatPlan(
  review: Review,
  format: (typeof PLAN_FORMATS)[number],
  options: TerminalOptions,
): string {
  switch (format) {
    case 'terminal':
      return planToTerminal(review, options);
    case 'markdown':
      return planToMarkdown(review);
    case 'json':
      return planToJson(review);
  }
}

export interface FormatOptions {
  readonly color: boolean;
  readonly width?: number;
  readonly failOn: Level | 'never';
  readonly rules: readonly RuleHead[];
  /** For SARIF, which carries the pages of its rules. */
  readonly ruleHelp?: RuleHelp;
  /** For people: what they should know besides the review; whole sentences of plain text. */
  readonly notes?: readonly string[];
}

/** The review in one format, ending with a line break. */
export function formatReview(review: Review, format: Format, options: FormatOptions): string {
  return FORMATTERS[format](review, options);
}

const FORMATTERS: Readonly<Record<Format, (review: Review, options: FormatOptions) => string>> = {
  terminal: toTerminal,
  markdown: (review, { notes = [] }) => toMarkdown(review, { notes }),
  json: toJson,
  sarif: (review, { rules, ruleHelp }) => toSarif(review, rules, ruleHelp),
  junit: (review, { failOn }) => toJunit(review, failOn),
  github: (review) => toWorkflowCommands(review),
};
