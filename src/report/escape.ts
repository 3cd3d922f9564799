/**
 * Everything a repository wrote is a stranger's text: file names, resource names, values inside messages. Each sink has
 * its own way of being hurt by it, and so its own function here. Renderers pass every such text through exactly one.
 */

/** Controls, line breaks, bidirectional marks, zero-width characters, other format characters, halves of surrogate pairs. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const NAMED_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Characters that cannot be seen, or that move others about, written out: `\n`, `\x1b`, `\u202e`. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => NAMED_ESCAPES[character] ?? codePointEscape(character));
}

function codePointEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}

/** At most `most` UTF-16 units of a text, with a mark where it was cut; no character is cut in two. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** One line for a terminal or a log: no escape sequences, no control characters, no line breaks. */
export function terminalText(text: string): string {
  return visible(text);
}

/** Breaks a word without showing. Written as an entity, so that whoever reads the source sees it. */
const BREAK = '&#8203;';

/**
 * One line of GitHub-flavoured Markdown that renders as the text itself. Mentions, issue references and links are made
 * from the rendered text, where a backslash no longer protects, so those are broken by an invisible character.
 */
export function markdownText(text: string): string {
  return htmlText(text)
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/\$/g, '<span>$</span>') // GitHub's own advice: a backslash does not stop `$x$` from becoming mathematics.
    .replace(/^( *)([-+=#]|\d+(?=[.)]))/, blockMarker);
}

/** One line inside an HTML element of a Markdown page (`<summary>`), where Markdown itself is not read. */
export function htmlText(text: string): string {
  return visible(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/#(?=\d)/g, `#${BREAK}`)
    .replace(/@(?=[a-zA-Z0-9])/g, `@${BREAK}`)
    .replace(/(GH)-(?=\d)/gi, `$1-${BREAK}`)
    .replace(/:(?=\/\/)/g, `:${BREAK}`)
    .replace(/(www)\./gi, `$1${BREAK}.`)
    .replace(/:(?=[\w+-]+:)/g, `:${BREAK}`);
}

/** What would begin a list, a heading or a rule at the start of a line. */
function blockMarker(_: string, spaces: string, marker: string): string {
  return /\d/.test(marker) ? `${spaces}${marker}${BREAK}` : `${spaces}\\${marker}`;
}

/** A code span that holds exactly this text. GitHub looks for no mention, reference or link inside one. */
export function markdownCode(text: string): string {
  const content = visible(text);
  if (content.trim() === '') return '` `';
  const fence = '`'.repeat(longestRun(content, '`') + 1);
  const padding = /^[` ]|[` ]$/.test(content) ? ' ' : '';
  return `${fence}${padding}${content}${padding}${fence}`;
}

/** A fenced block of several lines, each shown as it is. */
export function markdownFence(text: string, language: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.split('\t').map(visible).join('\t'));
  const content = lines.join('\n').replace(/\n+$/, '');
  const fence = '`'.repeat(Math.max(3, longestRun(content, '`') + 1));
  return `${fence}${language}\n${content}\n${fence}`;
}

/** The longest unbroken run of one character, for fences that nothing inside can close. */
export function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const each of text) {
    run = each === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** The destination of a Markdown link: an absolute URL of ours with a repository's path in it. */
export function markdownUrl(base: string, path: string): string {
  return `${base}${uriPath(path)}`;
}

/** A repository path as a relative URI: each segment percent-encoded, also where Markdown would end a link. */
export function uriPath(path: string): string {
  return path.split('/').map(uriSegment).join('/');
}

function uriSegment(segment: string): string {
  const sound = segment.replace(/\p{Cs}/gu, '\ufffd');
  return encodeURIComponent(sound).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The message of a workflow command (`::error ...::message`). Line breaks that we put there survive. */
export function commandMessage(lines: readonly string[]): string {
  return lines.map((line) => visible(line).replaceAll('%', '%25')).join('%0A');
}

/** A property of a workflow command (`file=...`), where a comma or a colon would end it. */
export function commandProperty(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
}

const XML_ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text or attribute value of XML 1.0. What XML cannot hold (most controls, U+FFFE) is written out. */
export function xmlText(text: string): string {
  return visible(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => XML_ENTITIES[character] ?? '');
}

/**
 * JSON with two spaces of indentation and a final newline. Values survive unchanged; characters that hide or reorder text
 * are written as `\uXXXX`, so that a terminal or a page may show the file as it is.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  return `${text.replace(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/gu, jsonEscape)}\n`;
}

function jsonEscape(character: string): string {
  return Array.from({ length: character.length }, (_, i) => {
    return `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`;
  }).join('');
}

/** Characters of a Mermaid label before the rest is cut. */
const LONGEST_LABEL = 48;

/**
 * A text inside a quoted Mermaid label. Mermaid reads Markdown, HTML and directives in there, so everything but letters,
 * digits and what names are made of is written as an entity of its own kind (`#NN;`).
 */
export function mermaidText(text: string): string {
  const shown = visible(text);
  const characters = Array.from(shown);
  const cut =
    characters.length > LONGEST_LABEL ? [...characters.slice(0, LONGEST_LABEL - 1), '…'] : characters;
  return cut.map((one) => (/[A-Za-z0-9 ./…-]/.test(one) ? one : `#${one.codePointAt(0) ?? 0};`)).join('');
}
