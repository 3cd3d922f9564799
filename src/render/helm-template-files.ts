import { define, Evaluator, type Definitions } from './gotemplate/evaluate.ts';
import { TooMuch, Work } from './gotemplate/limits.ts';
import { parseTemplate } from './gotemplate/parse.ts';
import { TemplateSyntaxError, type Node } from './gotemplate/syntax.ts';

/** The templates of a chart, parsed once, with what they define for each other. */
export class TemplateFiles {
  readonly #text: (path: string) => string;
  readonly #parsed = new Map<string, readonly Node[] | undefined>();
  readonly #definitions: Definitions = new Map();
  readonly #evaluator: Evaluator;

  /**
   * @param text of the template at a path inside the chart
   * @param review what all charts of the review may cost together
   */
  constructor(text: (path: string) => string, review?: Work) {
    this.#text = text;
    this.#evaluator = new Evaluator(this.#definitions, Work.ofChart(review));
  }

  /** Makes known what these templates define; those of a chart come after its subcharts', and win. */
  define(paths: readonly string[]): void {
    for (const path of paths) define(this.#nodes(path) ?? [], this.#definitions);
  }

  /** What a template writes; `undefined` where that cannot be worked out. */
  run(path: string, dot: unknown): string | undefined {
    const nodes = this.#nodes(path);
    if (!nodes) return undefined;
    try {
      return this.#evaluator.run(nodes, dot);
    } catch (error) {
      if (error instanceof TooMuch) return undefined;
      throw error;
    }
  }

  #nodes(path: string): readonly Node[] | undefined {
    if (!this.#parsed.has(path)) this.#parsed.set(path, parsed(this.#text(path)));
    return this.#parsed.get(path);
  }
}

function parsed(text: string): readonly Node[] | undefined {
  try {
    return parseTemplate(text.replaceAll('\r\n', '\n'));
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return undefined;
    throw error;
  }
}
