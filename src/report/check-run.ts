import type { SettingsProblem } from '../config/load.ts';
import type { Finding, Level } from '../vocabulary.ts';
import { friendlyName } from '../rules/suppress.ts';
import { shortened, visible } from './escape.ts';
import { toMarkdown, type MarkdownOptions } from './markdown.ts';
import type { Review } from './review.ts';
import { currentFindings } from './sections.ts';
import { fails } from './threshold.ts';
import { otherFindingsSentence, plural, verdictSentence } from './wording.ts';

/** One annotation, in the shape of GitHub's API. Plain text: GitHub reads no Markdown in it. */
export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly annotation_level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** A button of the check. GitHub takes three; label 20, description 40, identifier 20 characters. */
export interface CheckAction {
  readonly label: string;
  readonly description: string;
  readonly identifier: CheckActionId;
}

export type CheckActionId = 'review-again' | 'post-plan' | 'how-to-ignore';

/** What a completed check run says. */
export interface CheckRunReport {
  readonly conclusion: 'success' | 'failure' | 'neutral';
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly CheckAnnotation[];
  readonly actions: readonly CheckAction[];
}

export interface CheckRunOptions extends MarkdownOptions {
  readonly failOn: Level | 'never';
  /** Whether there is a pull request that the buttons can comment on. */
  readonly hasPullRequest: boolean;
  /** Mistakes in the settings file that this change brings: a check with one fails, on the line. */
  readonly settingsProblems: readonly SettingsProblem[];
}

/** GitHub takes 65,535 characters; bytes are never fewer. */
const MOST_TEXT_BYTES = 65_000;
/** Each 50 cost a request; beyond this nobody reads them, and the text lists more. */
const MOST_ANNOTATIONS = 250;
const LONGEST_MESSAGE = 4000;
const LONGEST_TITLE = 255;

const ANNOTATION_LEVELS: Readonly<Record<Level, CheckAnnotation['annotation_level']>> = {
  error: 'failure',
  warning: 'warning',
  info: 'notice',
};

/** The review as a check run: conclusion by `failOn` and verdict, every introduced finding as an annotation. */
export function toCheckRun(review: Review, options: CheckRunOptions): CheckRunReport {
  const findings = currentFindings(review);
  const beyond = findings.length - MOST_ANNOTATIONS;
  const cut = beyond > 0 ? ` ${plural(beyond, 'further finding')} got no annotation.` : '';
  return {
    conclusion: conclusionOf(review, options),
    title: `${review.verdict}: ${verdictSentence(review)}`,
    summary: `${verdictSentence(review)} ${otherFindingsSentence(review)}${cut}`.trim(),
    text: toMarkdown(review, { ...options, maxBytes: MOST_TEXT_BYTES }),
    annotations: [
      ...options.settingsProblems.map(settingsAnnotation),
      ...findings.slice(0, MOST_ANNOTATIONS).map(annotation),
    ],
    actions: actionsFor(review, options),
  };
}

/** A failure is what `failOn` says; what is not plainly safe is neutral, which blocks no merge and still does not look green. */
function conclusionOf(
  review: Review,
  { failOn, settingsProblems }: CheckRunOptions,
): CheckRunReport['conclusion'] {
  if (fails(review, failOn) || settingsProblems.length > 0) return 'failure';
  return review.verdict === 'safe' ? 'success' : 'neutral';
}

function annotation({ level, rule, resource, at, message, evidence, advice }: Finding): CheckAnnotation {
  const lines = [message, ...evidence.map(({ says }) => `because ${says}`), advice];
  return {
    path: at.file,
    start_line: at.line,
    end_line: Math.max(at.line, at.endLine),
    annotation_level: ANNOTATION_LEVELS[level],
    title: shortened(visible(`${rule} ${friendlyName(resource)}`), LONGEST_TITLE),
    message: shortened(
      lines
        .filter((line) => line !== '')
        .map(visible)
        .join('\n'),
      LONGEST_MESSAGE,
    ),
  };
}

function settingsAnnotation({ file, line, message }: SettingsProblem): CheckAnnotation {
  return {
    path: file,
    start_line: line,
    end_line: line,
    annotation_level: 'failure',
    title: 'Settings of Istio Upgrade Guard',
    message: shortened(visible(message), LONGEST_MESSAGE),
  };
}

const REVIEW_AGAIN: CheckAction = {
  label: 'Review again',
  description: 'Review this commit once more.',
  identifier: 'review-again',
};
const POST_PLAN: CheckAction = {
  label: 'Post the plan',
  description: 'Comment with the whole promotion plan.',
  identifier: 'post-plan',
};
const HOW_TO_IGNORE: CheckAction = {
  label: 'How to ignore',
  description: 'Comment with settings that accept these.',
  identifier: 'how-to-ignore',
};

function actionsFor(review: Review, { hasPullRequest }: CheckRunOptions): CheckAction[] {
  if (!hasPullRequest) return [REVIEW_AGAIN];
  const planned = review.environments.some(({ plan }) => plan !== undefined);
  const found = currentFindings(review).length > 0;
  return [REVIEW_AGAIN, ...(planned ? [POST_PLAN] : []), ...(found ? [HOW_TO_IGNORE] : [])];
}
