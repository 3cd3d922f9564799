import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const CACHE = resolve(import.meta.dirname, '../../.cache/corpus');

/** The bundle as a bare repository, cloned once for each version of the bundle. */
export function mirrorOf(bundle: string): string {
  const { size, mtimeMs } = statSync(bundle);
  const mirror = join(CACHE, `${basename(bundle, '.bundle')}-${size}-${Math.round(mtimeMs)}.git`);
  if (existsSync(mirror)) return mirror;
  mkdirSync(CACHE, { recursive: true });
  const unfinished = `${mirror}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  execFileSync('git', ['clone', '--quiet', '--mirror', resolve(bundle), unfinished], { stdio: 'inherit' });
  renameSync(unfinished, mirror);
  return mirror;
}
