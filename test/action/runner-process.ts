import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const node24 = join(root, '.cache/node24/node_modules/node/bin/node');
/** The program of `runs.using: node24`, where it is installed. */
const NODE = existsSync(node24) ? node24 : process.execPath;

/** The action's bundle, built from the sources as they are; give it back with `remove`. */
export function buildAction(): { readonly file: string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'guard-action-'));
  const outdir = join(directory, 'dist');
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  symlinkSync(join(root, 'docs'), join(directory, 'docs'));
  const script = join(root, 'scripts/bundle.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--outdir', outdir], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return {
    file: join(outdir, 'action.js'),
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Milliseconds of an idle processor that Node takes to start without a program. */
const EMPTY_START = 30;

/**
 * Milliseconds of processor time that a program takes on top of Node itself: the best of several, and as on an idle machine,
 * since a busy one makes both slower alike.
 */
export function startTime(file: string, env: Readonly<Record<string, string>>): number {
  const once = (...args: string[]): number => {
    const time = 'TIMEFORMAT="%U %S"; time "$@" > /dev/null 2>&1';
    const { stderr } = spawnSync('bash', ['-c', time, 'bash', NODE, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    return stderr
      .trim()
      .split(' ')
      .reduce((sum, seconds) => sum + 1000 * Number(seconds), 0);
  };
  const best = (...args: string[]): number => Math.min(...Array.from({ length: 9 }, () => once(...args)));
  const empty = best('--eval', '');
  return (best(file) - empty) / Math.max(1, empty / EMPTY_START);
}

/** A job as the runner starts it. */
export interface Job {
  readonly event: string;
  readonly payload: unknown;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Directory of the checkout; left out: an empty one. */
  readonly workspace?: string;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Text of a file in the workspace or, with an absolute path, anywhere. */
  file(path: string): string;
}

/** Starts the bundle with the variables and files of a runner, against a GitHub at `apiUrl`. */
export async function runAction(file: string, apiUrl: string, job: Job): Promise<Finished> {
  const directory = mkdtempSync(join(tmpdir(), 'guard-job-'));
  const workspace = job.workspace ?? join(directory, 'workspace');
  const [temp, summary, output, event] = ['temp', 'summary', 'output', 'event.json'].map((name) =>
    join(directory, name),
  );
  mkdirSync(workspace, { recursive: true });
  mkdirSync(temp!);
  writeFileSync(summary!, '');
  writeFileSync(output!, '');
  writeFileSync(event!, JSON.stringify(job.payload));
  const inputs = Object.entries({ token: 'ghs_job', ...job.inputs }).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ]);
  const child = spawn(NODE, [file], {
    cwd: workspace,
    env: {
      ...{ PATH: '/usr/bin:/bin', HOME: directory, GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/mesh' },
      ...{
        GITHUB_API_URL: apiUrl,
        GITHUB_SERVER_URL: 'https://github.example.com',
        GITHUB_EVENT_NAME: job.event,
      },
      ...{ GITHUB_EVENT_PATH: event!, GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temp! },
      ...{ GITHUB_STEP_SUMMARY: summary!, GITHUB_OUTPUT: output! },
      ...(Object.fromEntries(inputs) as Record<string, string>),
      ...job.env,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((ended) => child.on('close', ended));
  const read = (path: string): string =>
    readFileSync(path.startsWith('/') ? path : join(workspace, path), 'utf8');
  const outputs = outputsOf(read(output!));
  const files = new Map(
    [...Object.values(outputs), ...Object.entries(job.inputs ?? {}).flatMap(fileInput)].flatMap(kept),
  );
  const finished = {
    code,
    stdout,
    stderr,
    summary: read(summary!),
    outputs,
    file: (path: string) => files.get(path) ?? '',
  };
  rmSync(directory, { recursive: true, force: true });
  return finished;

  function kept(path: string): [string, string][] {
    const absolute = path.startsWith('/') ? path : join(workspace, path);
    return /\.\w+$/.test(path) && existsSync(absolute) ? [[path, read(path)]] : [];
  }
}

function fileInput([name, value]: [string, string]): string[] {
  return name.endsWith('-file') ? [value] : [];
}

/** `name<<delimiter`, the value, the delimiter. */
function outputsOf(text: string): Record<string, string> {
  const all = [...text.matchAll(/^(\w+)<<(\S+)\n([^]*?)\n\2$/gm)];
  return Object.fromEntries(all.map(([, name = '', , value = '']) => [name, value]));
}
