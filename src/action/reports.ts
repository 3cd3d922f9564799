import { join } from 'node:path';
import { readRulePages, rulePagesIn } from '../cli/rule-page.ts';
import { pageOptions } from '../github/comment-body.ts';
import type { JobResult } from '../github/review-job.ts';
import { formatPlan, formatReview } from '../report/formats.ts';
import { toMarkdown } from '../report/markdown.ts';
import { currentFindings, distinctFindings } from '../report/sections.ts';
import { toWorkflowCommands } from '../report/workflow-commands.ts';
import { rulePageName } from '../rules/page-name.ts';
import { RULE_HEADS } from '../rules/registry.ts';
import type { Inputs } from './inputs.ts';
import { writeReport } from './report-files.ts';
import type { RunnerContext } from './runner-context.ts';
import type { Workflow } from './workflow.ts';

/** UTF-8 bytes; GitHub refuses the summary of a step that is larger than 1 MiB. */
const LARGEST_SUMMARY = 1_000_000;

/** Annotations of the changed files, the last of them the verdict. */
export function writeAnnotations({ review, settingsProblems }: JobResult): void {
  process.stdout.write(toWorkflowCommands(review, settingsProblems));
}

/** The page of the job: the review, as the comment has it, with more room. */
export function writeSummary(
  workflow: Workflow,
  result: JobResult,
  presentation: Parameters<typeof pageOptions>[1],
): void {
  const options = { ...pageOptions(result, presentation), elsewhere: 'the JSON report has all of it' };
  const page = toMarkdown(result.review, { ...options, maxBytes: LARGEST_SUMMARY });
  workflow.summary(page);
}

/** The public address of each rule's page; undefined where nobody knows where they are. */
export function rulePageAddress(pages: string): ((rule: string) => string) | undefined {
  return pages === '' ? undefined : (rule) => `${pages}${rulePageName(rule)}`;
}

/**
 * The files that were asked for, and the two that there always are; then the outputs of the action.
 * @throws ActionError when a file cannot be written.
 */
export async function writeOutputs(
  workflow: Workflow,
  { review, settings }: JobResult,
  inputs: Inputs,
  { workspace, temp, rulePages, rulePagesAddress }: RunnerContext,
): Promise<void> {
  const pages =
    inputs.sarifFile === ''
      ? new Map<string, string>()
      : await readRulePages(
          distinctFindings(review).map(({ rule }) => rule),
          rulePagesIn(rulePages),
        );
  const address = rulePageAddress(rulePagesAddress);
  const ruleHelp = { page: (rule: string) => pages.get(rule), ...(address && { address }) };
  const format = { color: false, failOn: settings.failOn, rules: RULE_HEADS, ruleHelp };
  const own = (name: string, text: string) => writeReport(join(temp, name), text, workspace, temp);
  const report = own('istio-upgrade-guard-report.json', formatReview(review, 'json', format));
  const plan = own('istio-upgrade-guard-plan.md', formatPlan(review, 'markdown', { color: false }));
  for (const [name, kind] of [
    ['sarifFile', 'sarif'],
    ['junitFile', 'junit'],
  ] as const) {
    if (inputs[name] !== '') writeReport(inputs[name], formatReview(review, kind, format), workspace, temp);
  }
  workflow.output('verdict', review.verdict);
  workflow.output('findings', distinctFindings(review).filter(({ status }) => status !== 'fixed').length);
  workflow.output('introduced', currentFindings(review).length);
  workflow.output('report', report);
  workflow.output('plan', plan);
}
