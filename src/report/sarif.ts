import {
  LEVELS,
  type Evidence,
  type Finding,
  type Fix,
  type Level,
  type Location,
  type Status,
  type Unchecked,
} from '../vocabulary.ts';
import type { RuleHead } from '../rules/rule.ts';
import { friendlyName } from '../rules/suppress.ts';
import { jsonText, markdownText, uriPath } from './escape.ts';
import type { Review } from './review.ts';
import { allUnchecked, distinctFindings } from './sections.ts';
import { plural } from './wording.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

const SARIF_LEVELS: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', info: 'note' };
const BASELINE: Readonly<Record<Exclude<Status, 'fixed'>, string>> = {
  introduced: 'new',
  existing: 'unchanged',
};

/** What there is about a rule besides what it says of itself. */
export interface RuleHelp {
  /** Its page as Markdown, for rules that have a result. */
  readonly page?: (rule: string) => string | undefined;
  /** The public address of its page; must be a safe URL. */
  readonly address?: (rule: string) => string | undefined;
}

/** Code scanning keeps so many results of a run, the worst of them, and refuses a file with five times as many. */
const MOST_RESULTS = 5000;
/** Code scanning keeps so many locations of a result. */
const MOST_RELATED = 100;

/**
 * SARIF 2.1.0 for code scanning: every finding at head, old ones included, since code scanning closes what a run does not
 * name. What the change fixes is therefore not in it. Valid, with an empty result list, when nothing was found.
 */
export function toSarif(review: Review, rules: readonly RuleHead[], help: RuleHelp = {}): string {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const found = distinctFindings(review).filter(({ status }) => status !== 'fixed');
  const shown = worst(found);
  const told = new Set(shown.map(({ rule }) => rule));
  const ruleValues = rules.map((rule) =>
    ruleValue(rule, told.has(rule.id) ? help : { ...help, page: NO_PAGE }),
  );
  const { name, version } = review.tool;
  return jsonText({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, version, semanticVersion: version, rules: ruleValues } },
        automationDetails: { id: `${name}/${review.mode}/` },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [
              ...cutNotifications(found.length - shown.length),
              ...allUnchecked(review).map(notificationOf),
            ],
          },
        ],
        results: shown.map((finding) => resultOf(finding, indexes.get(finding.rule))),
      },
    ],
  });
}

function worst(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MOST_RESULTS) return findings;
  const byLevel = [...findings].sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level));
  return byLevel.slice(0, MOST_RESULTS);
}

const NO_PAGE = (): undefined => undefined;

function ruleValue(
  { id, name, summary, level, advice }: RuleHead,
  { page, address }: RuleHelp,
): Record<string, unknown> {
  const help = typeof advice === 'string' ? [advice] : Object.values(advice);
  const title = pascalCase(name);
  const text = [summary, ...new Set(help)].filter((line) => line !== '').join('\n\n');
  const helpUri = address?.(id);
  return {
    id,
    ...(title.toLowerCase() !== id.toLowerCase() && { name: title }),
    shortDescription: { text: plainText(summary) },
    fullDescription: { text: plainText(text) },
    help: { text: plainText(text), markdown: page?.(id) ?? helpMarkdown(summary, [...new Set(help)]) },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: SARIF_LEVELS[level] },
    properties: { tags: ['istio'] },
  };
}

/** What code scanning shows beside an alert, where the page of the rule is not at hand. */
function helpMarkdown(summary: string, advice: readonly string[]): string {
  const steps = advice.filter((line) => line !== '').map((line) => `- ${markdownText(line)}`);
  return [markdownText(summary), ...(steps.length > 0 ? ['**What to do**', steps.join('\n')] : [])].join(
    '\n\n',
  );
}

function pascalCase(name: string): string {
  return name
    .split(/[^a-zA-Z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function resultOf(finding: Finding, ruleIndex: number | undefined): Record<string, unknown> {
  const { rule, level, status, confidence, resource, at, message, evidence, advice, fix } = finding;
  const text = [message, ...evidence.map(({ says }) => `because ${says}`), advice];
  const related = evidence.flatMap((each) => relatedLocation(each)).slice(0, MOST_RELATED);
  return {
    ruleId: rule,
    ...(ruleIndex !== undefined && { ruleIndex }),
    level: SARIF_LEVELS[level],
    message: { text: plainText(text.filter((line) => line !== '').join('\n')) },
    locations: [
      {
        physicalLocation: physicalLocation(at),
        logicalLocations: [{ fullyQualifiedName: friendlyName(resource), kind: 'resource' }],
      },
    ],
    ...(related.length > 0 && { relatedLocations: related }),
    partialFingerprints: { 'istioUpgradeGuard/v1': finding.fingerprint },
    ...(status && status !== 'fixed' && { baselineState: BASELINE[status] }),
    ...(fix && { fixes: [fixValue(fix)] }),
    properties: { confidence },
  };
}

function relatedLocation({ says, at }: Evidence): Record<string, unknown>[] {
  return at ? [{ physicalLocation: physicalLocation(at), message: { text: plainText(says) } }] : [];
}

function physicalLocation({ file, line, column }: Location): Record<string, unknown> {
  return {
    artifactLocation: artifact(file),
    // Code scanning shows an alert on a pull request only when all of its lines are in the diff: one line it is.
    region: { startLine: line, startColumn: column },
  };
}

function artifact(file: string): Record<string, unknown> {
  return { uri: uriPath(file), uriBaseId: '%SRCROOT%' };
}

function fixValue({ title, file, startLine, endLine, text }: Fix): Record<string, unknown> {
  return {
    description: { text: plainText(title) },
    artifactChanges: [
      {
        artifactLocation: artifact(file),
        replacements: [{ deletedRegion: { startLine, endLine }, insertedContent: { text } }],
      },
    ],
  };
}

function cutNotifications(count: number): Record<string, unknown>[] {
  if (count <= 0) return [];
  const text = `${plural(count, 'further finding')} did not fit: code scanning keeps ${MOST_RESULTS} of a run.`;
  return [{ level: 'warning', message: { text } }];
}

function notificationOf({ what, why, count, examples }: Unchecked): Record<string, unknown> {
  return {
    level: 'note',
    message: { text: plainText(`Not checked: ${what}: ${why}${count > 1 ? ` (${count} places)` : ''}`) },
    ...(examples.length > 0 && {
      locations: examples.map((at) => ({ physicalLocation: physicalLocation(at) })),
    }),
  };
}

/** `[text](target)` would be a link inside a SARIF message, also in its plain form (§3.11.6): a stranger may not set one. */
function plainText(text: string): string {
  return text.replaceAll('](', '] (');
}
