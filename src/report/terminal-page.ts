import { wrapped, type Line, type Paint } from './terminal-layout.ts';

/** A report for a terminal, line by line: everything a stranger wrote is escaped on its way in. */
export class TerminalPage {
  private readonly lines: string[] = [];
  readonly paint: Paint;
  private readonly width: number;

  constructor(paint: Paint, width: number) {
    this.paint = paint;
    this.width = width;
  }

  blank(): void {
    this.lines.push('');
  }

  /** A line of ours that is already escaped and painted. */
  ready(line: string): void {
    this.lines.push(line);
  }

  write(text: string, line: Line): void {
    this.lines.push(...wrapped(text, this.width, this.paint, line));
  }

  title(text: string): void {
    this.blank();
    this.write(text, { indent: 0, style: 'strong' });
  }

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }
}
