import type { Change, Evidence, Finding, Level, Location, Unchecked } from '../vocabulary.ts';
import { friendlyName } from '../rules/suppress.ts';
import { markdownCode, markdownFence, markdownText } from './escape.ts';
import type { EnvironmentReview } from './review.ts';
import { blastRadiusText, controlPlaneText, fixPlace, placeText, plural } from './wording.ts';

/** The address of a place in the repository's web view; `undefined` leaves it unlinked. Must return a safe URL. */
export type LinkTo = (at: Location) => string | undefined;

const LEVEL_MARKS: Readonly<Record<Level, string>> = { error: '🔴', warning: '🟡', info: '🔵' };

/** Each function gives one entry of a Markdown list, everything of strangers escaped. */
export class MarkdownEntries {
  private readonly linkTo: LinkTo;

  constructor(linkTo: LinkTo = () => undefined) {
    this.linkTo = linkTo;
  }

  change({ message, at, blastRadius, evidence }: Change): string {
    const touched = blastRadiusText(blastRadius);
    const facts = [at ? this.place(at) : '', touched && `touches ${touched}`].filter((fact) => fact !== '');
    const tail = facts.length > 0 ? `<br>${facts.join(' · ')}` : '';
    return lines(
      `- ${markdownText(message)}${tail}`,
      evidence.map((each) => this.evidence(each)),
    );
  }

  /** A finding with everything that explains it. */
  finding(finding: Finding): string {
    const { evidence, advice, fix, blastRadius } = finding;
    const touched = blastRadius ? blastRadiusText(blastRadius) : '';
    const below = [
      ...evidence.map((each) => this.evidence(each)),
      ...(touched === '' ? [] : [`touches ${touched}`]),
      ...(advice === '' ? [] : [`**What to do:** ${markdownText(advice)}`]),
      ...(fix ? [`**Fix:** ${markdownText(fix.title)} (${markdownCode(fixPlace(fix))})`] : []),
    ];
    const suggestion = fix && fix.text !== '' ? `\n\n${indented(markdownFence(fix.text, 'yaml'))}\n` : '';
    return `${lines(this.findingHead(finding), below)}${suggestion}`;
  }

  /** A finding in one line, for those that need no action. */
  shortFinding(finding: Finding): string {
    return this.findingHead(finding);
  }

  unchecked({ what, why, count, examples }: Unchecked): string {
    const [example] = examples;
    const many = count > 1 ? `${plural(count, 'place')}${example ? ', such as ' : ''}` : '';
    const where = `${many}${example ? this.place(example) : ''}`;
    return `- ${markdownText(what)}: ${markdownText(why)}${where === '' ? '' : ` (${where})`}`;
  }

  /** What an environment looks like at head. */
  environment({ name, because, controlPlanes, tags, resources }: EnvironmentReview): string {
    const planes = controlPlanes.map((plane) => `control plane ${markdownText(controlPlaneText(plane))}`);
    const pointers = tags.map((tag) => `tag ${markdownCode(tag.name)} → ${markdownCode(tag.revision)}`);
    const facts = [plural(resources, 'resource'), ...planes, ...pointers].join(', ');
    return `- **${markdownText(name)}** (${markdownText(because)}): ${facts}`;
  }

  private findingHead({ level, rule, resource, confidence, at, message }: Finding): string {
    const sure = confidence === 'likely' ? ' (likely)' : '';
    const name = markdownCode(friendlyName(resource));
    const place = this.place(at);
    return `- ${LEVEL_MARKS[level]} **${markdownText(rule)}** ${name}${sure} ${markdownText(message)}<br>${place}`;
  }

  private evidence({ says, at }: Evidence): string {
    return `because ${markdownText(says)}${at ? ` (${this.place(at)})` : ''}`;
  }

  private place(at: Location): string {
    const text = markdownCode(placeText(at));
    const url = this.linkTo(at);
    return url === undefined ? text : `[${text}](${url})`;
  }
}

function lines(first: string, below: readonly string[]): string {
  return [first, ...below.map((line) => `  - ${line}`)].join('\n');
}

function indented(block: string): string {
  return block
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
