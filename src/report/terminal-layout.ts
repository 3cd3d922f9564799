import { terminalText } from './escape.ts';

/** Styles of a terminal, by what they mean. */
export type Style = 'error' | 'warning' | 'info' | 'good' | 'quiet' | 'strong';
export type Paint = (style: Style, text: string) => string;

const CODES: Readonly<Record<Style, string>> = {
  error: '31',
  warning: '33',
  info: '36',
  good: '32',
  quiet: '2',
  strong: '1',
};

/** Paints with ANSI colours, or not at all. What is painted must already be escaped. */
export function painter(color: boolean): Paint {
  return color ? (style, text) => `\u001b[${CODES[style]}m${text}\u001b[0m` : (_, text) => text;
}

export interface Line {
  /** Columns before the text; continuation lines get `hanging` more. */
  readonly indent: number;
  readonly hanging?: number;
  readonly style?: Style;
}

/**
 * Escapes a text, breaks it between words at `width` columns, indents and paints it. A word longer than the line, as a
 * path may be, stays whole.
 */
export function wrapped(text: string, width: number, paint: Paint, line: Line): string[] {
  const { indent, hanging = 0, style } = line;
  const lines: string[] = [];
  let current = '';
  for (const word of terminalText(text).split(' ')) {
    const room = width - indent - (lines.length === 0 ? 0 : hanging);
    if (current !== '' && current.length + 1 + word.length > room) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  lines.push(current);
  return lines.map((each, i) => {
    const margin = ' '.repeat(indent + (i === 0 ? 0 : hanging));
    return `${margin}${style ? paint(style, each) : each}`;
  });
}
