/** A setting in the text of a configuration file. */
export interface Entry {
  /** Sections, blocks or mappings from the outside in, and the name itself. */
  readonly key: readonly string[];
  readonly value: string;
  /** Tells blocks of one name apart, where the key does not: entries of one block have the same number. */
  readonly block?: number;
  /** Line of the text, from 0. A function, as YAML finds it only when asked. */
  readonly line: () => number;
}

/** Settings of one file that are kept; a real file has far fewer. */
export const MOST_ENTRIES = 20_000;

/** Longest line that is read: no setting of an address is longer. */
export const LONGEST_LINE = 2_000;

/** Text without the quotes around it. */
export function bare(text: string): string {
  const trimmed = text.trim();
  const quote = trimmed.charAt(0);
  if (quote !== '"' && quote !== "'") return trimmed;
  const end = trimmed.indexOf(quote, 1);
  return end < 0 ? trimmed.slice(1) : trimmed.slice(1, end);
}

/** `["[::1]:80", "b"]` as its items, which keep their own brackets. */
export function listItems(text: string): string {
  return text
    .replace(/^\[|\]?\)?$/g, '')
    .replace(/["'(),]/g, ' ')
    .trim();
}

/** Whether a document of Spring's is only read when a profile is active, which its neighbours do not say. */
export function isForProfile(entries: readonly Entry[]): boolean {
  return entries.some(({ key }) => {
    const name = key.join('.');
    return name === 'spring.config.activate.on-profile' || name === 'spring.profiles';
  });
}
