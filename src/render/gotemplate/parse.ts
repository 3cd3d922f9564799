import { parsePipe } from './parse-pipe.ts';
import { piecesOf, type Piece } from './pieces.ts';
import { TemplateSyntaxError, type Node } from './syntax.ts';
import { tokensOf, type Token } from './tokens.ts';

/** Blocks nest at most this deep. */
const MOST_NESTED = 60;

/**
 * A template of Go's `text/template`.
 * @throws TemplateSyntaxError for text that is none, and for the few things charts hardly use (`break`, `continue`).
 */
export function parseTemplate(template: string): Node[] {
  const reader = new Reader(piecesOf(template));
  const { nodes, end } = reader.body(0);
  if (end !== undefined) throw new TemplateSyntaxError(`"${end.word}" ends nothing`);
  return nodes;
}

interface End {
  readonly word: 'end' | 'else';
  readonly rest: readonly Token[];
  readonly source: string;
}

interface Body {
  readonly nodes: Node[];
  readonly end: End | undefined;
}

class Reader {
  readonly #pieces: readonly Piece[];
  #at = 0;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  /** Up to `else`, `end` or the end of the text. */
  body(depth: number): Body {
    if (depth > MOST_NESTED) throw new TemplateSyntaxError('blocks nest too deep');
    const nodes: Node[] = [];
    while (this.#at < this.#pieces.length) {
      const piece = this.#pieces[this.#at++];
      if (!piece || piece.kind === 'text') {
        if (piece) nodes.push({ kind: 'text', text: piece.text });
        continue;
      }
      const tokens = tokensOf(piece.text);
      const [first] = tokens;
      const word = first?.kind === 'word' ? first.text : '';
      const rest = tokens.slice(1);
      if (word === 'end' || word === 'else') return { nodes, end: { word, rest, source: piece.text } };
      nodes.push(...this.#action(word, tokens, piece.text, depth));
    }
    return { nodes, end: undefined };
  }

  #action(word: string, tokens: readonly Token[], source: string, depth: number): Node[] {
    const rest = tokens.slice(1);
    switch (word) {
      case 'if':
      case 'with':
      case 'range':
        return [this.#block(word, rest, source, depth)];
      case 'define':
        return [{ kind: 'define', name: nameIn(rest), body: this.#closed(depth) }];
      case 'block': {
        const name = nameIn(rest);
        const body = this.#closed(depth);
        return [
          { kind: 'define', name, body },
          { kind: 'template', name, pipe: argumentIn(rest, source) },
        ];
      }
      case 'template':
        return [{ kind: 'template', name: nameIn(rest), pipe: argumentIn(rest, source) }];
      case 'break':
      case 'continue':
        throw new TemplateSyntaxError(`"${word}" is not understood`);
      default:
        return tokens.length === 0 ? [] : [{ kind: 'action', pipe: parsePipe(tokens, source) }];
    }
  }

  #block(kind: 'if' | 'with' | 'range', rest: readonly Token[], source: string, depth: number): Node {
    const { pipe, variables } = kind === 'range' ? rangeOf(rest, source) : plain(rest, source);
    const { nodes: then, end } = this.body(depth + 1);
    const otherwise = this.#otherwise(end, depth);
    return kind === 'range' ? { kind, variables, pipe, then, otherwise } : { kind, pipe, then, otherwise };
  }

  /** What follows `else`, where `else if` is a block in the branch, with one `end` for both. */
  #otherwise(end: End | undefined, depth: number): Node[] {
    if (end === undefined) throw new TemplateSyntaxError('a block does not end');
    if (end.word === 'end') return [];
    const [, next, ...rest] = end.rest;
    if (next?.kind === 'word' && (next.text === 'if' || next.text === 'with')) {
      return [this.#block(next.text, rest, end.source, depth + 1)];
    }
    const body = this.body(depth + 1);
    if (body.end?.word !== 'end') throw new TemplateSyntaxError('a block does not end');
    return body.nodes;
  }

  #closed(depth: number): Node[] {
    const { nodes, end } = this.body(depth + 1);
    if (end?.word !== 'end') throw new TemplateSyntaxError('a definition does not end');
    return nodes;
  }
}

interface Head {
  readonly pipe: ReturnType<typeof parsePipe>;
  readonly variables: readonly string[];
}

function plain(tokens: readonly Token[], source: string): Head {
  return { pipe: parsePipe(tokens, source), variables: [] };
}

/** `$key, $value := .Values.hosts`. */
function rangeOf(tokens: readonly Token[], source: string): Head {
  const sign = tokens.findIndex((token) => token.kind === 'sign' && token.text === ':=');
  if (sign < 0) return plain(tokens, source);
  const variables = tokens
    .slice(0, sign)
    .flatMap((token) => (token.kind === 'variable' ? [token.text.slice(1)] : []));
  return { pipe: parsePipe(tokens.slice(sign + 1), source), variables };
}

function nameIn(tokens: readonly Token[]): string {
  const name = tokens.find(({ kind }) => kind !== 'space');
  if (name?.kind === 'literal' && typeof name.value === 'string') return name.value;
  throw new TemplateSyntaxError('a definition has no name');
}

function argumentIn(tokens: readonly Token[], source: string): ReturnType<typeof parsePipe> | undefined {
  const name = tokens.findIndex(({ kind }) => kind === 'literal');
  const rest = tokens.slice(name + 1).filter(({ kind }, index) => index > 0 || kind !== 'space');
  return rest.length === 0 ? undefined : parsePipe(rest, source);
}
