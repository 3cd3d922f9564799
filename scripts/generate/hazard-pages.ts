import { HAZARDS } from '../../src/facts/hazards/all.ts';
import type { Hazard, WayBack } from '../../src/facts/hazards/hazard.ts';
import { hazardPageName } from '../../src/rules/page-name.ts';
import { levelOf } from '../../src/rules/upgrade/hazards/hazard-text.ts';
import { DETECTED } from '../../src/rules/upgrade/hazards/rules.ts';
import { escaped } from './rule-pages.ts';

const NOTICE = '<!-- Generated from src/facts/hazards/ by `npm run generate`. -->';

/** One page for each minor that changes something, by path. */
export function hazardPages(): [path: string, text: string][] {
  return versions().map((version) => [`docs/rules/${hazardPageName(version)}`, pageOf(version)]);
}

/** The rows of the list of rules that lead to these pages. */
export function hazardRows(): string[] {
  return versions().map((version) => {
    const own = HAZARDS.filter((hazard) => hazard.version === version);
    const told = own.filter((hazard) => DETECTED.includes(hazard)).length;
    return `| [Istio ${version}](${hazardPageName(version)}) | ${own.length} | ${told} |`;
  });
}

function versions(): string[] {
  return [...new Set(HAZARDS.map(({ version }) => version))];
}

function pageOf(version: string): string {
  const hazards = HAZARDS.filter((hazard) => hazard.version === version);
  return [
    NOTICE,
    `# What Istio ${version} changes`,
    `Each is the rule \`upgrade/NAME\`. It speaks when a change takes a mesh over ${version} and the repository holds what is touched; deprecated things are told while they are written. What no file can show is on the reading list of the review.`,
    ...hazards.map(sectionOf),
    '',
  ].join('\n\n');
}

function sectionOf(hazard: Hazard): string {
  const { id, title, what, advice, wayBack = [], sources } = hazard;
  return [
    `## ${id}`,
    `${escaped(title)}. ${escaped(what)}`,
    facts(hazard)
      .map((fact) => `- ${fact}`)
      .join('\n'),
    `**What to do:** ${escaped([advice, ...wayBack.map(wayBackText)].join(' '))}`,
    `Sources: ${sources.map((source) => `\`${source}\``).join(', ')}.`,
  ].join('\n\n');
}

function facts(hazard: Hazard): string[] {
  const { from, within, severity, impact, coveredBy, endsIn } = hazard;
  const releases = within
    ? `in ${within.map(([first, last]) => (first === last ? first : `${first} to ${last}`)).join(', ')}`
    : `from ${(from ?? []).join(', ')} on`;
  return [
    `${impact}, ${severity}; ${releases}${endsIn === undefined ? '' : `; gone in ${endsIn}`}`,
    coveredBy === undefined ? told(hazard) : `told by [${coveredBy}](${coveredBy}.md)`,
  ];
}

function told(hazard: Hazard): string {
  if (!DETECTED.includes(hazard)) return 'on the reading list';
  const sure = hazard.detectability === 'heuristic' ? ', as likely' : '';
  return `told as ${levelOf(hazard)}${sure}`;
}

function wayBackText({ says, since, until }: WayBack): string {
  const ends = until === undefined ? '' : `, gone in ${until}`;
  return `To keep the old behaviour for now: ${says} (since ${since}${ends}).`;
}
