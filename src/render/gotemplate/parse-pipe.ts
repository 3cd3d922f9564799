import { TemplateSyntaxError, type Command, type Operand, type Pipe } from './syntax.ts';
import type { Token } from './tokens.ts';

/** Parentheses nest at most this deep. */
const MOST_NESTED = 40;

/** What stands in an action. @throws TemplateSyntaxError */
export function parsePipe(tokens: readonly Token[], source: string): Pipe {
  const reader = new PipeReader(tokens, source);
  const pipe = reader.pipe(0);
  if (!reader.isAtEnd) throw new TemplateSyntaxError(`"${source}" is not understood`);
  return pipe;
}

class PipeReader {
  readonly #tokens: readonly Token[];
  readonly #source: string;
  #at = 0;

  constructor(tokens: readonly Token[], source: string) {
    this.#tokens = tokens;
    this.#source = source;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Up to the closing parenthesis, or the end. */
  pipe(depth: number): Pipe {
    if (depth > MOST_NESTED) throw new TemplateSyntaxError('parentheses nest too deep');
    const assigns = this.#assignment();
    const commands: Command[] = [];
    for (;;) {
      const command = this.#command(depth);
      if (command.length === 0) throw new TemplateSyntaxError(`"${this.#source}" lacks a value`);
      commands.push(command);
      if (!this.#takes('|')) return { assigns, commands, source: this.#source };
    }
  }

  #assignment(): Pipe['assigns'] {
    const before = this.#at;
    this.#skipSpace();
    const variable = this.#tokens[this.#at];
    if (variable?.kind === 'variable' && !variable.text.includes('.')) {
      this.#at += 1;
      const isNew = this.#takes(':=');
      if (isNew || this.#takes('=')) return { name: variable.text.slice(1), isNew };
    }
    this.#at = before;
    return undefined;
  }

  #command(depth: number): Command {
    const operands: Operand[] = [];
    for (;;) {
      this.#skipSpace();
      const token = this.#tokens[this.#at];
      if (token === undefined || (token.kind === 'sign' && token.text !== '(')) return operands;
      this.#at += 1;
      operands.push(token.kind === 'sign' ? this.#inParentheses(depth) : operandOf(token));
    }
  }

  #inParentheses(depth: number): Operand {
    const pipe = this.pipe(depth + 1);
    if (!this.#takes(')')) throw new TemplateSyntaxError('a parenthesis does not end');
    const next = this.#tokens[this.#at];
    if (next?.kind !== 'field' || next.text === '.') return { kind: 'pipe', pipe, path: [] };
    this.#at += 1;
    return { kind: 'pipe', pipe, path: pathOf(next.text) };
  }

  #takes(sign: string): boolean {
    const before = this.#at;
    this.#skipSpace();
    const token = this.#tokens[this.#at];
    if (token?.kind === 'sign' && token.text === sign) {
      this.#at += 1;
      return true;
    }
    this.#at = before;
    return false;
  }

  #skipSpace(): void {
    while (this.#tokens[this.#at]?.kind === 'space') this.#at += 1;
  }
}

const CONSTANTS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['nil', undefined],
]);

function operandOf(token: Token): Operand {
  switch (token.kind) {
    case 'literal':
      return { kind: 'literal', value: token.value };
    case 'field':
      return { kind: 'field', path: pathOf(token.text) };
    case 'variable': {
      const [name = '', ...path] = token.text.slice(1).split('.');
      return { kind: 'variable', name, path };
    }
    default:
      return CONSTANTS.has(token.text)
        ? { kind: 'literal', value: CONSTANTS.get(token.text) }
        : { kind: 'function', name: token.text };
  }
}

function pathOf(field: string): string[] {
  return field.split('.').filter((step) => step !== '');
}
