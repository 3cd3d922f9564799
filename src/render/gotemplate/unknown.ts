/** Stands in a rendered text for lines that could not be worked out: any keys or none. A comment, so that the rest stays YAML. */
export const HOLE = '#__CANNOT_TELL__';

/**
 * What an expression gives that cannot be worked out. Printed it is a placeholder by the shape of `isKnown`, the same for the
 * same expression.
 */
export class Unknown {
  /** What is printed. */
  readonly text: string;
  /** The text has the lines of the real one, with placeholders in them; else not even that is known. */
  readonly isLaidOut: boolean;

  constructor(text: string, isLaidOut = false) {
    this.text = text;
    this.isLaidOut = isLaidOut;
  }

  /** What the expression with this source gives. */
  static of(source: string): Unknown {
    const name = source
      .slice(0, LONGEST_SOURCE)
      .toUpperCase()
      .replace(/[^A-Z0-9]+/g, '_')
      .slice(0, LONGEST_NAME)
      .replace(/^[_0-9]+|_+$/g, '');
    return new Unknown(`__${name || 'UNKNOWN'}__`);
  }
}

const LONGEST_NAME = 60;
/** Far more of an expression than a name is made of. */
const LONGEST_SOURCE = 1000;

/** Placeholders of ours in a text that was put together of several. */
export const PLACEHOLDER = /__[A-Z][A-Z0-9_]*__/;
