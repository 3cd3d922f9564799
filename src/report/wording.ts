import {
  LEVELS,
  type BlastRadius,
  type Finding,
  type Fix,
  type Level,
  type Location,
  type Verdict,
} from '../vocabulary.ts';
import { formatVersion } from '../facts/versions.ts';
import type { RevisionInUse } from '../mesh/data-plane.ts';
import type { VersionBump } from '../compare/version-bump.ts';
import type { ControlPlane } from '../mesh/mesh.ts';
import type { Review } from './review.ts';
import { currentFindings, findingsOf } from './sections.ts';

/** Sentences that more than one format says. Nothing here is escaped: that is the sink's business. */

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What a change that only moves versions moves; '' for any other. */
export function bumpSentence({ bumps = [] }: Review): string {
  const says = ({ subject, from, to }: VersionBump): string => `${subject} from ${from} to ${to}`;
  const deployed = bumps.filter(({ undeployed }) => undeployed !== true).map(says);
  const others = bumps.filter(({ undeployed }) => undeployed === true);
  const sentences = [
    ...(deployed.length > 0 ? [`This is a version bump: ${enumeration(deployed)}.`] : []),
    ...(others.length > 0
      ? [
          `Nothing deploys the files that move ${enumeration(others.map(placed))}, as far as this repository shows.`,
        ]
      : []),
  ];
  return sentences.join(' ');
}

function placed({ subject, from, to, at }: VersionBump): string {
  return `${subject} from ${from} to ${to}${at ? ` (${at.file}:${at.line})` : ''}`;
}

/** Which releases the facts behind a review know, and how old they are. */
export function factsSentence({ facts }: Review): string {
  return `Facts of Istio ${facts.oldest} to ${facts.newest}, as of ${facts.asOf}.`;
}

/** Names in a row before the rest is only counted. */
const LONGEST_ENUMERATION = 12;

/** `a`, `a and b`, `a, b and c`; of very many, the first and how many more. */
export function enumeration(parts: readonly string[]): string {
  const named = parts.slice(0, LONGEST_ENUMERATION);
  const rest = parts.length - named.length;
  const words = rest > 0 ? [...named, `${rest} more`] : named;
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

const LEVEL_NOUNS: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', info: 'note' };

/** `2 errors and 1 warning`; '' for none. What has level `info` is called a note. */
export function levelCounts(findings: readonly Finding[]): string {
  return enumeration(
    LEVELS.map((level) => ({ level, count: countLevel(findings, level) }))
      .filter(({ count }) => count > 0)
      .map(({ level, count }) => plural(count, LEVEL_NOUNS[level])),
  );
}

function countLevel(findings: readonly Finding[], level: Level): number {
  return findings.filter((finding) => finding.level === level).length;
}

/** `apps/cart.yaml:12`. */
export function placeText({ file, line }: Location): string {
  return `${file}:${line}`;
}

/** `apps/cart.yaml:12-14`. */
export function fixPlace({ file, startLine, endLine }: Fix): string {
  return endLine > startLine ? `${file}:${startLine}-${endLine}` : `${file}:${startLine}`;
}

/** `2 namespaces, 12 workloads, 3 services`; '' when nothing is touched. */
export function blastRadiusText({ namespaces, workloads, services }: BlastRadius): string {
  const parts: [readonly string[], string][] = [
    [namespaces, 'namespace'],
    [workloads, 'workload'],
    [services, 'service'],
  ];
  return parts
    .filter(([touched]) => touched.length > 0)
    .map(([touched, noun]) => plural(touched.length, noun))
    .join(', ');
}

/** `1-28-3 (1.28.3): 12 pods of 4 workloads`: what runs on a revision. */
export function dataPlaneText({ revision, versions, workloads, pods }: RevisionInUse): string {
  const releases = versions.length === 0 ? '' : ` (${versions.join(', ')})`;
  return `${revision}${releases}: ${plural(pods, 'pod')} of ${plural(workloads, 'workload')}`;
}

/** `1-10-0 (1.10.0)`; a revision that is not named reads `default`. */
export function controlPlaneText({ revision, version, versionText }: ControlPlane): string {
  const shown = version ? formatVersion(version) : versionText;
  return shown === '' ? revision : `${revision} (${shown})`;
}

/** What stands in the first line of every report, after the verdict. One sentence. */
export function verdictSentence(review: Review): string {
  return review.mode === 'analyze' ? analyzeSentence(review) : REVIEW_SENTENCES[review.verdict](review);
}

function analyzeSentence(review: Review): string {
  const resources = review.environments.reduce((sum, environment) => sum + environment.resources, 0);
  const counts = levelCounts(currentFindings(review));
  return `${counts === '' ? 'No findings' : sentenceCase(counts)} in ${plural(resources, 'resource')}.`;
}

const REVIEW_SENTENCES: Readonly<Record<Verdict, (review: Review) => string>> = {
  unsafe: introducedSentence,
  caution: introducedSentence,
  unknown: ({ notJudged }) =>
    `Nothing wrong was seen, but ${plural(notJudged.length, 'changed file')} could not be judged.`,
  safe: (review) =>
    review.environments.length === 0
      ? 'This change touches no part of the mesh.'
      : introducedSentence(review),
};

function introducedSentence(review: Review): string {
  const counts = levelCounts(findingsOf(review, 'introduced'));
  if (counts !== '') return `This change introduces ${counts}.`;
  const changes = review.environments.reduce((sum, environment) => sum + environment.changes.length, 0);
  if (changes === 0) return 'This change introduces no findings.';
  return `This change introduces no findings; it makes ${plural(changes, 'change')} to the mesh.`;
}

/** What the change mends and what was there already; '' when there is neither. */
export function otherFindingsSentence(review: Review): string {
  const fixed = levelCounts(findingsOf(review, 'fixed'));
  const existing = levelCounts(findingsOf(review, 'existing'));
  const parts = [fixed && `It fixes ${fixed}.`, existing && `As before: ${existing}.`];
  return parts.filter((part) => part !== '').join(' ');
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
