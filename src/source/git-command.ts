import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { SourceError } from './snapshot.ts';

/** What git answered. `code` is its exit status; refusals are ordinary answers. */
export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Bytes of output kept at most: a listing of half a million long paths. More is a SourceError. */
const MAX_OUTPUT = 256 * 1024 * 1024;
const MAX_STDERR = 64 * 1024;

/** Nothing that a repository's own configuration names is started: no monitor, no hook, no transport. */
const SAFE_CONFIG = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'protocol.allow=never',
  '-c',
  'core.quotePath=false',
];

/** Variables of the caller that git should still see; the others could point it at another repository. */
const KEPT = /^GIT_(?:CONFIG_GLOBAL|CONFIG_COUNT|CONFIG_(?:KEY|VALUE)_\d+|CEILING_DIRECTORIES|EXEC_PATH)$/;

/**
 * The environment git runs in. `GIT_ALLOW_PROTOCOL` is what keeps a partial clone from fetching: unlike
 * `protocol.allow` it cannot be overruled by `protocol.ext.allow` in the repository's own configuration, and unlike
 * `GIT_NO_LAZY_FETCH` (2024) every version of git honours it.
 */
export function gitEnvironment(inherited: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(inherited).filter(([name]) => !name.startsWith('GIT_') || KEPT.test(name));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_REPLACE_OBJECTS: '1',
  };
}

/** Starts git in `directory`; the caller owns the process. */
export function startGit(directory: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  const options = { env: gitEnvironment(), windowsHide: true };
  return spawn('git', ['--no-pager', ...SAFE_CONFIG, '-C', directory, ...args], options);
}

/**
 * Runs git to its end.
 * @throws SourceError `git-failed` when git cannot be started, is killed, or says too much.
 */
export function runGit(directory: string, args: readonly string[]): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = startGit(directory, args);
    const chunks: Buffer[] = [];
    let bytes = 0;
    let stderr = '';
    child.stdin.on('error', ignoreBrokenPipe).end();
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_OUTPUT) child.kill('SIGKILL');
      else chunks.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < MAX_STDERR) stderr += chunk.toString();
    });
    child.on('error', (error) => reject(notStarted(error)));
    child.on('close', (code) => {
      if (code === null) reject(new SourceError('git-failed', `git ${args[0] ?? ''} was stopped.`));
      else resolve({ code, stdout: Buffer.concat(chunks), stderr: stderr.trim() });
    });
  });
}

/** @throws SourceError `git-failed`, with git's own last words, unless git succeeded. */
export async function runGitOrFail(directory: string, args: readonly string[]): Promise<Buffer> {
  const answer = await runGit(directory, args);
  if (answer.code === 0) return answer.stdout;
  throw gitFailed(args[0] ?? '', answer.stderr);
}

export function gitFailed(command: string, stderr: string): SourceError {
  const said = printable(stderr.split('\n').find((line) => line.startsWith('fatal:')) ?? stderr);
  return new SourceError('git-failed', `git ${command} failed: ${said === '' ? 'it gave no reason' : said}`);
}

export function notStarted(error: Error): SourceError {
  if ('code' in error && error.code === 'ENOENT') {
    return new SourceError(
      'git-failed',
      'git was not found on the PATH.',
      'Install git, or compare two directories with --base-dir and --head-dir.',
    );
  }
  return new SourceError('git-failed', `git could not be started: ${error.message}`);
}

/** Text from outside, fit for one line of a terminal: no control characters, at most 200 characters. */
export function printable(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return clean.length > 200 ? `${clean.slice(0, 200)}...` : clean;
}

/** A process that ends before reading its input is reported by its exit, not by the pipe. */
export function ignoreBrokenPipe(): void {
  return undefined;
}
