import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives `use` an ordinary checkout of `ref`, links and all, and removes it afterwards. */
export async function withCheckout<T>(
  mirror: string,
  ref: string,
  use: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'parity-'));
  try {
    const archive = execFileSync('git', ['--git-dir', mirror, 'archive', ref], { maxBuffer: 1 << 30 });
    execFileSync('tar', ['-x', '-C', directory], { input: archive });
    return await use(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
