import { HclError, type HclBlock, type HclBody, type HclValue } from './hcl.ts';
import { hclTokens, type HclToken } from './hcl-tokens.ts';

/** Blocks, lists and mappings nest at most this deep. */
const MOST_NESTED = 50;

/**
 * A file of Terraform, as far as a reader without its functions understands it: literals, lists, mappings, references and calls;
 * operators, conditions and `for` give `unknown`.
 * @throws HclError
 */
export function parseHcl(source: string): HclBody {
  const reader = new Reader(hclTokens(source));
  const body = reader.body(0);
  if (!reader.isAtEnd) throw new HclError('a bracket is too much');
  return body;
}

class Reader {
  readonly #tokens: readonly HclToken[];
  #at = 0;

  constructor(tokens: readonly HclToken[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#peek().kind === 'end';
  }

  /** Attributes and blocks, up to a closing brace. */
  body(depth: number): HclBody {
    if (depth > MOST_NESTED) throw new HclError('blocks nest too deep');
    const attributes = new Map<string, HclValue>();
    const blocks: HclBlock[] = [];
    for (;;) {
      this.#skipNewlines();
      const token = this.#peek();
      if (token.kind === 'end' || isSign(token, '}')) return { attributes, blocks };
      const name = this.#next().text;
      if (token.kind !== 'word' && token.kind !== 'text')
        throw new HclError(`line ${token.line} is not understood`);
      if (this.#takes('=')) attributes.set(name, this.#expression(depth + 1));
      else blocks.push(this.#block(name, token.line, depth));
    }
  }

  #block(type: string, line: number, depth: number): HclBlock {
    const labels: string[] = [];
    while (this.#peek().kind === 'text' || this.#peek().kind === 'word') labels.push(this.#next().text);
    if (!this.#takes('{')) throw new HclError(`line ${line} is not understood`);
    const body = this.body(depth + 1);
    if (!this.#takes('}')) throw new HclError('a block does not end');
    return { type, labels, body, line };
  }

  /** An expression; what is not understood is passed over up to where the expression ends. */
  #expression(depth: number): HclValue {
    if (depth > MOST_NESTED) throw new HclError('values nest too deep');
    const { line } = this.#peek();
    const value = this.#term(depth);
    if (this.#isBehindExpression()) return value;
    this.#passOver();
    return { kind: 'unknown', line };
  }

  #term(depth: number): HclValue {
    const token = this.#peek();
    const { line } = token;
    if (token.kind === 'text') return textValue(this.#next());
    if (token.kind === 'number') return { kind: 'scalar', value: Number(this.#next().text), line };
    if (isSign(token, '[')) return this.#list(depth, line);
    if (isSign(token, '{')) return this.#map(depth, line);
    if (token.kind !== 'word') return { kind: 'unknown', line };
    this.#next();
    if (CONSTANTS.has(token.text)) return { kind: 'scalar', value: CONSTANTS.get(token.text) ?? null, line };
    if (this.#takes('(')) return this.#call(token.text, depth, line);
    return this.#reference(token.text, line);
  }

  #list(depth: number, line: number): HclValue {
    this.#next();
    const items: HclValue[] = [];
    for (;;) {
      this.#skipNewlines();
      if (this.#takes(']')) return { kind: 'list', items, line };
      if (this.#peek().text === 'for' || this.isAtEnd) return this.#unknownUpTo(']', line);
      items.push(this.#item(depth));
    }
  }

  #map(depth: number, line: number): HclValue {
    this.#next();
    const entries = new Map<string, HclValue>();
    for (;;) {
      this.#skipNewlines();
      if (this.#takes('}')) return { kind: 'map', entries, line };
      const key = this.#peek();
      if ((key.kind !== 'word' && key.kind !== 'text') || key.text === 'for')
        return this.#unknownUpTo('}', line);
      this.#next();
      if (!this.#takes('=') && !this.#takes(':')) return this.#unknownUpTo('}', line);
      entries.set(key.text, this.#expression(depth + 1));
      this.#skipNewlines();
      this.#takes(',');
    }
  }

  #call(name: string, depth: number, line: number): HclValue {
    const args: HclValue[] = [];
    for (;;) {
      this.#skipNewlines();
      if (this.#takes(')')) return { kind: 'call', name, args, line };
      if (this.isAtEnd) throw new HclError('a call does not end');
      args.push(this.#item(depth));
    }
  }

  /** One value of a list or a call, and the comma behind it. A bracket that closes neither would be come upon again for ever. */
  #item(depth: number): HclValue {
    const start = this.#at;
    const value = this.#expression(depth + 1);
    this.#skipNewlines();
    this.#takes(',');
    if (this.#at === start) throw new HclError('a bracket does not match');
    return value;
  }

  /** `var.charts["istiod"].version`. */
  #reference(first: string, line: number): HclValue {
    const path = [first];
    for (;;) {
      if (this.#takes('.')) path.push(this.#next().text);
      else if (isSign(this.#peek(), '[') && this.#tokens[this.#at + 1]?.kind === 'text') {
        this.#next();
        path.push(this.#next().text);
        if (!this.#takes(']')) return { kind: 'unknown', line };
      } else return { kind: 'reference', path, line };
    }
  }

  #isBehindExpression(): boolean {
    const token = this.#peek();
    return (
      token.kind === 'newline' ||
      token.kind === 'end' ||
      (token.kind === 'sign' && ',]})'.includes(token.text))
    );
  }

  /** The rest of an expression with operators, on this line and inside its brackets. */
  #passOver(): void {
    let open = 0;
    for (;;) {
      const token = this.#peek();
      if (token.kind === 'end' || (open === 0 && this.#isBehindExpression())) return;
      if (token.kind === 'sign' && '([{'.includes(token.text)) open += 1;
      if (token.kind === 'sign' && ')]}'.includes(token.text)) open -= 1;
      this.#next();
    }
  }

  #unknownUpTo(end: string, line: number): HclValue {
    let open = 0;
    for (;;) {
      const token = this.#next();
      if (token.kind === 'end') throw new HclError('a bracket does not end');
      if (token.kind !== 'sign') continue;
      if (open === 0 && token.text === end) return { kind: 'unknown', line };
      if ('([{'.includes(token.text)) open += 1;
      if (')]}'.includes(token.text)) open -= 1;
    }
  }

  #peek(): HclToken {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', line: 0 };
  }

  #next(): HclToken {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }

  #takes(sign: string): boolean {
    if (!isSign(this.#peek(), sign)) return false;
    this.#at += 1;
    return true;
  }

  #skipNewlines(): void {
    while (this.#peek().kind === 'newline') this.#at += 1;
  }
}

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

function isSign(token: HclToken, sign: string): boolean {
  return token.kind === 'sign' && token.text === sign;
}

const INTERPOLATION = /[$%]\{([^{}]*)\}/g;
const PLAIN_REFERENCE = /^[A-Za-z_]\w*(?:\.[\w-]+)+$/;

/** A text: as it is, or its parts where it holds `${...}`. */
function textValue({ text, line, isRaw }: HclToken): HclValue {
  const parts: (string | HclValue)[] = [];
  let at = 0;
  for (const match of text.matchAll(INTERPOLATION)) {
    parts.push(unescaped(text.slice(at, match.index), isRaw));
    const inside = (match[1] ?? '').trim();
    const path = inside.split('.');
    parts.push(PLAIN_REFERENCE.test(inside) ? { kind: 'reference', path, line } : { kind: 'unknown', line });
    at = match.index + match[0].length;
  }
  if (parts.length === 0) return { kind: 'scalar', value: unescaped(text, isRaw), line };
  return { kind: 'text', parts: [...parts, unescaped(text.slice(at), isRaw)], line };
}

function unescaped(text: string, isRaw = false): string {
  if (isRaw) return text;
  return text.replace(
    /\\([nrt"\\])/g,
    (_, character: string) => ({ n: '\n', r: '\r', t: '\t' })[character] ?? character,
  );
}
