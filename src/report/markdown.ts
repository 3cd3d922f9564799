import type { Verdict } from '../vocabulary.ts';
import { htmlText, markdownCode, markdownText } from './escape.ts';
import { MarkdownEntries, type LinkTo, type RulePage } from './markdown-entries.ts';
import { MarkdownPage } from './markdown-page.ts';
import { promotionBlocks } from './markdown-plan.ts';
import type { Review } from './review.ts';
import {
  allReading,
  allUnchecked,
  findingsOf,
  quietEnvironments,
  namesEnvironments,
  sectionsOf,
  type Section,
} from './sections.ts';
import {
  bumpSentence,
  enumeration,
  factsSentence,
  otherFindingsSentence,
  plural,
  verdictSentence,
} from './wording.ts';

export interface MarkdownOptions {
  /** UTF-8 bytes. GitHub refuses a comment of more than 65,536 characters. */
  readonly maxBytes?: number;
  readonly linkTo?: LinkTo;
  readonly rulePage?: RulePage;
  /** What a reader should know besides the review; whole sentences of plain text. */
  readonly notes?: readonly string[];
  /** Settings files that the review went by, the strongest first; plain text. */
  readonly settingsFiles?: readonly string[];
  /** Markdown that ends the sentence about what did not fit: where all of it is. */
  readonly elsewhere?: string;
}

const DEFAULT_MAX_BYTES = 60_000;
/** What a section shows before a reader opens anything. */
const FIRST_CHANGES = 8;
const FIRST_FINDINGS = 5;
/** What the long lists take of the room that is left, so that what stands below them has a place too. */
const SHARE_OF_REST = 0.6;
/** Sections shown open; those of further environments are folded. */
const OPEN_SECTIONS = 3;

const VERDICT_MARKS: Readonly<Record<Verdict, string>> = {
  safe: '🟢',
  caution: '🟡',
  unsafe: '🔴',
  unknown: '⚪',
};

/** The review as a comment: verdict, worst findings and changes on the first screen, the rest folded. */
export function toMarkdown(review: Review, options: MarkdownOptions = {}): string {
  const { maxBytes = DEFAULT_MAX_BYTES, elsewhere = '`--format json` shows everything' } = options;
  const page = new MarkdownPage(maxBytes, elsewhere);
  const entries = new MarkdownEntries(options.linkTo, options.rulePage);
  const sections = sectionsOf(review);

  heading(page, review);
  page.list(
    '**Please note**',
    (options.notes ?? []).map((note) => entries.note(note)),
  );
  openSections(page, entries, review, sections.slice(0, OPEN_SECTIONS));
  promotionBlocks(page, review);
  foldedSections(page, entries, sections.slice(OPEN_SECTIONS));
  coverage(page, entries, review, options.settingsFiles ?? []);
  return page.text();
}

function heading(page: MarkdownPage, review: Review): void {
  const { mode, verdict, base, head } = review;
  page.block(
    mode === 'review'
      ? `### ${VERDICT_MARKS[verdict]} Istio Upgrade Guard: ${verdict}`
      : '### Istio Upgrade Guard',
  );
  const others = otherFindingsSentence(review);
  page.block(`**${verdictSentence(review)}**${others === '' ? '' : ` ${others}`}`);
  if (mode !== 'review') return;
  const from = base === '' ? 'no base (a first commit)' : markdownCode(base);
  const quiet = quietEnvironments(review);
  const rest =
    quiet.length > 0 && review.environments.length > 1
      ? ` Nothing changes in ${markdownText(enumeration(quiet))}.`
      : '';
  const bump = bumpSentence(review);
  if (bump !== '') page.block(markdownText(bump));
  page.block(`Compared: ${from} → ${markdownCode(head)}.${rest}`);
}

/** What a person sees before opening anything, then the rest of the same sections. */
function openSections(
  page: MarkdownPage,
  entries: MarkdownEntries,
  review: Review,
  sections: readonly Section[],
): void {
  const several = namesEnvironments(review);
  for (const section of sections) {
    if (several) {
      page.block(`#### ${sectionNoun(section)} ${markdownText(enumeration(section.environments))}`);
    }
    firstScreen(page, entries, review, section);
  }
  for (const section of sections) {
    foldedRest(page, entries, section, several ? ` in ${htmlText(enumeration(section.environments))}` : '');
  }
}

function firstScreen(
  page: MarkdownPage,
  entries: MarkdownEntries,
  { mode }: Review,
  { changes, findings }: Section,
): void {
  page.list(
    mode === 'review' ? '**What this change introduces**' : '**Findings**',
    findings.slice(0, FIRST_FINDINGS).map((finding) => entries.finding(finding)),
  );
  page.list(
    '**What changes in the mesh**',
    changes.slice(0, FIRST_CHANGES).map((change) => entries.change(change)),
  );
}

function foldedRest(
  page: MarkdownPage,
  entries: MarkdownEntries,
  { changes, findings }: Section,
  where: string,
): void {
  const moreFindings = findings.slice(FIRST_FINDINGS).map((finding) => entries.finding(finding));
  const moreChanges = changes.slice(FIRST_CHANGES).map((change) => entries.change(change));
  page.details(`${plural(moreFindings.length, 'more finding')}${where}`, moreFindings, SHARE_OF_REST);
  page.details(`${plural(moreChanges.length, 'more change')}${where}`, moreChanges, SHARE_OF_REST);
}

function foldedSections(page: MarkdownPage, entries: MarkdownEntries, sections: readonly Section[]): void {
  for (const section of sections) {
    page.details(
      `${sectionNoun(section)} ${htmlText(enumeration(section.environments))}`,
      [
        ...section.findings.map((finding) => entries.finding(finding)),
        ...section.changes.map((change) => entries.change(change)),
      ],
      SHARE_OF_REST,
    );
  }
}

/** What was looked at, and what was not. */
function coverage(
  page: MarkdownPage,
  entries: MarkdownEntries,
  review: Review,
  settingsFiles: readonly string[],
): void {
  const shortly = (status: 'fixed' | 'existing') =>
    findingsOf(review, status).map((finding) => entries.shortFinding(finding));
  folded(page, 'What this change fixes', shortly('fixed'));
  folded(page, 'What could not be checked', uncheckedEntries(review, entries));
  folded(
    page,
    'To read before this upgrade: what no file shows',
    allReading(review).map((entry) => entries.reading(entry)),
  );
  folded(page, 'Findings as before', shortly('existing'));
  page.details(
    `Environments (${review.environments.length})`,
    [
      ...review.environments.map((environment) => entries.environment(environment)),
      ...(review.environments.some(({ controlPlanes }) => controlPlanes.length > 0)
        ? [`- ${factsSentence(review)}`]
        : []),
      ...(settingsFiles.length > 0 ? [`- Settings: ${settingsFiles.map(markdownCode).join(', over ')}`] : []),
    ],
    SHARE_OF_REST,
  );
}

function folded(page: MarkdownPage, title: string, entries: readonly string[]): void {
  page.details(`${title} (${entries.length})`, entries, SHARE_OF_REST);
}

function uncheckedEntries(review: Review, entries: MarkdownEntries): string[] {
  return [
    ...review.notJudged.map(
      (file) => `- ${markdownCode(file)}: changed, but it could not be read, or no environment deploys it`,
    ),
    ...allUnchecked(review).map((entry) => entries.unchecked(entry)),
  ];
}

function sectionNoun({ environments }: Section): string {
  return `Environment${environments.length > 1 ? 's' : ''}`;
}
