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

/**
 * The first line of a comment that begins with `/istio`; lines in code fences and quotes are no commands. Undefined for the
 * comments of everybody who does not talk to us.
 */
export function slashCommand(body: string): SlashCommand | undefined {
  let fenced = false;
  for (const line of body.split(/\r?\n/)) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) fenced = !fenced;
    const words = line.trim().split(/\s+/);
    if (!fenced && line.startsWith('/istio') && words[0] === '/istio') return commandOf(words.slice(1));
  }
  return undefined;
}

function commandOf([name = 'help', rule, ...rest]: readonly string[]): SlashCommand {
  if (name === 'review' || name === 'plan' || name === 'help') return { name };
  if (name === 'explain' && rule !== undefined) return { name, rule: rule.slice(0, LONGEST_RULE) };
  if (name === 'ignore' && rule !== undefined) {
    return { name, rule: rule.slice(0, LONGEST_RULE), reason: rest.join(' ').slice(0, LONGEST_REASON) };
  }
  return { name: 'unknown', said: [name, rule ?? '', ...rest].join(' ').trim().slice(0, LONGEST_SAID) };
}
