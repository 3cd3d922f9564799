import { asMap } from '../../untyped.ts';
import { callFunction } from './call.ts';
import { TooMuch } from './limits.ts';
import { Output } from './output.ts';
import { parseTemplate } from './parse.ts';
import { Scope } from './scope.ts';
import { TemplateSyntaxError, type Command, type Node, type Operand, type Pipe } from './syntax.ts';
import { HOLE, PLACEHOLDER, Unknown } from './unknown.ts';
import { fieldOf, sortedKeys, TemplateError, textOf, truthOf, type Method } from './values.ts';

/** Templates that include templates nest at most this deep. */
const MOST_NESTED = 30;
/** Far more than a chart of a person takes. */
const MOST_STEPS = 200_000;

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
  #steps = 0;
  #depth = 0;

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  /** @throws TooMuch when the template takes or makes more than is looked at. */
  run(nodes: readonly Node[], dot: unknown): string {
    const output = new Output();
    const scope = new Scope();
    scope.declare('', dot);
    this.#nodes(nodes, dot, scope, output);
    return output.text;
  }

  #nodes(nodes: readonly Node[], dot: unknown, scope: Scope, output: Output): void {
    for (const node of nodes) this.#node(node, dot, scope, output);
  }

  #node(node: Node, dot: unknown, scope: Scope, output: Output): void {
    this.#step();
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
    const test = truthOf(value);
    if (test === undefined) return this.#skip([...node.then, ...node.otherwise], scope, output);
    if (!test) return this.#nodes(node.otherwise, dot, inner, output);
    this.#nodes(node.then, node.kind === 'with' ? value : dot, inner, output);
  }

  #range(node: Extract<Node, { kind: 'range' }>, dot: unknown, scope: Scope, output: Output): void {
    const entries = entriesOf(this.#tried(node.pipe, dot, scope));
    if (!entries) return this.#skip([...node.then, ...node.otherwise], scope, output);
    if (entries.length === 0) return this.#nodes(node.otherwise, dot, new Scope(scope), output);
    const [first, second] = node.variables;
    for (const [key, value] of entries) {
      const inner = new Scope(scope);
      if (first !== undefined) inner.declare(first, second === undefined ? value : key);
      if (second !== undefined) inner.declare(second, value);
      this.#nodes(node.then, value, inner, output);
    }
  }

  /** What is written in a block that may not be there is not known, and neither is a variable that is changed in it. */
  #skip(nodes: readonly Node[], scope: Scope, output: Output): void {
    for (const name of assignedIn(nodes)) scope.assign(name, Unknown.of(name));
    if (!nodes.some(writes)) return;
    if (beginsDocument(nodes)) output.write('\n---\n');
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
    this.#step();
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
    return callFunction(name, [...values, ...piped], source);
  }

  #operand(operand: Operand, dot: unknown, scope: Scope, source: string): unknown {
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
    return callFunction(name, args, source);
  }

  #include(name: string, dot: unknown): unknown {
    const body = this.#definitions.get(name);
    return body ? this.#nested(body, dot) : Unknown.of(`include ${name}`);
  }

  /** `tpl`: a template that stands in a value. */
  #text(text: unknown, dot: unknown, source: string): unknown {
    if (text instanceof Unknown) return Unknown.of(source);
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
      return PLACEHOLDER.test(text) || text.includes(HOLE) ? new Unknown(text, true) : text;
    } finally {
      this.#depth -= 1;
    }
  }

  #step(): void {
    if (++this.#steps > MOST_STEPS) throw new TooMuch('the templates take too many steps');
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

/** Does it put anything into the output, white space aside? */
function writes(node: Node): boolean {
  switch (node.kind) {
    case 'text':
      return node.text.trim() !== '';
    case 'action':
      return !node.pipe.assigns;
    case 'define':
      return false;
    case 'template':
      return true;
    default:
      return [...node.then, ...node.otherwise].some(writes);
  }
}

/** Does what it writes begin with a separator of documents, so that the document before it ends there? */
function beginsDocument(nodes: readonly Node[]): boolean {
  const first = nodes.find(writes);
  if (first?.kind === 'text') return first.text.trimStart().startsWith('---');
  return first !== undefined && 'then' in first && beginsDocument(first.then);
}

function assignedIn(nodes: readonly Node[]): string[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'action') return node.pipe.assigns?.isNew === false ? [node.pipe.assigns.name] : [];
    return 'then' in node ? assignedIn([...node.then, ...node.otherwise]) : [];
  });
}
