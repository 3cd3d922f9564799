import type { Change, Finding, Location, Reading, Status, Unchecked } from '../vocabulary.ts';
import type { EnvironmentReview, Review } from './review.ts';

/** What a person is told about one environment, or about several of which the same is true. */
export interface Section {
  readonly environments: readonly string[];
  readonly changes: readonly Change[];
  /** Introduced by this change; in `analyze`, which compares nothing, every finding. */
  readonly findings: readonly Finding[];
  readonly fixed: readonly Finding[];
}

/**
 * The environments with something to tell, in their order. Overlays of one base often share their whole story: it is
 * told once, under all their names.
 */
export function sectionsOf(review: Review): Section[] {
  const sections = new Map<string, Section>();
  for (const environment of review.environments) {
    const section = sectionOf(environment);
    if (isQuiet(section)) continue;
    const story = JSON.stringify([section.changes, section.findings, section.fixed]);
    const told = sections.get(story);
    sections.set(story, told ? { ...told, environments: [...told.environments, environment.name] } : section);
  }
  return [...sections.values()];
}

/** Names of the environments that were looked at and have nothing to tell. */
export function quietEnvironments(review: Review): string[] {
  return review.environments.filter((environment) => isQuiet(sectionOf(environment))).map(({ name }) => name);
}

function sectionOf({ name, changes, findings }: EnvironmentReview): Section {
  return {
    environments: [name],
    changes,
    findings: findings.filter(({ status }) => status === undefined || status === 'introduced'),
    fixed: findings.filter(({ status }) => status === 'fixed'),
  };
}

function isQuiet({ changes, findings, fixed }: Section): boolean {
  return changes.length + findings.length + fixed.length === 0;
}

/** Findings of one status; the same one in several environments counts once. */
export function findingsOf(review: Review, status: Status): Finding[] {
  return distinctFindings(review).filter((finding) => finding.status === status);
}

/** What is wrong at head because of this change; in `analyze`, everything that is wrong. */
export function currentFindings(review: Review): Finding[] {
  return distinctFindings(review).filter(({ status }) => status === undefined || status === 'introduced');
}

/** Findings of all environments; one that several environments share (a common base) appears once. */
export function distinctFindings(review: Review): Finding[] {
  const distinct = new Map<string, Finding>();
  for (const finding of review.environments.flatMap(({ findings }) => findings)) {
    const { at, fingerprint, message, status } = finding;
    const identity = JSON.stringify([fingerprint, status, at.file, at.line, at.column, message]);
    if (!distinct.has(identity)) distinct.set(identity, finding);
  }
  return [...distinct.values()];
}

/** What is left for a person to read, of all environments, each once; in the order of versions. */
export function allReading(review: Review): Reading[] {
  const distinct = new Map<string, Reading>();
  for (const entry of review.environments.flatMap(({ reading = [] }) => reading)) {
    distinct.set(JSON.stringify([entry.id, entry.title]), entry);
  }
  return [...distinct.values()];
}

/** What could not be checked, of all environments; the same in several of them is counted together. */
export function allUnchecked(review: Review): Unchecked[] {
  const together = new Map<string, Unchecked>();
  for (const entry of [review, ...review.environments].flatMap(({ unchecked }) => unchecked)) {
    const identity = JSON.stringify([entry.what, entry.why]);
    const seen = together.get(identity);
    together.set(identity, seen ? merged(seen, entry) : entry);
  }
  return [...together.values()];
}

const MOST_EXAMPLES = 3;

function merged(a: Unchecked, b: Unchecked): Unchecked {
  const examples = new Map<string, Location>();
  for (const at of [...a.examples, ...b.examples]) examples.set(`${at.file}:${at.line}`, at);
  return { ...a, count: a.count + b.count, examples: [...examples.values()].slice(0, MOST_EXAMPLES) };
}
