import type { Change, Evidence, Finding, Fix, Level, Verdict } from '../vocabulary.ts';
import { friendlyName } from '../rules/suppress.ts';
import { terminalText } from './escape.ts';
import type { Review } from './review.ts';
import {
  allReading,
  allUnchecked,
  namesEnvironments,
  quietEnvironments,
  sectionsOf,
  type Section,
} from './sections.ts';
import { painter, type Style } from './terminal-layout.ts';
import { TerminalPage } from './terminal-page.ts';
import { promotionSummary } from './terminal-plan.ts';
import { promotionsToTell } from './promotions.ts';
import {
  blastRadiusText,
  bumpSentence,
  controlPlaneText,
  dataPlaneText,
  enumeration,
  factsSentence,
  fixPlace,
  otherFindingsSentence,
  placeText,
  plural,
  verdictSentence,
} from './wording.ts';

export interface TerminalOptions {
  readonly color: boolean;
  /** Columns; text is broken between words at this width. */
  readonly width?: number;
  /** What the reader should know besides the review; whole sentences. */
  readonly notes?: readonly string[];
}

const DEFAULT_WIDTH = 100;
/** Changes before the rest is only counted: a moved tag may move hundreds of workloads. */
const MOST_CHANGES = 40;
/** Lines of an edit that are shown; the rest is in the other formats. */
const MOST_FIX_LINES = 5;
/** Lines of "could not be checked" before the rest is only counted. */
const MOST_UNCHECKED = 8;
/** Lines to read before the rest is only counted. */
const MOST_READING = 12;

const LEVEL_MARKS: Readonly<Record<Level, string>> = { error: '✖', warning: '▲', info: '•' };
const VERDICT_STYLES: Readonly<Record<Verdict, Style>> = {
  unsafe: 'error',
  caution: 'warning',
  unknown: 'warning',
  safe: 'good',
};

/** The review as a person reads it in a terminal: verdict, what changes in the mesh, what is wrong, what is not known. */
export function toTerminal(
  review: Review,
  { color, width = DEFAULT_WIDTH, notes = [] }: TerminalOptions,
): string {
  const page = new TerminalPage(painter(color), width);
  heading(page, review);
  for (const note of notes) page.write(`Note: ${note}`, { indent: 0 });
  const several = namesEnvironments(review);
  for (const section of sectionsOf(review)) showSection(page, review, section, several);
  for (const promotion of promotionsToTell(review)) promotionSummary(page, promotion, several);
  showQuiet(page, review);
  showUnchecked(page, review);
  showReading(page, review);
  showControlPlanes(page, review, several);
  return page.text();
}

function heading(page: TerminalPage, review: Review): void {
  const { mode, verdict, base, head } = review;
  if (mode === 'review') {
    page.write(`${base === '' ? 'first commit' : base} → ${head}`, { indent: 0, style: 'quiet' });
    const word = page.paint(VERDICT_STYLES[verdict], verdict.toUpperCase());
    page.ready(`${word}  ${verdictSentence(review)}`);
  } else {
    page.ready(page.paint('strong', verdictSentence(review)));
  }
  const bump = bumpSentence(review);
  if (bump !== '') page.write(bump, { indent: 0 });
  const others = otherFindingsSentence(review);
  if (others !== '') page.write(others, { indent: 0, style: 'quiet' });
}

function showSection(page: TerminalPage, { mode }: Review, section: Section, several: boolean): void {
  if (several) {
    const noun = section.environments.length > 1 ? 'Environments' : 'Environment';
    page.title(`${noun} ${enumeration(section.environments)}`);
  }
  if (section.changes.length > 0) page.title('What changes in the mesh');
  for (const change of section.changes.slice(0, MOST_CHANGES)) showChange(page, change);
  showRest(page, section.changes.length - MOST_CHANGES);
  if (section.findings.length > 0) page.title(mode === 'review' ? 'What this change introduces' : 'Findings');
  section.findings.forEach((finding, i) => {
    if (i > 0) page.blank();
    showFinding(page, finding);
  });
  if (section.fixed.length > 0) page.title('What it fixes');
  for (const finding of section.fixed) showFixed(page, finding);
}

function showChange(page: TerminalPage, { message, at, blastRadius, evidence }: Change): void {
  page.write(`~ ${message}`, { indent: 2, hanging: 2 });
  const facts = [at ? placeText(at) : '', blastRadiusText(blastRadius)].filter((fact) => fact !== '');
  if (facts.length > 0) page.write(facts.join('  ·  '), { indent: 4, style: 'quiet' });
  for (const each of evidence) showEvidence(page, each);
}

