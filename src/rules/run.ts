import type { Settings } from '../config/settings.ts';
import type { ChangedInputs } from '../mesh/changed-inputs.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { LEVELS, type Finding, type Unchecked } from '../vocabulary.ts';
import type { ChangeRule } from './change-rule.ts';
import type { FleetMember, FleetRule, OtherMember } from './fleet-rule.ts';
import { isEverOn } from './level-policy.ts';
import { showValue } from './message-text.ts';
import { reportingFor, type RuleAnswer } from './reporting.ts';
import type { Reporting, Rule, RuleHead } from './rule.ts';
import { byPlace, byText, UncheckedTally } from './unchecked-tally.ts';

export interface RuleResults {
  /** Worst first, then by place, rule and text. */
  readonly findings: Finding[];
  readonly unchecked: Unchecked[];
}

/** Results with what each rule contributed, so that a mesh that differs little need not be checked whole. */
export interface MeshResults extends RuleResults {
  readonly answers: ReadonlyMap<string, RuleAnswer>;
}

export interface RunOptions {
  /** Let the exception of a broken rule through. Tests do; a review would rather keep the other rules. */
  readonly strict?: boolean;
  /** What the same rules under the same settings said of another mesh: it holds where nothing changed that a rule reads. */
  readonly known?: { readonly results: MeshResults; readonly changed: ChangedInputs };
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
): MeshResults {
  const { today } = settings;
  const { known } = options;
  return runEach(
    rules,
    settings,
    options,
    (rule, reporting) => {
      rule.check({ mesh, today, ...reporting });
    },
    (rule) => (known && readsNothingOf(known.changed, rule) ? known.results.answers.get(rule.id) : undefined),
  );
}

/** A rule is a function of its declared inputs, which a test proves: where these are the same, so is the answer. */
function readsNothingOf(changed: ChangedInputs, { inputs }: RuleHead): boolean {
  return changed !== 'everything' && inputs.every((input) => !changed.has(input));
}

/** Runs rules over the step from one mesh to the next, in the same way. Every finding is introduced by it. */
export function runChangeRules(
  before: Mesh,
  after: Mesh,
  rules: readonly ChangeRule[],
  settings: Settings,
  options: RunOptions = {},
): RuleResults {
  const { findings, unchecked } = runEach(rules, settings, options, (rule, reporting) => {
    rule.check({ before, after, ...reporting });
  });
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
  const { findings, unchecked } = runEach(rules, settings, options, (rule, reporting) => {
    rule.check({ environment, others, ...reporting });
  });
  if (options.comparesNothing) return { findings, unchecked };
  return { findings: findings.map((finding) => ({ ...finding, status: 'introduced' })), unchecked };
}

function runEach<R extends RuleHead>(
  rules: readonly R[],
  settings: Settings,
  { strict = false }: RunOptions,
  check: (rule: R, reporting: Reporting<string>) => void,
  known: (rule: R) => RuleAnswer | undefined = () => undefined,
): MeshResults {
  const answers = new Map<string, RuleAnswer>();
  for (const rule of rules) {
    if (!isWanted(rule, settings)) continue;
    answers.set(rule.id, known(rule) ?? answerOf(rule, settings, check, strict));
  }
  const findings = [...answers.values()].flatMap((answer) => answer.findings).sort(byImportance);
  return {
    answers,
    findings,
    // Nobody asks for those of the base, and it takes time to look up their places.
    get unchecked() {
      return tallyOf(answers.values());
    },
  };
}

function answerOf<R extends RuleHead>(
  rule: R,
  settings: Settings,
  check: (rule: R, reporting: Reporting<string>) => void,
  strict: boolean,
): RuleAnswer {
  const { reporting, answer } = reportingFor(rule, settings);
  try {
    check(rule, reporting);
  } catch (error) {
    if (strict) throw error;
    reporting.unchecked(`rule ${rule.id}`, `it failed: ${showValue(String(error))}`);
  }
  return answer();
}

function tallyOf(answers: Iterable<RuleAnswer>): Unchecked[] {
  const tally = new UncheckedTally();
  for (const { unchecked } of answers) {
    for (const { what, why, subject, path } of unchecked) tally.add(what, why, subject?.origin.at(path));
  }
  return tally.list();
}

function isWanted(rule: RuleHead, settings: Settings): boolean {
  if (settings.rules !== undefined && !settings.rules.includes(rule.id)) return false;
  return isEverOn(rule.id, settings);
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
