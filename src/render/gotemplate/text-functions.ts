import { MOST_TEXT, TooMuch } from './limits.ts';
import { TemplateError, textOf, type TemplateFunction } from './values.ts';

/** Sprig's functions on texts; the text comes last, so that it can be piped in. */
export const TEXT_FUNCTIONS: readonly (readonly [string, TemplateFunction])[] = [
  ['toString', (text) => textOf(text)],
  ['lower', (text) => textOf(text).toLowerCase()],
  ['upper', (text) => textOf(text).toUpperCase()],
  [
    'title',
    (text) =>
      textOf(text).replace(/(^|\s)(\S)/g, (_, space: string, first: string) => space + first.toUpperCase()),
  ],
  ['trim', (text) => textOf(text).trim()],
  ['trimAll', (cut, text) => withoutSuffix(withoutPrefix(textOf(text), textOf(cut)), textOf(cut))],
  ['trimPrefix', (cut, text) => withoutPrefix(textOf(text), textOf(cut), 1)],
  ['trimSuffix', (cut, text) => withoutSuffix(textOf(text), textOf(cut), 1)],
  ['trunc', (length, text) => truncated(Number(length), textOf(text))],
  ['replace', (old, now, text) => replaced(textOf(text), textOf(old), textOf(now))],
  ['contains', (part, text) => textOf(text).includes(textOf(part))],
  ['hasPrefix', (part, text) => textOf(text).startsWith(textOf(part))],
  ['hasSuffix', (part, text) => textOf(text).endsWith(textOf(part))],
  ['print', (...values) => values.map(textOf).join('')],
  ['println', (...values) => `${values.map(textOf).join(' ')}\n`],
  ['cat', (...values) => values.map(textOf).join(' ')],
  ['nospace', (text) => textOf(text).replace(/\s/g, '')],
  ['printf', (format, ...values) => formatted(textOf(format), values)],
  ['b64enc', (text) => Buffer.from(textOf(text)).toString('base64')],
];

function withoutPrefix(text: string, cut: string, most = 100): string {
  let rest = text;
  for (let times = 0; times < most && cut !== '' && rest.startsWith(cut); times++)
    rest = rest.slice(cut.length);
  return rest;
}

function withoutSuffix(text: string, cut: string, most = 100): string {
  let rest = text;
  for (let times = 0; times < most && cut !== '' && rest.endsWith(cut); times++)
    rest = rest.slice(0, -cut.length);
  return rest;
}

function replaced(text: string, old: string, now: string): string {
  if (text.length * Math.max(now.length, 1) > MOST_TEXT)
    throw new TooMuch('the templates make too much text');
  return text.replaceAll(old, () => now);
}

function truncated(length: number, text: string): string {
  return length < 0 ? text.slice(length) : text.slice(0, length);
}

/** `%s`, `%d`, `%v`, `%t`, `%q` and `%%` of Go's formats, without widths. */
function formatted(format: string, values: readonly unknown[]): string {
  let next = 0;
  return format.replace(/%(.?)/g, (_, verb: string) => {
    if (verb === '%') return '%';
    const value = values[next++];
    if (verb === 'q') return JSON.stringify(textOf(value));
    const isText = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    if (!/[sdvt]/.test(verb) || !isText) throw new TemplateError('a format is not understood');
    return textOf(value);
  });
}
