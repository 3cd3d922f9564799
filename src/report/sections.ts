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
 * What there is to tell, in the order of the environments. What comes from a base that overlays share is told once, under the
 * names of all the environments it reaches.
 */
export function sectionsOf(review: Review): Section[] {
  const own = review.environments.map(sectionOf);
  const parts = [
    ...reachOf(
      own,
      ({ changes }) => changes,
      changeIdentity,
      (what) => ({ changes: [what] }),
    ),
    ...reachOf(
      own,
      ({ findings }) => findings,
      findingIdentity,
      (what) => ({ findings: [what] }),
    ),
    ...reachOf(
      own,
      ({ fixed }) => fixed,
      findingIdentity,
      (what) => ({ fixed: [what] }),
    ),
  ];
  const sections = new Map<string, Told>();
  for (const { environments, told } of parts) {
    const key = JSON.stringify(environments);
    const section = sections.get(key) ?? { environments, changes: [], findings: [], fixed: [] };
    section.changes.push(...(told.changes ?? []));
    section.findings.push(...(told.findings ?? []));
    section.fixed.push(...(told.fixed ?? []));
    sections.set(key, section);
  }
  const order = new Map(review.environments.map(({ name }, index) => [name, index]));
  const first = ({ environments }: Section): number => order.get(environments[0] ?? '') ?? 0;
  return [...sections.values()].sort(
    (a, b) => first(a) - first(b) || b.environments.length - a.environments.length,
  );
}

/** A section in the making. */
interface Told extends Section {
  readonly changes: Change[];
  readonly findings: Finding[];
  readonly fixed: Finding[];
}

/** Something to tell, and the environments in which it is true, in their order. */
interface Reached {
  readonly told: Partial<Told>;
  readonly environments: string[];
}

function reachOf<T>(
  sections: readonly Section[],
  of: (section: Section) => readonly T[],
  identity: (one: T) => string,
  told: (one: T) => Partial<Told>,
): Reached[] {
  const reached = new Map<string, Reached>();
  for (const section of sections) {
    const [name = ''] = section.environments;
    for (const one of of(section)) {
      const key = identity(one);
      const known = reached.get(key) ?? { told: told(one), environments: [] };
      if (known.environments.at(-1) !== name) known.environments.push(name);
      reached.set(key, known);
    }
  }
  return [...reached.values()];
}

function changeIdentity(change: Change): string {
  return JSON.stringify(change);
}

function findingIdentity({ fingerprint, status, level, at, message }: Finding): string {
  return JSON.stringify([fingerprint, status, level, at.file, at.line, at.column, message]);
}

/** Does the repository have several environments, so that what is told needs the name of its own? One alone may be touched. */
export function namesEnvironments({ environments, untouched }: Review): boolean {
  return environments.length + untouched.length > 1;
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
    const identity = findingIdentity(finding);
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
