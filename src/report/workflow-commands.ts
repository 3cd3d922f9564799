import type { Change, Finding, Level, Location } from '../vocabulary.ts';
import { friendlyName } from '../rules/suppress.ts';
import { commandMessage, commandProperty } from './escape.ts';
import type { Review } from './review.ts';
import { currentFindings } from './sections.ts';
import { otherFindingsSentence, plural, verdictSentence } from './wording.ts';

type CommandName = 'error' | 'warning' | 'notice';

const COMMANDS: Readonly<Record<Level, CommandName>> = { error: 'error', warning: 'warning', info: 'notice' };

/** Annotations of each kind that GitHub keeps of one step; it drops the rest without a word. */
const MOST_OF_A_KIND = 10;

/** A mistake in the settings file, as far as it is shown here. */
export interface CommandProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

interface Command {
  readonly name: CommandName;
  readonly text: string;
}

/**
 * Workflow commands, which GitHub Actions turns into annotations of the changed files: mistakes in the settings,
 * introduced findings, changes of the mesh, and the verdict as the last one. As many as GitHub shows; the verdict says how
 * many were left out.
 */
export function toWorkflowCommands(review: Review, problems: readonly CommandProblem[] = []): string {
  const changes = review.environments.flatMap((environment) => environment.changes.map(changeCommand));
  const distinct = new Map(changes.map((change) => [change.text, change]));
  const all = [
    ...problems.map(problemCommand),
    ...currentFindings(review).map(findingCommand),
    ...distinct.values(),
  ];
  const shown = withinLimits(all);
  return `${[...shown, verdictCommand(review, all.length - shown.length)].map(({ text }) => text).join('\n')}\n`;
}

/** The first of each kind; one notice is kept free for the verdict. */
function withinLimits(commands: readonly Command[]): Command[] {
  const left = { error: MOST_OF_A_KIND, warning: MOST_OF_A_KIND, notice: MOST_OF_A_KIND - 1 };
  return commands.filter(({ name }) => {
    left[name] -= 1;
    return left[name] >= 0;
  });
}

function problemCommand({ file, line, column, message }: CommandProblem): Command {
  return command('error', 'Settings', { file, line, column, endLine: line }, [message]);
}

function findingCommand({ level, rule, resource, at, message, evidence, advice }: Finding): Command {
  const lines = [message, ...evidence.map(({ says }) => `because ${says}`), advice].filter(
    (line) => line !== '',
  );
  return command(COMMANDS[level], `${rule} ${friendlyName(resource)}`, at, lines);
}

function changeCommand({ message, at }: Change): Command {
  return command('notice', 'Change of the mesh', at, [message]);
}

function verdictCommand(review: Review, cut: number): Command {
  const sentence = `${verdictSentence(review)} ${otherFindingsSentence(review)}`.trim();
  const more =
    cut > 0 ? [`${plural(cut, 'further annotation')} would not be shown; the report has all of it.`] : [];
  const verdict = review.mode === 'review' ? `: ${review.verdict}` : '';
  return command('notice', `Istio Upgrade Guard${verdict}`, undefined, [sentence, ...more]);
}

function command(
  name: CommandName,
  title: string,
  at: Location | undefined,
  lines: readonly string[],
): Command {
  const place = at
    ? [`file=${commandProperty(at.file)}`, `line=${at.line}`, `endLine=${at.endLine}`, `col=${at.column}`]
    : [];
  const properties = [...place, `title=${commandProperty(title)}`].join(',');
  return { name, text: `::${name} ${properties}::${commandMessage(lines)}` };
}
