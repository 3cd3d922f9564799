import { parseIstioVersion } from '../../src/facts/versions.ts';

/** The newest patch of each minor among version texts such as `v1.31.2`; pre-releases do not count. */
export function latestPatches(versions: readonly string[]): Map<number, number> {
  const latest = new Map<number, number>();
  for (const text of versions) {
    const version = /^v?\d+\.\d+\.\d+$/.test(text) ? parseIstioVersion(text) : undefined;
    if (version?.patch === undefined) continue;
    latest.set(version.minor, Math.max(version.patch, latest.get(version.minor) ?? 0));
  }
  return latest;
}

const TABLE = /(const LATEST_PATCH: ReadonlyMap<number, number> = new Map\(\[\n)([\s\S]*?)(\]\);)/;

/**
 * The source of `src/facts/releases.ts` with its table brought up to date: a patch never goes back, a minor never goes away.
 * @throws Error when the table is not found.
 */
export function withPatches(source: string, latest: ReadonlyMap<number, number>): string {
  const written = TABLE.exec(source);
  if (!written) throw new Error('releases.ts has no table LATEST_PATCH');
  const merged = new Map<number, number>();
  for (const [, minor, patch] of (written[2] ?? '').matchAll(/\[(\d+), (\d+)\]/g)) {
    merged.set(Number(minor), Number(patch));
  }
  const oldest = Math.min(...merged.keys());
  for (const [minor, patch] of latest) {
    if (minor >= oldest) merged.set(minor, Math.max(patch, merged.get(minor) ?? 0));
  }
  const rows = [...merged].sort(([a], [b]) => a - b).map(([minor, patch]) => `  [${minor}, ${patch}],\n`);
  return source.replace(TABLE, (_, head: string, __, tail: string) => `${head}${rows.join('')}${tail}`);
}

/** The source of `src/facts/data-version.ts` with another day. */
export function withDay(source: string, day: string): string {
  return source.replace(/asOf: '\d{4}-\d{2}-\d{2}'/, `asOf: '${day}'`);
}
