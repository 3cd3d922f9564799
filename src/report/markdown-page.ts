const encoder = new TextEncoder();

/** Kept free for the sentence that says what was cut. */
const RESERVE = 200;

/**
 * A Markdown page that never exceeds a number of bytes. What is added first is what is kept; entries that no longer fit
 * are counted, and the page ends by saying so.
 */
export class MarkdownPage {
  private readonly blocks: string[] = [];
  private readonly room: number;
  private readonly elsewhere: string;
  private used = 0;
  private cut = 0;

  /** `elsewhere` is Markdown that says where everything can be read: `... shows everything`. */
  constructor(maxBytes: number, elsewhere: string) {
    this.room = maxBytes - RESERVE - byteLength(elsewhere);
    this.elsewhere = elsewhere;
  }

  /** A paragraph or heading of its own. */
  block(text: string): void {
    if (!this.take(text)) this.cut += 1;
  }

  /** Entries under a heading; each is kept whole or left out. */
  list(heading: string, entries: readonly string[]): void {
    this.group(heading, entries, '', this.room);
  }

  /**
   * Entries that a reader opens when wanted. `summary` is HTML. `share` bounds them to a part of the room that is left,
   * so that what comes after them has a place too.
   */
  details(summary: string, entries: readonly string[], share = 1): void {
    const room = this.used + Math.floor((this.room - this.used) * share);
    this.group(`<details><summary>${summary}</summary>`, entries, '</details>', room);
  }

  /** The page, with a final newline. */
  text(): string {
    const last = this.cut > 0 ? [`_${this.cut} more did not fit on this page; ${this.elsewhere}._`] : [];
    return `${[...this.blocks, ...last].join('\n\n')}\n`;
  }

  private group(opening: string, entries: readonly string[], closing: string, room: number): void {
    if (entries.length === 0) return;
    const frame = byteLength(opening) + byteLength(closing) + 6;
    const kept: string[] = [];
    let size = frame;
    for (const entry of entries) {
      const next = size + byteLength(entry) + 1;
      if (this.used + next > room) break;
      kept.push(entry);
      size = next;
    }
    this.cut += entries.length - kept.length;
    if (kept.length === 0) return;
    this.take([opening, kept.join('\n').trimEnd(), closing].filter((part) => part !== '').join('\n\n'));
  }

  private take(text: string): boolean {
    const size = byteLength(text) + 2;
    if (this.used + size > this.room) return false;
    this.blocks.push(text);
    this.used += size;
    return true;
  }
}

function byteLength(text: string): number {
  return encoder.encode(text).length;
}
