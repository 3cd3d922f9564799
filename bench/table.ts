import type { Layout } from './repository.ts';

/** One repository's medians. Times in milliseconds, memory in MB (peak resident size). */
export interface Row {
  readonly resources: number;
  readonly layout: Layout;
  readonly files: number;
  readonly bytes: number;
  readonly ms: number;
  readonly phases: Readonly<Record<string, number>>;
  readonly yamlMs: number;
  /** The review's time by js-yaml's. */
  readonly ratio: number;
  /** The same for CPU time, on which a busy machine has less influence. */
  readonly cpuRatio: number;
  readonly megabytes: number;
  readonly yamlMegabytes: number;
  readonly summary: string;
}

/** The rows for a person, as aligned columns. */
export function table(rows: readonly Row[]): string {
  const phases = Object.keys(rows[0]?.phases ?? {});
  const head = [
    'resources',
    'layout',
    'files',
    'MB',
    ...phases,
    'total ms',
    'MB/s',
    'js-yaml ms',
    'ratio',
    'cpu ratio',
    'peak MB',
  ];
  const body = rows.map((row) => [
    String(row.resources),
    row.layout,
    String(row.files),
    (row.bytes / 1e6).toFixed(2),
    ...phases.map((phase) => (row.phases[phase] ?? 0).toFixed(0)),
    row.ms.toFixed(0),
    (row.bytes / 1e3 / row.ms).toFixed(1),
    row.yamlMs.toFixed(0),
    row.ratio.toFixed(2),
    row.cpuRatio.toFixed(2),
    String(row.megabytes),
  ]);
  const widths = head.map((title, i) =>
    Math.max(title.length, ...body.map((cells) => cells[i]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => cell.padStart(widths[i] ?? 0)).join('  ');
  return [line(head), ...body.map((cells, i) => `${line(cells)}  ${rows[i]?.summary ?? ''}`)].join('\n');
}
