import { TemplateSyntaxError } from './syntax.ts';

export type Token =
  | { readonly kind: 'space' | 'field' | 'variable' | 'word'; readonly text: string }
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'sign'; readonly text: string };

/** None of these can run over the same characters twice. */
const SHAPES: readonly (readonly [kind: Token['kind'] | 'raw' | 'number', shape: RegExp])[] = [
  ['space', /\s+/y],
  ['literal', /"(?:[^"\\\n]|\\.)*"/y],
  ['raw', /`[^`]*`/y],
  ['field', /(?:\.[A-Za-z_]\w*)+|\./y],
  ['variable', /\$(?:[A-Za-z_]\w*)?(?:\.[A-Za-z_]\w*)*/y],
  ['number', /[+-]?\d+(?:\.\d+)?/y],
  ['word', /[A-Za-z_]\w*/y],
  ['sign', /:=|[=|(),]/y],
];

/** The tokens of an action. @throws TemplateSyntaxError */
export function tokensOf(action: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < action.length) {
    const [token, length] = tokenAt(action, at);
    tokens.push(token);
    at += length;
  }
  return tokens;
}

function tokenAt(action: string, at: number): [Token, number] {
  for (const [kind, shape] of SHAPES) {
    shape.lastIndex = at;
    const text = shape.exec(action)?.[0];
    if (text === undefined) continue;
    if (kind === 'raw') return [{ kind: 'literal', value: text.slice(1, -1) }, text.length];
    if (kind === 'number') return [{ kind: 'literal', value: Number(text) }, text.length];
    if (kind === 'literal') return [{ kind, value: unquoted(text) }, text.length];
    return [{ kind, text }, text.length];
  }
  throw new TemplateSyntaxError(`"${action.slice(at, at + 20)}" is not understood`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

function unquoted(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/g, (_, character: string) => {
    const meant = Object.hasOwn(ESCAPES, character) ? ESCAPES[character] : undefined;
    if (meant === undefined) throw new TemplateSyntaxError(`"\\${character}" is not understood`);
    return meant;
  });
}
