import { rulePageName } from '../../src/rules/page-name.ts';
import type { RuleHead } from '../../src/rules/rule.ts';

/** What stands below this line of a rule's page is written by hand and kept. */
const MARKER = '<!-- written -->';

const TEMPLATE = `
## Why it matters

## Bad

## Good

## Known false positives
`;

/** The hand-written part of a page; the headings to fill in when there is none. */
export function writtenPart(page: string): string {
  const start = page.indexOf(MARKER);
  return start < 0 ? TEMPLATE : page.slice(start + MARKER.length);
}

/** A rule's page: the head comes from the rule, the rest from `written`. */
export function rulePage(rule: RuleHead, written: string): string {
  const messages = Object.entries(rule.messages).map(([id, text]) => {
    const advice = typeof rule.advice === 'string' ? '' : (rule.advice[id] ?? '');
    return `- \`${id}\`: ${escaped(text)}${advice === '' ? '' : ` **${escaped(advice)}**`}`;
  });
  const advice = typeof rule.advice === 'string' ? [`**What to do:** ${escaped(rule.advice)}`] : [];
  return [
    '<!-- The head is generated from the rule by `npm run generate`; edit below the marker. -->',
    `# ${rule.id === rule.name ? rule.id : `${rule.id}: ${rule.name}`}`,
    escaped(rule.summary),
    ['| | |', '| --- | --- |', `| Level | ${rule.level} |`, `| Reads | ${rule.inputs.join(', ')} |`].join(
      '\n',
    ),
    '## Messages',
    messages.join('\n'),
    ...advice,
    `${MARKER}${written}`,
  ].join('\n\n');
}

/** The table of all rules. `hazards`: rows of the pages that are made from hazards. */
export function indexPage(rules: readonly RuleHead[], hazards: readonly string[]): string {
  const rows = rules.map(
    (rule) =>
      `| [${rule.id}](${rulePageName(rule.id)}) | ${rule.name} | ${rule.level} | ${escaped(rule.summary)} |`,
  );
  return [
    '<!-- Generated from the rules by `npm run generate`. -->',
    '# Rules',
    "Rules with Istio's codes report what `istioctl analyze` and `istioctl x precheck` report under that code; the others are our own. A rule's level can be changed, or the rule switched off, in the settings of a repository.",
    ['| Rule | Name | Level | What it finds |', '| --- | --- | --- | --- |', ...rows].join('\n'),
    '## Upgrades',
    'What each minor of Istio changes; every entry that files can show is a rule `upgrade/NAME`.',
    ['| Minor | Changes | With a rule |', '| --- | --- | --- |', ...hazards].join('\n'),
    '',
  ].join('\n\n');
}

/** `<x>` and `*` are text here, not markup; `|` would end a table cell. */
export function escaped(text: string): string {
  return text.replace(/[<>*_|]/g, (character) => `\\${character}`);
}
