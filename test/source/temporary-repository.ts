import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const made: string[] = [];

/** A new empty directory, removed by `removeTemporary`. */
export function temporaryDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'source-test-')));
  made.push(directory);
  return directory;
}

export function removeTemporary(): void {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
}

export function writeFiles(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

/** Runs git as a person without any configuration of their own would. */
export function git(directory: string, ...args: string[]): string {
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.com',
    GIT_ALLOW_PROTOCOL: 'file',
  };
  const options: ExecFileSyncOptionsWithStringEncoding = { env, encoding: 'utf8', stdio: 'pipe' };
  return execFileSync('git', ['-C', directory, ...args], options).trim();
}

/** A repository with a work tree and no commits, on branch `main`. */
export function emptyRepository(): string {
  const root = temporaryDirectory();
  git(root, 'init', '--quiet', '--initial-branch=main');
  return root;
}

/** Writes files, commits everything, and gives the commit id. */
export function commit(root: string, files: Readonly<Record<string, string>> = {}): string {
  writeFiles(root, files);
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--allow-empty', '--message', 'change');
  return git(root, 'rev-parse', 'HEAD');
}
