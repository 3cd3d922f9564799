import type { Finding } from '../vocabulary.ts';
import { friendlyName } from '../rules/suppress.ts';
import { longestRun, markdownCode, markdownText, shortened } from './escape.ts';
import type { Review } from './review.ts';
import { currentFindings } from './sections.ts';

/** A comment on lines of the head, with the edit that mends a finding as a suggestion a person can apply. */
export interface SuggestionComment {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly body: string;
  /** Equal for the same suggestion on the next run. Letters and digits. */
  readonly key: string;
}

/** Whether lines of a file are shown by the diff, all in one piece. */
export type InDiff = (path: string, startLine: number, endLine: number) => boolean;

/** A review of more would be noise; the findings themselves are in the comment and the check. */
const MOST_SUGGESTIONS = 20;
const LONGEST_MESSAGE = 1000;
/** A suggestion is taken over as it stands, so it is never shortened: one that is larger is left out. Characters. */
const LARGEST_FIX = 20_000;

/**
 * Suggestions for introduced findings whose fix lies in the diff. Two findings never suggest for the same line: GitHub
 * applies one of them only, and the first is the worse finding.
 */
export function suggestionComments(review: Review, inDiff: InDiff): SuggestionComment[] {
  const comments: SuggestionComment[] = [];
  for (const finding of currentFindings(review)) {
    const comment = suggestionFor(finding, inDiff);
    if (comment && !comments.some((other) => overlap(other, comment))) comments.push(comment);
    if (comments.length === MOST_SUGGESTIONS) break;
  }
  return comments;
}

/** Whether any suggestion is possible at all: without one, nobody needs to fetch the diff. */
export function hasFixes(review: Review): boolean {
  return currentFindings(review).some(({ fix }) => fix !== undefined);
}

function suggestionFor(finding: Finding, inDiff: InDiff): SuggestionComment | undefined {
  const { fix, fingerprint } = finding;
  if (!fix || fix.text.length > LARGEST_FIX || !inDiff(fix.file, fix.startLine, fix.endLine))
    return undefined;
  const { file: path, startLine, endLine } = fix;
  return { path, startLine, endLine, body: suggestionBody(finding, fix), key: fingerprint };
}

function suggestionBody({ rule, resource, message }: Finding, fix: NonNullable<Finding['fix']>): string {
  const head = `**${markdownText(rule)}** ${markdownCode(shortened(friendlyName(resource), LONGEST_MESSAGE))}`;
  const said = markdownText(shortened(message, LONGEST_MESSAGE));
  return `${head} ${said}\n\n${markdownText(fix.title)}:\n\n${suggestionBlock(fix.text)}`;
}

/** The block is the replacement byte for byte; only its fence adapts. An empty one deletes the lines. */
function suggestionBlock(text: string): string {
  const content = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  const fence = '`'.repeat(Math.max(3, longestRun(text, '`') + 1));
  return `${fence}suggestion\n${content}${fence}`;
}

function overlap(a: SuggestionComment, b: SuggestionComment): boolean {
  return a.path === b.path && a.startLine <= b.endLine && b.startLine <= a.endLine;
}
