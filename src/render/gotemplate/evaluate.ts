import { asMap } from '../../untyped.ts';
import { callFunction } from './call.ts';
import { factsOf } from './blocks.ts';
import { TooMuch, Work } from './limits.ts';
import { Output } from './output.ts';
import { parseTemplate } from './parse.ts';
import { Scope } from './scope.ts';
import { TemplateSyntaxError, type Command, type Node, type Operand, type Pipe } from './syntax.ts';
import { HOLE, PLACEHOLDER, Unknown } from './unknown.ts';
import { fieldOf, sortedKeys, TemplateError, textOf, truthOf, type Method } from './values.ts';

/** Templates that include templates nest at most this deep. */
const MOST_NESTED = 30;

/** Named templates of a chart and its subcharts. */
export type Definitions = Map<string, readonly Node[]>;

/** Collects what templates define; a later definition of a name wins. */
export function define(nodes: readonly Node[], into: Definitions): void {
  for (const node of nodes) if (node.kind === 'define') into.set(node.name, node.body);
}

/**
 * Works templates out as far as that can be done without the cluster: what hangs on something unknown becomes a placeholder, and
 * a block of which it is not known whether it is there becomes a `HOLE`.
 */
export class Evaluator {
  readonly #definitions: Definitions;
  readonly #work: Work;
  #depth = 0;

  constructor(definitions: Definitions, work: Work = Work.ofChart()) {
    this.#definitions = definitions;
    this.#work = work;
  }

  /** @throws TooMuch when the template takes or makes more than is looked at. */
  run(nodes: readonly Node[], dot: unknown): string {
    const output = new Output(this.#work);
    const scope = new Scope();
    scope.declare('', dot);
    this.#nodes(nodes, dot, scope, output);
    return output.text;
  }

  #nodes(nodes: readonly Node[], dot: unknown, scope: Scope, output: Output): void {
    for (const node of nodes) this.#node(node, dot, scope, output);
  }

  #node(node: Node, dot: unknown, scope: Scope, output: Output): void {
    this.#work.step();
    switch (node.kind) {
      case 'text':
        return output.write(node.text);
      case 'action': {
        const value = this.#tried(node.pipe, dot, scope);
        return node.pipe.assigns ? undefined : output.print(value);
      }
      case 'define':
        return undefined;
      case 'template':
        return output.print(this.#include(node.name, node.pipe && this.#tried(node.pipe, dot, scope)));
      case 'range':
        return this.#range(node, dot, scope, output);
      default:
        return this.#branch(node, dot, scope, output);
    }
  }

