import type { Settings } from '../config/settings.ts';
import type { Finding, Path } from '../vocabulary.ts';
import { fingerprintOf } from './fingerprint.ts';
import { levelPolicy } from './level-policy.ts';
import { messageText } from './message-text.ts';
import type { MessageData, Reporting, ReportOptions, RuleHead } from './rule.ts';
import type { Subject } from './subject.ts';
import { isIgnoredByKiali, isSuppressed } from './suppress.ts';

/** What one rule said of one mesh, in the order in which it said it. */
export interface RuleAnswer {
  /** Once each, though a rule may come upon the same defect twice. */
  readonly findings: readonly Finding[];
  readonly unchecked: readonly Undecided[];
}

/** Something that a rule could not decide. Its place is looked up when somebody wants to read of it. */
export interface Undecided {
  readonly what: string;
  readonly why: string;
  readonly subject: Subject | undefined;
  readonly path: Path;
}

/** Collects what a rule reports and turns it into findings: place, text, level by the repository's policy, fingerprint. */
export function reportingFor(
  rule: RuleHead,
  settings: Settings,
): { readonly reporting: Reporting<string>; readonly answer: () => RuleAnswer } {
  const findings = new Map<string, Finding>();
  const undecided: Undecided[] = [];
  // What Istio itself generates has no file to mend.
  const accepts = (subject: Subject): boolean =>
    subject.origin.file !== '' &&
    levelPolicy(rule.id, settings, subject.origin.file) !== 'off' &&
    !isSuppressed(rule.id, subject, settings);
  const reporting: Reporting<string> = {
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
      undecided.push({ what, why, subject, path });
    },
  };
  return { reporting, answer: () => ({ findings: [...findings.values()], unchecked: undecided }) };
}

function levelOf(rule: RuleHead, settings: Settings, file: string, options: ReportOptions): Finding['level'] {
  const policy = levelPolicy(rule.id, settings, file);
  return policy !== undefined && policy !== 'off' ? policy : (options.level ?? rule.level);
}

function adviceOf(rule: RuleHead, message: string, data: MessageData): string {
  const advice = typeof rule.advice === 'string' ? rule.advice : (rule.advice[message] ?? '');
  return messageText(advice, data);
}
