import type { MessageData } from './rule.ts';

/** Longest piece of a repository's text that a message repeats, in characters. */
const LONGEST_VALUE = 160;
/** Longest list that a message spells out. */
const LONGEST_LIST = 8;

/**
 * Characters that hide or reorder text on a page or a terminal: controls, line breaks, bidirectional marks, zero-width ones, halves of
 * surrogate pairs.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/** A value from the repository, made fit to stand in a sentence. Escaping for Markdown or a terminal comes later. */
export function showValue(value: string): string {
  const head = value.length > LONGEST_VALUE * 4 ? value.slice(0, LONGEST_VALUE * 4) : value;
  const clean = head.replace(HIDDEN, ' ').trim();
  const characters = Array.from(clean);
  if (characters.length <= LONGEST_VALUE) return clean;
  return `${characters.slice(0, LONGEST_VALUE - 1).join('')}…`;
}

function showDatum(datum: MessageData[string] | undefined): string {
  if (datum === undefined) return '';
  if (typeof datum === 'number') return String(datum);
  if (typeof datum === 'string') return showValue(datum);
  const shown = datum.slice(0, LONGEST_LIST).map(showValue).join(', ');
  return datum.length > LONGEST_LIST ? `${shown} and ${datum.length - LONGEST_LIST} more` : shown;
}

/** Puts data into the `{name}` places of a rule's text. A name without data becomes nothing. */
export function messageText(template: string, data: MessageData): string {
  return template.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) =>
    Object.hasOwn(data, name) ? showDatum(data[name]) : '',
  );
}
