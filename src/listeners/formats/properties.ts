import { bare, isForProfile, listItems, LONGEST_LINE, MOST_ENTRIES, type Entry } from './entry.ts';

/**
 * `key=value`, `key: value` or `key value`, one a line; `#`, `!` and `;` begin a comment. Spring's documents (`#---`) that
 * hold for a profile only are left out.
 */
export function propertiesEntries(text: string): Entry[] {
  const entries: Entry[] = [];
  let document: Entry[] = [];
  const close = (): void => {
    if (!isForProfile(document)) entries.push(...document);
    document = [];
  };
  text.split('\n').forEach((line, number) => {
    if (line.length > LONGEST_LINE || entries.length + document.length >= MOST_ENTRIES) return;
    if (/^[#!]---\s*$/.test(line)) close();
    const match = /^\s*([^\s#!;=:][^\s=:]*)(?:\s*[=:]\s*|\s+)(\S.*)?$/.exec(line);
    if (!match) return;
    const [, key = '', value = ''] = match;
    document.push({ key: key.split('.'), value: bare(withoutComment(value)), line: () => number });
  });
  close();
  return entries;
}

/** `[section]`, `key = value`, `key value`; TOML's lists and dotted sections too. */
export function iniEntries(text: string): Entry[] {
  const entries: Entry[] = [];
  let section: string[] = [];
  let block = 0;
  text.split('\n').forEach((line, number) => {
    if (line.length > LONGEST_LINE || entries.length >= MOST_ENTRIES) return;
    const header = /^\s*\[{1,2}([^[\]]+)\]{1,2}/.exec(line);
    if (header) {
      section = (header[1] ?? '').trim().split('.').map(bare);
      block += 1;
      return;
    }
    // netdata writes names of several words.
    const match = /^\s*([^\s#;=[\]]+(?: [^\s#;=[\]]+){0,5})\s*=\s*(\S.*)?$/.exec(line);
    if (!match) return;
    const value = withoutComment(match[2] ?? '').trim();
    const list = value.startsWith('[');
    entries.push({
      key: [...section, ...bare(match[1] ?? '').split('.')],
      value: list ? listItems(value) : bare(value),
      block,
      line: () => number,
    });
  });
  return entries;
}

/** A comment behind a value begins with a space and a `#` or `;`. */
function withoutComment(value: string): string {
  const comment = value.search(/\s[#;]/);
  return comment < 0 || /^["']/.test(value) ? value : value.slice(0, comment);
}
