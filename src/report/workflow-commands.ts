import type { Change, Finding, Level, Location } from '../vocabulary.ts';
import { friendlyName } from '../rules/suppress.ts';
import { commandMessage, commandProperty } from './escape.ts';
import type { Review } from './review.ts';
import { currentFindings } from './sections.ts';
import { otherFindingsSentence, verdictSentence } from './wording.ts';

const COMMANDS: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * Workflow commands, which GitHub Actions turns into annotations of the changed files: introduced findings, changes of
 * the mesh, and the verdict as the last one.
 */
export function toWorkflowCommands(review: Review): string {
  const changes = new Set(
    review.environments.flatMap((environment) => environment.changes.map(changeCommand)),
  );
  const lines = [...currentFindings(review).map(findingCommand), ...changes, verdictCommand(review)];
  return `${lines.join('\n')}\n`;
}

function findingCommand({ level, rule, resource, at, message, evidence, advice }: Finding): string {
  const lines = [message, ...evidence.map(({ says }) => `because ${says}`), advice].filter(
    (line) => line !== '',
  );
  return command(COMMANDS[level], `${rule} ${friendlyName(resource)}`, at, lines);
}

function changeCommand({ message, at }: Change): string {
  return command('notice', 'Change of the mesh', at, [message]);
}

function verdictCommand(review: Review): string {
  const sentence = `${verdictSentence(review)} ${otherFindingsSentence(review)}`.trim();
  const verdict = review.mode === 'review' ? `: ${review.verdict}` : '';
  return command('notice', `Istio Upgrade Guard${verdict}`, undefined, [sentence]);
}

function command(name: string, title: string, at: Location | undefined, lines: readonly string[]): string {
  const place = at
    ? [`file=${commandProperty(at.file)}`, `line=${at.line}`, `endLine=${at.endLine}`, `col=${at.column}`]
    : [];
  return `::${name} ${[...place, `title=${commandProperty(title)}`].join(',')}::${commandMessage(lines)}`;
}
