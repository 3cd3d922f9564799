import type { Evidence, Finding, Fix, Level, Location, Status, Unchecked } from '../vocabulary.ts';
import type { RuleHead } from '../rules/rule.ts';
import { friendlyName } from '../rules/suppress.ts';
import { jsonText, markdownText, uriPath } from './escape.ts';
import type { Review } from './review.ts';
import { allUnchecked, distinctFindings } from './sections.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

const SARIF_LEVELS: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', info: 'note' };
const BASELINE: Readonly<Record<Exclude<Status, 'fixed'>, string>> = {
  introduced: 'new',
  existing: 'unchanged',
};

/**
 * SARIF 2.1.0 for code scanning: every finding at head, old ones included, since code scanning closes what a run does not
 * name. What the change fixes is therefore not in it. Valid, with an empty result list, when nothing was found.
 */
export function toSarif(review: Review, rules: readonly RuleHead[]): string {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const results = distinctFindings(review)
    .filter(({ status }) => status !== 'fixed')
    .map((finding) => resultOf(finding, indexes.get(finding.rule)));
  const { name, version } = review.tool;
  return jsonText({
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, version, semanticVersion: version, rules: rules.map(ruleValue) } },
        automationDetails: { id: `${name}/${review.mode}/` },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The root of the repository.' } } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: allUnchecked(review).map(notificationOf),
          },
        ],
        results,
      },
    ],
  });
}

function ruleValue({ id, name, summary, level, advice }: RuleHead): Record<string, unknown> {
  const help = typeof advice === 'string' ? [advice] : Object.values(advice);
  const title = pascalCase(name);
  const text = [summary, ...new Set(help)].filter((line) => line !== '').join('\n\n');
  return {
    id,
    ...(title.toLowerCase() !== id.toLowerCase() && { name: title }),
    shortDescription: { text: plainText(summary) },
    fullDescription: { text: plainText(summary) },
    help: { text: plainText(text), markdown: helpMarkdown(summary, [...new Set(help)]) },
    defaultConfiguration: { level: SARIF_LEVELS[level] },
    properties: { tags: ['istio'] },
  };
}

/** What code scanning shows beside an alert. */
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
  const related = evidence.flatMap((each) => relatedLocation(each));
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
