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
  private used = 0;
  private cut = 0;

  constructor(maxBytes: number) {
    this.room = maxBytes - RESERVE;
  }

  /** A paragraph or heading of its own. */
  block(text: string): void {
    if (!this.take(text)) this.cut += 1;
  }

  /** Entries under a heading; each is kept whole or left out. */
  list(heading: string, entries: readonly string[]): void {
    this.group(heading, entries, '');
  }

  /** Entries that a reader opens when wanted. `summary` is HTML. */
  details(summary: string, entries: readonly string[]): void {
    this.group(`<details><summary>${summary}</summary>`, entries, '</details>');
  }

  /** The page, with a final newline. */
  text(): string {
    const last =
      this.cut > 0
        ? [`_${this.cut} more did not fit on this page; \`--format json\` shows everything._`]
        : [];
    return `${[...this.blocks, ...last].join('\n\n')}\n`;
  }

  private group(opening: string, entries: readonly string[], closing: string): void {
    if (entries.length === 0) return;
    const frame = byteLength(opening) + byteLength(closing) + 6;
    const kept: string[] = [];
    let size = frame;
    for (const entry of entries) {
      const next = size + byteLength(entry) + 1;
      if (this.used + next > this.room) break;
      kept.push(entry);
      size = next;
    }
    this.cut += entries.length - kept.length;
    if (kept.length === 0) return;
    this.take([opening, kept.join('\n'), closing].filter((part) => part !== '').join('\n\n'));
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
