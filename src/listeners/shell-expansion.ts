/** A `$` or backtick of a script: which variable it stands for, and where the text goes on. */
export interface Expansion {
  /** Offset behind it. */
  readonly end: number;
  /** '' for a command substitution and for a `$` that stands for itself; `@` for `$@`. */
  readonly name: string;
  /** What `${NAME:-fallback}` is when the variable is not set. */
  readonly fallback?: string;
  /** `${NAME:=fallback}`: the variable keeps it. */
  readonly assigns?: true;
  /** `${NAME[@]}`: words, in quotes too. */
  readonly isList?: true;
}

/** Longest `${...}` that is read. */
const LONGEST = 300;

export function expansionAt(text: string, at: number): Expansion {
  const substitution = substitutionEnd(text, at);
  if (substitution !== undefined) return { end: substitution, name: '' };
  const match = /^\$(?:(\w+|@)|\{(\w+)(\[[@*]\])?(?::?([-=])([^{}]*))?\})/.exec(text.slice(at, at + LONGEST));
  if (!match) return { end: at + 1, name: '' };
  const [written, plain, braced, list, sign, fallback] = match;
  return {
    end: at + written.length,
    name: plain ?? braced ?? '',
    ...(fallback !== undefined && { fallback: fallback.replace(/^["']|["']$/g, '') }),
    ...(sign === '=' && { assigns: true }),
    ...(list !== undefined && { isList: true }),
  };
}

/** Where a command substitution that begins here ends; `undefined` when none does. One that never ends is all of the rest. */
function substitutionEnd(text: string, start: number): number | undefined {
  if (text.charAt(start) === '`') {
    const end = text.indexOf('`', start + 1);
    return end < 0 ? text.length : end + 1;
  }
  if (!text.startsWith('$(', start)) return undefined;
  let depth = 0;
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}
