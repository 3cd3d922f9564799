import { kept, type Work } from './limits.ts';
import { HOLE, Unknown } from './unknown.ts';
import { printed } from './values.ts';

/** What a template has written so far. */
export class Output {
  text = '';
  readonly #work: Work;
  /** Nothing but white space since the last line break: kept, for looking at the text each time would take its length. */
  #isAtLineStart = true;

  constructor(work: Work) {
    this.#work = work;
  }

  write(text: string): void {
    this.#work.over(text);
    this.text = kept(this.text + text);
    const line = text.slice(text.lastIndexOf('\n') + 1);
    this.#isAtLineStart = (this.#isAtLineStart || line.length < text.length) && BLANK.test(line);
  }

  /** Behind a key or a dash stands a placeholder; at the beginning of a line it could be anything: keys, or nothing. */
  print(value: unknown): void {
    const text = printed(value);
    if (!(text instanceof Unknown)) this.write(text);
    else if (text.isLaidOut || !this.#isAtLineStart) this.write(text.text);
    else this.hole();
  }

  hole(): void {
    this.write(`${this.#isAtLineStart ? '' : ' '}${HOLE}`);
  }
}

const BLANK = /^[ \t]*$/;
