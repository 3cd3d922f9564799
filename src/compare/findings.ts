import { LEVELS, type Finding, type Status } from '../vocabulary.ts';

/**
 * Gives every finding its status. The same fingerprint is counted on both sides, so of two equal findings where the
 * base had one, one is introduced.
 */
export function compareFindings(base: readonly Finding[], head: readonly Finding[]): Finding[] {
  const before = countByFingerprint(base);
  const after = countByFingerprint(head);
  const now = head.map((finding) => withStatus(finding, take(before, finding) ? 'existing' : 'introduced'));
  const gone = base.filter((finding) => !take(after, finding) && !now.some((one) => isWorse(one, finding)));
  return [...now, ...gone.map(asFixed)].sort(byImportance);
}

/** A notice that has become an error of the same rule about the same object is not fixed. */
function isWorse(now: Finding, before: Finding): boolean {
  const { kind, namespace, name } = before.resource;
  return (
    now.status === 'introduced' &&
    now.rule === before.rule &&
    now.resource.name === name &&
    now.resource.namespace === namespace &&
    now.resource.kind === kind &&
    LEVELS.indexOf(now.level) < LEVELS.indexOf(before.level)
  );
}

/** Total order: level, file, line, rule, then text, so that equal reviews give equal bytes. */
export function byImportance(a: Finding, b: Finding): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    (a.weight ?? 0) - (b.weight ?? 0) ||
    compareText(a.at.file, b.at.file) ||
    a.at.line - b.at.line ||
    compareText(a.rule, b.rule) ||
    a.at.column - b.at.column ||
    compareText(a.message, b.message) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

function countByFingerprint(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { fingerprint } of findings) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  return counts;
}

function take(counts: Map<string, number>, { fingerprint }: Finding): boolean {
  const left = counts.get(fingerprint) ?? 0;
  counts.set(fingerprint, left - 1);
  return left > 0;
}

function withStatus(finding: Finding, status: Status): Finding {
  return { ...finding, status };
}

/** Its evidence spoke of the base: what is missing there is here now. */
function asFixed(finding: Finding): Finding {
  return { ...withStatus(finding, 'fixed'), evidence: [] };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
