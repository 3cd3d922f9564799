import { kept } from './limits.ts';
import { HOLE, Unknown } from './unknown.ts';
import { printed } from './values.ts';

/** What a template has written so far. */
export class Output {
  text = '';

  write(text: string): void {
    this.text = kept(this.text + text);
  }

  /** Behind a key or a dash stands a placeholder; at the beginning of a line it could be anything: keys, or nothing. */
  print(value: unknown): void {
    const text = printed(value);
    if (!(text instanceof Unknown)) this.write(text);
    else if (text.isLaidOut || !this.#isAtLineStart()) this.write(text.text);
    else this.hole();
  }

  hole(): void {
    this.write(`${this.#isAtLineStart() ? '' : ' '}${HOLE}`);
  }

  #isAtLineStart(): boolean {
    return /(?:^|\n)[ \t]*$/.test(this.text.slice(-200));
  }
}