function showFinding(page: TerminalPage, finding: Finding): void {
  const { level, rule, resource, confidence, at, message, evidence, advice, fix, blastRadius } = finding;
  const mark = page.paint(level, `${LEVEL_MARKS[level]} ${level}`);
  const sure = confidence === 'likely' ? page.paint('quiet', '  (likely)') : '';
  const name = terminalText(friendlyName(resource));
  page.ready(`  ${mark}  ${page.paint('strong', terminalText(rule))}  ${name}${sure}`);
  page.write(placeText(at), { indent: 4, style: 'quiet' });
  page.write(message, { indent: 4 });
  for (const each of evidence) showEvidence(page, each);
  const touched = blastRadius ? blastRadiusText(blastRadius) : '';
  if (touched !== '') page.write(`touches ${touched}`, { indent: 4, style: 'quiet' });
  if (advice !== '') page.write(`→ ${advice}`, { indent: 4, hanging: 2 });
  if (fix) showFix(page, fix);
}

/** The edit, and the first lines of what it writes. */
function showFix(page: TerminalPage, fix: Fix): void {
  page.write(`fix: ${fix.title} (${fixPlace(fix)})`, { indent: 4, hanging: 2 });
  const lines = fix.text.split('\n').filter((line) => line.trim() !== '');
  for (const line of lines.slice(0, MOST_FIX_LINES)) {
    page.write(`+ ${line.trim()}`, { indent: 6, hanging: 2, style: 'good' });
  }
}

function showEvidence(page: TerminalPage, { says, at }: Evidence): void {
  page.write(`because ${says}${at ? ` (${placeText(at)})` : ''}`, { indent: 4, hanging: 2, style: 'quiet' });
}

function showFixed(page: TerminalPage, { rule, resource, message }: Finding): void {
  const mark = page.paint('good', '✔');
  page.ready(
    `  ${mark} ${page.paint('strong', terminalText(rule))}  ${terminalText(friendlyName(resource))}`,
  );
  page.write(message, { indent: 4, style: 'quiet' });
}

function showQuiet(page: TerminalPage, review: Review): void {
  const quiet = quietEnvironments(review);
  if (review.environments.length < 2 || quiet.length === 0) return;
  const verb = review.mode === 'review' ? 'Nothing changes in' : 'No findings in';
  page.blank();
  page.write(`${verb} ${enumeration(quiet)}.`, { indent: 0, hanging: 2 });
}

function showUnchecked(page: TerminalPage, review: Review): void {
  const unchecked = allUnchecked(review);
  const { notJudged } = review;
  if (unchecked.length + notJudged.length === 0) return;
  page.title('What could not be checked');
  if (notJudged.length > 0) {
    const [first = ''] = notJudged;
    const others = notJudged.length > 1 ? ` and ${notJudged.length - 1} more` : '';
    const what = 'changed files that could not be read, or that no environment deploys';
    page.write(`· ${what}: ${first}${others}`, { indent: 2, hanging: 2 });
  }
  for (const { what, why, count, examples } of unchecked.slice(0, MOST_UNCHECKED)) {
    const [example] = examples;
    const where = example ? `${count > 1 ? ', such as' : ' at'} ${placeText(example)}` : '';
    const places = count > 1 ? `${plural(count, 'place')}${where}` : where.trim();
    page.write(`· ${what}: ${why}${places === '' ? '' : ` (${places})`}`, { indent: 2, hanging: 2 });
  }
  showRest(page, unchecked.length - MOST_UNCHECKED);
}

function showReading(page: TerminalPage, review: Review): void {
  const reading = allReading(review);
  if (reading.length === 0) return;
  page.title('To read before this upgrade: what no file shows');
  for (const { version, title, advice } of reading.slice(0, MOST_READING)) {
    page.write(`· ${version}: ${title}. ${advice}`, { indent: 2, hanging: 2 });
  }
  showRest(page, reading.length - MOST_READING);
}

function showRest(page: TerminalPage, count: number): void {
  if (count > 0) page.write(`and ${count} more (--format json shows all)`, { indent: 4, style: 'quiet' });
}

function showControlPlanes(page: TerminalPage, review: Review, several: boolean): void {
  const { environments } = review;
  const known = environments.filter(({ controlPlanes, tags }) => controlPlanes.length + tags.length > 0);
  if (known.length === 0) return;
  page.title('Control planes');
  for (const { name, controlPlanes, tags } of known) {
    const planes = controlPlanes.map(controlPlaneText);
    const pointers = tags.map((tag) => `tag ${tag.name} → ${tag.revision}`);
    const who = several ? `${name}: ` : '';
    page.write(`${who}${[...planes, ...pointers].join(', ')}`, { indent: 2, hanging: 2 });
  }
  for (const { name, dataPlane = [] } of known) {
    if (dataPlane.length === 0) continue;
    const who = several ? `${name}: ` : '';
    page.write(`${who}proxies on ${dataPlane.map(dataPlaneText).join('; ')}`, { indent: 2, hanging: 2 });
  }
  page.write(factsSentence(review), { indent: 2, style: 'quiet' });
}
