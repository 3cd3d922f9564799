import { htmlText, markdownCode, markdownText } from './escape.ts';
import { MarkdownEntries, type LinkTo } from './markdown-entries.ts';
import { MarkdownPage } from './markdown-page.ts';
import type { Review } from './review.ts';
import { allUnchecked, findingsOf, quietEnvironments, sectionsOf, type Section } from './sections.ts';
import { enumeration, otherFindingsSentence, plural, verdictSentence } from './wording.ts';

export interface MarkdownOptions {
  /** GitHub refuses a comment of more than 65,536 characters. */
  readonly maxBytes?: number;
  readonly linkTo?: LinkTo;
}

const DEFAULT_MAX_BYTES = 60_000;
/** What a section shows before a reader opens anything. */
const FIRST_CHANGES = 8;
const FIRST_FINDINGS = 5;
/** Sections shown open; those of further environments are folded. */
const OPEN_SECTIONS = 3;

/** The review as a comment: verdict, changes and worst findings on the first screen, the rest folded. */
export function toMarkdown(review: Review, options: MarkdownOptions = {}): string {
  const { maxBytes = DEFAULT_MAX_BYTES, linkTo } = options;
  const page = new MarkdownPage(maxBytes);
  const entries = new MarkdownEntries(linkTo);
  const sections = sectionsOf(review);
  const several = review.environments.length > 1;

  heading(page, review);
  for (const section of sections.slice(0, OPEN_SECTIONS)) {
    if (several)
      page.block(`#### ${sectionNoun(section)} ${markdownText(enumeration(section.environments))}`);
    openSection(page, entries, review, section);
  }
  for (const section of sections.slice(0, OPEN_SECTIONS)) {
    foldedRest(page, entries, section, several ? ` in ${htmlText(enumeration(section.environments))}` : '');
  }
  for (const section of sections.slice(OPEN_SECTIONS)) {
    page.details(`${sectionNoun(section)} ${htmlText(enumeration(section.environments))}`, [
      ...section.changes.map((change) => entries.change(change)),
      ...section.findings.map((finding) => entries.finding(finding)),
    ]);
  }
  const shortly = (status: 'fixed' | 'existing') =>
    findingsOf(review, status).map((finding) => entries.shortFinding(finding));
  folded(page, 'What this change fixes', shortly('fixed'));
  folded(page, 'What could not be checked', uncheckedEntries(review, entries));
  folded(page, 'Findings as before', shortly('existing'));
  folded(
    page,
    'Environments',
    review.environments.map((environment) => entries.environment(environment)),
  );
  return page.text();
}

function heading(page: MarkdownPage, review: Review): void {
  const { mode, verdict, base, head } = review;
  page.block(`### Istio Upgrade Guard${mode === 'review' ? `: ${verdict}` : ''}`);
  const others = otherFindingsSentence(review);
  page.block(`**${verdictSentence(review)}**${others === '' ? '' : ` ${others}`}`);
  if (mode !== 'review') return;
  const from = base === '' ? 'no base (a first commit)' : markdownCode(base);
  const quiet = quietEnvironments(review);
  const rest =
    quiet.length > 0 && review.environments.length > 1
      ? ` Nothing changes in ${markdownText(enumeration(quiet))}.`
      : '';
  page.block(`Compared: ${from} → ${markdownCode(head)}.${rest}`);
}

function openSection(
  page: MarkdownPage,
  entries: MarkdownEntries,
  { mode }: Review,
  { changes, findings }: Section,
): void {
  page.list(
    '**What changes in the mesh**',
    changes.slice(0, FIRST_CHANGES).map((change) => entries.change(change)),
  );
  page.list(
    mode === 'review' ? '**What this change introduces**' : '**Findings**',
    findings.slice(0, FIRST_FINDINGS).map((finding) => entries.finding(finding)),
  );
}

function foldedRest(
  page: MarkdownPage,
  entries: MarkdownEntries,
  { changes, findings }: Section,
  where: string,
): void {
  const moreChanges = changes.slice(FIRST_CHANGES).map((change) => entries.change(change));
  const moreFindings = findings.slice(FIRST_FINDINGS).map((finding) => entries.finding(finding));
  page.details(`${plural(moreChanges.length, 'more change')}${where}`, moreChanges);
  page.details(`${plural(moreFindings.length, 'more finding')}${where}`, moreFindings);
}

function folded(page: MarkdownPage, title: string, entries: readonly string[]): void {
  page.details(`${title} (${entries.length})`, entries);
}

function uncheckedEntries(review: Review, entries: MarkdownEntries): string[] {
  return [
    ...review.notJudged.map((file) => `- ${markdownCode(file)}: changed, but no environment deploys it`),
    ...allUnchecked(review).map((entry) => entries.unchecked(entry)),
  ];
}

function sectionNoun({ environments }: Section): string {
  return `Environment${environments.length > 1 ? 's' : ''}`;
}
