import { nearest } from '../config/nearest.ts';
import { jsonText, markdownCode, markdownText } from '../report/escape.ts';
import { RULE_HEADS, ruleHeadById } from '../rules/registry.ts';
import type { RuleHead } from '../rules/rule.ts';
import type { Arguments } from './arguments.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { rulePagesIn } from './rule-page.ts';
import { UsageError } from './usage-error.ts';

const LIST_FORMATS = ['terminal', 'markdown', 'json'] as const;

/**
 * `rules`: every rule in one line.
 * @throws UsageError
 */
export function rulesCommand(args: Arguments, io: Io): ExitCode {
  const format = args.choice('format', LIST_FORMATS) ?? 'terminal';
  io.stdout.write(LISTS[format](RULE_HEADS));
  return EXIT.ok;
}

const LISTS: Readonly<Record<(typeof LIST_FORMATS)[number], (rules: readonly RuleHead[]) => string>> = {
  terminal: (rules) => {
    const width = Math.max(0, ...rules.map(({ id }) => id.length));
    return rules
      .map((rule) => `${rule.id.padEnd(width)}  ${rule.level.padEnd(7)}  ${rule.summary}\n`)
      .join('');
  },
  markdown: (rules) => {
    const rows = rules.map(
      (rule) => `| ${markdownCode(rule.id)} | ${rule.level} | ${markdownText(rule.summary)} |`,
    );
    return ['| rule | level | what it finds |', '|---|---|---|', ...rows, ''].join('\n');
  },
  json: (rules) => jsonText(rules.map(({ id, name, level, summary }) => ({ id, name, level, summary }))),
};

/**
 * `explain`: the page of one rule; without the pages at hand, what the rule says of itself.
 * @throws UsageError
 */
export async function explainCommand(args: Arguments, io: Io): Promise<ExitCode> {
  const [id, ...more] = args.positionals;
  if (id === undefined || more.length > 0) throw new UsageError('explain takes one rule.', 'explain IST0101');
  const rule =
    ruleHeadById(id) ?? RULE_HEADS.find((each) => each.name === id || each.id === id.toUpperCase());
  if (!rule) throw unknownRule(id);
  io.stdout.write((io.rulePages && (await rulePagesIn(io.rulePages)(rule.id))) ?? description(rule));
  return EXIT.ok;
}

function unknownRule(id: string): UsageError {
  const near = nearest(
    id,
    RULE_HEADS.flatMap((rule) => [rule.id, rule.name]),
  );
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  return new UsageError(`There is no rule "${id}"${hint}.`, 'The command `rules` lists them.');
}

function description({ id, name, level, summary, messages, advice }: RuleHead): string {
  const advices = typeof advice === 'string' ? [advice] : Object.values(advice);
  return [
    `${id} (${name}), ${level}`,
    '',
    summary,
    '',
    'It says:',
    ...Object.values(messages).map((text) => `  ${withNames(text)}`),
    '',
    'What to do:',
    ...[...new Set(advices)].map((text) => `  ${withNames(text)}`),
    '',
  ].join('\n');
}

/** `Concerned: <places>.`: what a review puts there is not known yet. */
function withNames(text: string): string {
  return text.replace(/\{(\w+)\}/g, '<$1>');
}
