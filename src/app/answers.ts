import { nearest } from '../config/nearest.ts';
import { SETTINGS_PATHS } from '../config/settings.ts';
import type { JobResult } from '../github/review-job.ts';
import { markdownCode, markdownFence, markdownText } from '../report/escape.ts';
import { currentFindings } from '../report/sections.ts';
import { plural } from '../report/wording.ts';
import { RULE_HEADS, ruleHeadById } from '../rules/registry.ts';
import type { RuleHead } from '../rules/rule.ts';
import { friendlyName } from '../rules/suppress.ts';

/** What we write in answer to a command or a button, as Markdown. What people or repositories said is escaped. */

const COMMANDS = [
  ['/istio review', 'review this pull request again'],
  ['/istio plan', 'the whole promotion plan, as it stands with this change'],
  ['/istio explain RULE', 'what a rule checks, why, and what to do'],
  ['/istio ignore RULE reason', 'the settings that accept what a rule found here'],
  ['/istio help', 'this list'],
] as const;

export function helpAnswer(): string {
  const rows = COMMANDS.map(([command, what]) => `- ${markdownCode(command)}: ${what}`);
  return ['Commands for people who may write to this repository, on a line of their own:', '', ...rows].join(
    '\n',
  );
}

export function unknownAnswer(said: string): string {
  const near = nearest(said.split(' ')[0] ?? '', ['review', 'plan', 'explain', 'ignore', 'help']);
  const hint = near === undefined ? '' : ` Did you mean ${markdownCode(`/istio ${near}`)}?`;
  return `I do not know ${markdownCode(`/istio ${said}`)}.${hint}\n\n${helpAnswer()}`;
}

/** The rule a person named by its id or its name, in any case. */
export function ruleNamed(text: string): RuleHead | undefined {
  const lower = text.toLowerCase();
  return ruleHeadById(text) ?? RULE_HEADS.find(({ id, name }) => [id.toLowerCase(), name].includes(lower));
}

export function unknownRuleAnswer(text: string): string {
  const near = nearest(
    text,
    RULE_HEADS.flatMap(({ id, name }) => [id, name]),
  );
  return `There is no rule ${markdownCode(text)}.${near === undefined ? '' : ` Did you mean ${markdownCode(near)}?`}`;
}

/** What a rule says of itself, where its page is not at hand. */
export function ruleAnswer({ id, name, level, summary, messages, advice }: RuleHead): string {
  const advices = typeof advice === 'string' ? [advice] : Object.values(advice);
  return [
    `**${markdownText(id)}** ${markdownText(name)} (${level})`,
    markdownText(summary),
    'It says:',
    Object.values(messages)
      .map((text) => `- ${markdownText(text)}`)
      .join('\n'),
    'What to do:',
    [...new Set(advices)].map((text) => `- ${markdownText(text)}`).join('\n'),
  ].join('\n\n');
}

/** How long a proposed suppression holds. */
const DAYS = 90;
const MOST_ENTRIES = 30;

/**
 * Settings that accept what this change introduces, of one rule or of all. They are proposed and never committed: settings are
 * read from the base, so that accepting something is a change of its own that somebody reviews.
 */
export function ignoreAnswer(
  { review }: JobResult,
  rule: string | undefined,
  reason: string,
  today: Date,
): string {
  const of = rule === undefined ? '' : ` of ${markdownCode(rule)}`;
  const accepted = new Map(
    currentFindings(review)
      .filter((finding) => rule === undefined || finding.rule === rule)
      .map((finding) => [`${finding.rule} ${friendlyName(finding.resource)}`, finding] as const),
  );
  if (accepted.size === 0) return `This change introduces no finding${of}: there is nothing to accept.`;
  const until = new Date(today.getTime() + DAYS * 86_400_000).toISOString().slice(0, 10);
  const entries = [...accepted.values()]
    .slice(0, MOST_ENTRIES)
    .flatMap((finding) => [
      `  - rule: ${finding.rule}`,
      `    resource: ${JSON.stringify(friendlyName(finding.resource))}`,
      `    reason: ${JSON.stringify(reason === '' ? 'say why this is acceptable' : reason)}`,
      `    until: ${until}`,
    ]);
  const beyond = accepted.size - MOST_ENTRIES;
  return [
    `To accept ${plural(accepted.size, 'finding')}${of}, add this to ${markdownCode(SETTINGS_PATHS[0])} on the branch this pull request is merged into:`,
    markdownFence(['suppressions:', ...entries].join('\n'), 'yaml'),
    ...(beyond > 0 ? [`${beyond} more are not listed; \`*\` in \`resource\` stands for any text.`] : []),
    'Settings are read from there, so a pull request cannot accept its own findings. Once it is merged, say `/istio review`.',
  ].join('\n\n');
}
