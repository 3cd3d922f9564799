import type { Settings } from '../config/settings.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { LEVELS, type Finding, type Unchecked } from '../vocabulary.ts';
import { fingerprintOf } from './fingerprint.ts';
import { isEverOn, levelPolicy } from './level-policy.ts';
import { messageText, showValue } from './message-text.ts';
import type { ChangeRule } from './change-rule.ts';
import type { FleetMember, FleetRule, OtherMember } from './fleet-rule.ts';
import type { MessageData, Reporting, ReportOptions, Rule, RuleHead } from './rule.ts';
import type { Subject } from './subject.ts';
import { isIgnoredByKiali, isSuppressed } from './suppress.ts';
import { byPlace, byText, UncheckedTally } from './unchecked-tally.ts';

export interface RuleResults {
  /** Worst first, then by place, rule and text. */
  readonly findings: Finding[];
  readonly unchecked: Unchecked[];
}

export interface RunOptions {
  /** Let the exception of a broken rule through. Tests do; a review would rather keep the other rules. */
  readonly strict?: boolean;
  /** What could not be decided is of no interest: it need not be counted and located. */
  readonly findingsOnly?: boolean;
  /** There is no state before, so nothing is introduced. */
  readonly comparesNothing?: boolean;
}

/**
 * Runs rules over one mesh and turns what they report into findings: place, text, level by the repository's policy,
 * fingerprint. Suppressed findings and repetitions of the same one are dropped.
 */
export function runRules(
  mesh: Mesh,
  rules: readonly Rule[],
  settings: Settings,
  options: RunOptions = {},
): RuleResults {
  const { today } = settings;
  return runEach(rules, settings, options, (rule, reporting) => rule.check({ mesh, today, ...reporting }));
}

/** Runs rules over the step from one mesh to the next, in the same way. Every finding is introduced by it. */
export function runChangeRules(
  before: Mesh,
  after: Mesh,
  rules: readonly ChangeRule[],
  settings: Settings,
  options: RunOptions = {},
): RuleResults {
  const { findings, unchecked } = runEach(rules, settings, options, (rule, reporting) =>
    rule.check({ before, after, ...reporting }),
  );
  return { findings: findings.map((finding) => ({ ...finding, status: 'introduced' })), unchecked };
}

/** Runs rules over one environment beside the others, in the same way. In a review every finding is introduced by the change. */
export function runFleetRules(
  environment: FleetMember,
  others: readonly OtherMember[],
  rules: readonly FleetRule[],
  settings: Settings,
  options: RunOptions = {},
): RuleResults {
  const { findings, unchecked } = runEach(rules, settings, options, (rule, reporting) =>
    rule.check({ environment, others, ...reporting }),
  );
  if (options.comparesNothing) return { findings, unchecked };
  return { findings: findings.map((finding) => ({ ...finding, status: 'introduced' })), unchecked };
}

function runEach<R extends RuleHead>(
  rules: readonly R[],
  settings: Settings,
  options: RunOptions,
  check: (rule: R, reporting: Reporting<string>) => void,
): RuleResults {
  const findings = new Map<string, Finding>();
  const tally = new UncheckedTally();
  for (const rule of rules) {
    if (!isWanted(rule, settings)) continue;
    try {
      check(rule, reportingFor(rule, settings, findings, options.findingsOnly ? undefined : tally));
    } catch (error) {
      if (options.strict) throw error;
      tally.add(`rule ${rule.id}`, `it failed: ${showValue(String(error))}`);
    }
  }
  return { findings: [...findings.values()].sort(byImportance), unchecked: tally.list() };
}

function isWanted(rule: RuleHead, settings: Settings): boolean {
  if (settings.rules !== undefined && !settings.rules.includes(rule.id)) return false;
  return isEverOn(rule.id, settings);
}

function reportingFor(
  rule: RuleHead,
  settings: Settings,
  findings: Map<string, Finding>,
  tally: UncheckedTally | undefined,
): Reporting<string> {
  // What Istio itself generates has no file to mend.
  const accepts = (subject: Subject): boolean =>
    subject.origin.file !== '' &&
    levelPolicy(rule.id, settings, subject.origin.file) !== 'off' &&
    !isSuppressed(rule.id, subject, settings);
  return {
    accepts,
    report(subject, path, message, data = {}, options = {}) {
      if (!accepts(subject) || isIgnoredByKiali(rule.id, message, subject)) return;
      const { kind, namespace, name } = subject;
      const finding: Finding = {
        rule: rule.id,
        level: levelOf(rule, settings, subject.origin.file, options),
        confidence: options.confidence ?? 'certain',
        resource: { kind, namespace, name },
        at: subject.origin.at(path, options.atKey ? 'key' : 'value'),
        message: messageText(rule.messages[message] ?? '', data),
        evidence: options.evidence ?? [],
        advice: options.advice ?? adviceOf(rule, message, data),
        ...(options.fix && { fix: options.fix }),
        ...(options.weight !== undefined && { weight: options.weight }),
        fingerprint: fingerprintOf(rule.id, subject, message, data),
      };
      const { file, line, column } = finding.at;
      const identity = JSON.stringify([finding.fingerprint, file, line, column]);
      if (!findings.has(identity)) findings.set(identity, finding);
    },
    unchecked(what, why, subject, path = []) {
      tally?.add(what, why, subject?.origin.at(path));
    },
  };
}

function levelOf(rule: RuleHead, settings: Settings, file: string, options: ReportOptions): Finding['level'] {
  const policy = levelPolicy(rule.id, settings, file);
  return policy !== undefined && policy !== 'off' ? policy : (options.level ?? rule.level);
}

function adviceOf(rule: RuleHead, message: string, data: MessageData): string {
  const advice = typeof rule.advice === 'string' ? rule.advice : (rule.advice[message] ?? '');
  return messageText(advice, data);
}

function byImportance(a: Finding, b: Finding): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    (a.weight ?? 0) - (b.weight ?? 0) ||
    byPlace(a.at, b.at) ||
    byText(a.rule, b.rule) ||
    byText(a.message, b.message) ||
    byText(a.fingerprint, b.fingerprint)
  );
}
