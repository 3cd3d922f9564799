import type { Change, Evidence, Finding, Level, Location, Reading, Unchecked } from '../vocabulary.ts';
import { friendlyName } from '../rules/suppress.ts';
import { markdownCode, markdownFence, markdownText, shortened } from './escape.ts';
import type { EnvironmentReview } from './review.ts';
import { blastRadiusText, controlPlaneText, dataPlaneText, fixPlace, placeText, plural } from './wording.ts';

/** Which commit a place is in. What a change fixed is at its base. */
export type Side = 'base' | 'head';
/** The address of a place in the repository's web view; `undefined` leaves it unlinked. Must return a safe URL. */
export type LinkTo = (at: Location, side: Side) => string | undefined;
/** The address of the page about a rule; `undefined` leaves it unlinked. Must return a safe URL. */
export type RulePage = (rule: string) => string | undefined;

/** What one text of a stranger may take of a page: nobody reads more, and one value must not push out all others. */
const LONGEST_TEXT = 1000;
const LONGEST_FIX = 4000;

const LEVEL_MARKS: Readonly<Record<Level, string>> = { error: '🔴', warning: '🟡', info: '🔵' };

/** Each function gives one entry of a Markdown list, everything of strangers escaped. */
export class MarkdownEntries {
  private readonly linkTo: LinkTo;
  private readonly rulePage: RulePage;

  constructor(linkTo: LinkTo = () => undefined, rulePage: RulePage = () => undefined) {
    this.linkTo = linkTo;
    this.rulePage = rulePage;
  }

  change({ message, at, blastRadius, evidence }: Change): string {
    const touched = blastRadiusText(blastRadius);
    const facts = [at ? this.place(at) : '', touched && `touches ${touched}`].filter((fact) => fact !== '');
    const tail = facts.length > 0 ? `<br>${facts.join(' · ')}` : '';
    return lines(
      `- ${prose(message)}${tail}`,
      evidence.map((each) => this.evidence(each)),
    );
  }

  /** A finding with what to do; what proves it and what mends it open on demand. */
  finding(finding: Finding): string {
    const { advice, blastRadius } = finding;
    const touched = blastRadius ? blastRadiusText(blastRadius) : '';
    const parts = [
      `${this.findingHead(finding)}${touched === '' ? '' : ` · touches ${touched}`}`,
      ...(advice === '' ? [] : [`<br>**What to do:** ${prose(advice)}`]),
    ];
    return `${parts.join('')}${this.proof(finding)}`;
  }

  /** A finding in one line, for those that need no action. */
  shortFinding(finding: Finding): string {
    return this.findingHead(finding);
  }

  note(text: string): string {
    return `- ${prose(text)}`;
  }

  unchecked({ what, why, count, examples }: Unchecked): string {
    const [example] = examples;
    const many = count > 1 ? `${plural(count, 'place')}${example ? ', such as ' : ''}` : '';
    const where = `${many}${example ? this.place(example) : ''}`;
    return `- ${prose(what)}: ${prose(why)}${where === '' ? '' : ` (${where})`}`;
  }

  /** A change of behaviour that a person has to judge. */
  reading({ id, version, title, advice }: Reading): string {
    return `- ${this.rule(id)} (${version}): ${prose(title)}. ${prose(advice)}`;
  }

  /** What an environment looks like at head. */
  environment({ name, because, controlPlanes, tags, resources, dataPlane = [] }: EnvironmentReview): string {
    const planes = controlPlanes.map((plane) => `control plane ${prose(controlPlaneText(plane))}`);
    const pointers = tags.map((tag) => `tag ${code(tag.name)} → ${code(tag.revision)}`);
    const proxies = dataPlane.map((one) => `proxies on ${prose(dataPlaneText(one))}`);
    const facts = [plural(resources, 'resource'), ...planes, ...pointers, ...proxies].join(', ');
    return `- **${prose(name)}** (${prose(because)}): ${facts}`;
  }

  private findingHead({ level, rule, resource, confidence, at, message, status }: Finding): string {
    const sure = confidence === 'likely' ? ' (likely)' : '';
    const name = code(friendlyName(resource));
    const place = this.place(at, status === 'fixed' ? 'base' : 'head');
    return `- ${LEVEL_MARKS[level]} **${this.rule(rule)}** ${name}${sure} ${prose(message)}<br>${place}`;
  }

  private proof({ evidence, fix }: Finding): string {
    if (evidence.length === 0 && !fix) return '';
    const summary = evidence.length === 0 ? 'A fix' : fix ? 'Why, and a fix' : 'Why';
    const body = [
      evidence.map((each) => `- ${this.evidence(each)}`).join('\n'),
      fix ? `**Fix:** ${prose(fix.title)} (${code(fixPlace(fix))})` : '',
      fix && fix.text !== '' ? markdownFence(shortened(fix.text, LONGEST_FIX), 'yaml') : '',
    ];
    const inside = body.filter((part) => part !== '').join('\n\n');
    const opened = `<details><summary>${summary}</summary>\n\n${inside}\n\n</details>`;
    return `\n\n${indented(opened)}\n`;
  }

  private rule(rule: string): string {
    const url = this.rulePage(rule);
    return url === undefined ? prose(rule) : `[${prose(rule)}](${url})`;
  }

  private evidence({ says, at }: Evidence): string {
    return `because ${prose(says)}${at ? ` (${this.place(at)})` : ''}`;
  }

  private place(at: Location, side: Side = 'head'): string {
    const text = code(placeText(at));
    const url = this.linkTo(at, side);
    return url === undefined ? text : `[${text}](${url})`;
  }
}

function prose(text: string): string {
  return markdownText(shortened(text, LONGEST_TEXT));
}

function code(text: string): string {
  return markdownCode(shortened(text, LONGEST_TEXT));
}

function lines(first: string, below: readonly string[]): string {
  return [first, ...below.map((line) => `  - ${line}`)].join('\n');
}

function indented(block: string): string {
  return block
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');
}
