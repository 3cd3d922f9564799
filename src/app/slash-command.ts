/** What a person asks for in a comment. */
export type SlashCommand =
  | { readonly name: 'review' | 'plan' | 'help' }
  | { readonly name: 'explain'; readonly rule: string }
  | { readonly name: 'ignore'; readonly rule: string; readonly reason: string }
  /** It begins like one of ours and is none; `said` is shown back, shortened. */
  | { readonly name: 'unknown'; readonly said: string };

const LONGEST_RULE = 100;
const LONGEST_REASON = 300;
const LONGEST_SAID = 80;

/** Commands that are read of one comment. */
const MOST_COMMANDS = 5;

/**
 * The lines of a comment that begin with `/istio`, each different one once; lines in code fences and quotes are no commands.
 * None for the comments of everybody who does not talk to us.
 */
export function slashCommands(body: string): readonly SlashCommand[] {
  const commands = new Map<string, SlashCommand>();
  for (const line of linesOutsideFences(body)) {
    const words = line.trim().split(/\s+/);
    if (line.startsWith('/istio') && words[0] === '/istio')
      commands.set(words.join(' '), commandOf(words.slice(1)));
  }
  return [...commands.values()].slice(0, MOST_COMMANDS);
}

/** A fence ends with at least as many of the characters it began with; what never ends goes to the end of the text. */
function linesOutsideFences(body: string): string[] {
  const lines: string[] = [];
  let fence = '';
  for (const line of body.split(/\r\n|\r|\n/)) {
    const [, mark = '', rest = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (fence === '' && mark === '') lines.push(line);
    else if (fence === '') fence = mark;
    else if (mark.startsWith(fence) && rest.trim() === '') fence = '';
  }
  return lines;
}

function commandOf([name = 'help', rule, ...rest]: readonly string[]): SlashCommand {
  if (name === 'review' || name === 'plan' || name === 'help') return { name };
  if (name === 'explain' && rule !== undefined) return { name, rule: rule.slice(0, LONGEST_RULE) };
  if (name === 'ignore' && rule !== undefined) {
    return { name, rule: rule.slice(0, LONGEST_RULE), reason: rest.join(' ').slice(0, LONGEST_REASON) };
  }
  return { name: 'unknown', said: [name, rule ?? '', ...rest].join(' ').trim().slice(0, LONGEST_SAID) };
}