  #branch(node: Extract<Node, { kind: 'if' | 'with' }>, dot: unknown, scope: Scope, output: Output): void {
    const inner = new Scope(scope);
    const value = this.#tried(node.pipe, dot, inner);
    this.#work.over(value);
    const test = truthOf(value);
    if (test === undefined) return this.#skip(node, scope, output);
    if (!test) return this.#nodes(node.otherwise, dot, inner, output);
    this.#nodes(node.then, node.kind === 'with' ? value : dot, inner, output);
  }

  #range(node: Extract<Node, { kind: 'range' }>, dot: unknown, scope: Scope, output: Output): void {
    const value = this.#tried(node.pipe, dot, scope);
    this.#work.over(value);
    const entries = entriesOf(value);
    if (!entries) return this.#skip(node, scope, output);
    if (entries.length === 0) return this.#nodes(node.otherwise, dot, new Scope(scope), output);
    const [first, second] = node.variables;
    for (const [key, item] of entries) {
      this.#work.step();
      const inner = new Scope(scope);
      if (first !== undefined) inner.declare(first, second === undefined ? item : key);
      if (second !== undefined) inner.declare(second, item);
      this.#nodes(node.then, item, inner, output);
    }
  }

  /** What is written in a block that may not be there is not known, and neither is a variable that is changed in it. */
  #skip(block: Parameters<typeof factsOf>[0], scope: Scope, output: Output): void {
    const { assigned, writes, beginsDocument } = factsOf(block);
    this.#work.over(assigned);
    for (const name of assigned) scope.assign(name, Unknown.of(name));
    if (!writes) return;
    if (beginsDocument) output.write('\n---\n');
    output.hole();
  }

  /** The value; unknown where Helm would stop, since values that are given elsewhere may spare it that. */
  #tried(pipe: Pipe, dot: unknown, scope: Scope): unknown {
    try {
      return this.#pipe(pipe, dot, scope);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      const value = Unknown.of(pipe.source);
      if (pipe.assigns) this.#keep(pipe.assigns, value, scope);
      return value;
    }
  }

  #pipe(pipe: Pipe, dot: unknown, scope: Scope): unknown {
    let value: unknown;
    for (const [index, command] of pipe.commands.entries()) {
      value = this.#command(command, index > 0 ? [value] : [], dot, scope, pipe.source);
    }
    if (value instanceof Unknown && !value.isLaidOut) value = Unknown.of(pipe.source);
    if (pipe.assigns) this.#keep(pipe.assigns, value, scope);
    return value;
  }

  #keep({ name, isNew }: NonNullable<Pipe['assigns']>, value: unknown, scope: Scope): void {
    if (isNew) scope.declare(name, value);
    else scope.assign(name, value);
  }

  #command(command: Command, piped: readonly unknown[], dot: unknown, scope: Scope, source: string): unknown {
    this.#work.spend(1 + (command.length >> 2));
    const [head, ...rest] = command;
    if (!head) return undefined;
    const args = () => [...rest.map((operand) => this.#operand(operand, dot, scope, source)), ...piped];
    if (head.kind === 'function') {
      if (head.name === 'and' || head.name === 'or')
        return this.#shortened(head.name, rest, piped, dot, scope, source);
      return this.#call(head.name, args(), source);
    }
    const value = this.#operand(head, dot, scope, source);
    return typeof value === 'function' ? (value as Method)(...args()) : value;
  }

  /** `and` and `or` stop at the first operand that decides, so that what comes behind it need not make sense. */
  #shortened(
    name: 'and' | 'or',
    rest: readonly Operand[],
    piped: readonly unknown[],
    dot: unknown,
    scope: Scope,
    source: string,
  ): unknown {
    const values: unknown[] = [];
    for (const operand of rest) {
      const value = this.#operand(operand, dot, scope, source);
      values.push(value);
      if (truthOf(value) === (name === 'or')) break;
    }
    return callFunction(name, [...values, ...piped], source, this.#work);
  }

  #operand(operand: Operand, dot: unknown, scope: Scope, source: string): unknown {
    if ('path' in operand) this.#work.over(operand.path);
    switch (operand.kind) {
      case 'literal':
        return operand.value;
      case 'field':
        return fieldOf(dot, operand.path, source);
      case 'variable':
        return fieldOf(scope.get(operand.name), operand.path, source);
      case 'pipe':
        return fieldOf(this.#pipe(operand.pipe, dot, scope), operand.path, source);
      case 'function':
        return this.#call(operand.name, [], source);
    }
  }

  #call(name: string, args: readonly unknown[], source: string): unknown {
    if (name === 'include') return this.#include(textOf(args[0]), args[1]);
    if (name === 'tpl') return this.#text(args[0], args[1], source);
    return callFunction(name, args, source, this.#work);
  }

  #include(name: string, dot: unknown): unknown {
    const body = this.#definitions.get(name);
    return body ? this.#nested(body, dot) : Unknown.of(`include ${name}`);
  }

  /** `tpl`: a template that stands in a value. */
  #text(text: unknown, dot: unknown, source: string): unknown {
    if (text instanceof Unknown) return Unknown.of(source);
    this.#work.spend(textOf(text).length);
    if (!textOf(text).includes('{{')) return textOf(text);
    try {
      return this.#nested(parseTemplate(textOf(text)), dot);
    } catch (error) {
      if (error instanceof TemplateSyntaxError) throw new TemplateError(error.message);
      throw error;
    }
  }

  #nested(nodes: readonly Node[], dot: unknown): unknown {
    if (this.#depth >= MOST_NESTED) throw new TooMuch('the templates nest too deep');
    this.#depth += 1;
    try {
      const text = this.run(nodes, dot);
      this.#work.over(text);
      return PLACEHOLDER.test(text) || text.includes(HOLE) ? new Unknown(text, true) : text;
    } finally {
      this.#depth -= 1;
    }
  }
}

/** What `range` goes over, with the keys; `undefined`: cannot tell. */
function entriesOf(value: unknown): (readonly [unknown, unknown])[] | undefined {
  if (value === undefined || value === null) return [];
  if (value instanceof Unknown) return undefined;
  if (Array.isArray(value)) return value.map((item, index) => [index, item] as const);
  if (typeof value === 'number') return undefined;
  const map = asMap(value);
  return map && sortedKeys(map).map((key) => [key, map[key]] as const);
}
