import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import type { ToolLimits } from './render-limits.ts';

/** What this machine lets us put around a tool. Time, output and the environment are always limited. */
export interface Sandbox {
  /** Address space, processor time and file sizes are limited by the kernel. Not on macOS and Windows. */
  readonly memoryCapped: boolean;
  /** The tool runs in a network namespace of its own. Otherwise only its environment keeps it from fetching. */
  readonly networkClosed: boolean;
  /** What the command line of every tool begins with. */
  readonly prefix: (limits: ToolLimits) => readonly string[];
}

export interface RunOptions {
  readonly cwd: string;
  /** An empty directory: HOME and the place for temporary files. */
  readonly home: string;
  readonly limits: ToolLimits;
  readonly sandbox: Sandbox;
  readonly stdin?: string;
}

/** `stopped`: we or the kernel killed it, or it could not be started; `why` is a sentence without a subject. */
export type ToolResult =
  | {
      readonly outcome: 'done';
      readonly code: number;
      readonly stdout: Buffer;
      readonly stderr: string;
      readonly milliseconds: number;
    }
  | { readonly outcome: 'stopped'; readonly why: string; readonly milliseconds: number };

/** Standard error kept; the first lines say what is wrong. */
const MAX_STDERR = 64 * 1024;

/** A pipe that a process outside the group still holds is not waited for longer than this. */
const CLOSE_MILLISECONDS = 2_000;

/**
 * Runs a program to its end inside the sandbox: no shell sees its arguments, nothing of our environment reaches it, and
 * the whole process group is killed when it exceeds a limit. Never rejects.
 * @param command absolute path of the program, and its arguments
 */
export function runTool(command: readonly string[], options: RunOptions): Promise<ToolResult> {
  return new Run(options.limits).start([...options.sandbox.prefix(options.limits), ...command], options);
}

/** Nothing of the caller's environment. No git, no ssh, no plugins; a proxy where nobody listens. */
export function toolEnvironment(home: string): NodeJS.ProcessEnv {
  const nowhere = 'http://127.0.0.1:9';
  return {
    PATH: '/nonexistent',
    HOME: home,
    TMPDIR: home,
    LC_ALL: 'C',
    GOMAXPROCS: '2',
    GOTRACEBACK: 'none',
    HTTP_PROXY: nowhere,
    HTTPS_PROXY: nowhere,
    http_proxy: nowhere,
    https_proxy: nowhere,
  };
}

class Run {
  readonly #limits: ToolLimits;
  readonly #chunks: Buffer[] = [];
  readonly #began = performance.now();
  #bytes = 0;
  #stderr = '';
  #killed: string | undefined;

  constructor(limits: ToolLimits) {
    this.#limits = limits;
  }

  start(command: readonly string[], { cwd, home, stdin }: RunOptions): Promise<ToolResult> {
    const { milliseconds } = this.#limits;
    return new Promise((resolve) => {
      const [program = '', ...args] = command;
      const options = { cwd, env: toolEnvironment(home), detached: true, windowsHide: true };
      const child = spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
      if (!process.listeners('exit').includes(killAll)) process.once('exit', killAll);
      running.add(child);
      const timer = setTimeout(
        () => this.#kill(child, `took longer than ${milliseconds / 1000} s`),
        milliseconds,
      );
      const finish = (result: ToolResult): void => {
        clearTimeout(timer);
        running.delete(child);
        resolve(result);
      };
      child.stdin.on('error', () => undefined).end(stdin ?? '');
      child.stdout.on('data', (chunk: Buffer) => this.#keep(child, chunk));
      child.stderr.on('data', (chunk: Buffer) => {
        if (this.#stderr.length < MAX_STDERR) this.#stderr += chunk.toString('utf8', 0, MAX_STDERR);
      });
      child.on('error', (error) => finish(this.#stopped(`could not be started: ${error.message}`)));
      child.on('exit', () => {
        // Grandchildren die with it, and a pipe they may have passed on does not hold us.
        killGroup(child);
        setTimeout(
          () => [child.stdout, child.stderr].map((pipe) => pipe.destroy()),
          CLOSE_MILLISECONDS,
        ).unref();
      });
      child.on('close', (code, signal) => finish(this.#result(code, signal)));
    });
  }

  #keep(child: ChildProcess, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes <= this.#limits.outputBytes) this.#chunks.push(chunk);
    else this.#kill(child, `wrote more than ${inMegabytes(this.#limits.outputBytes)}`);
  }

  #kill(child: ChildProcess, why: string): void {
    this.#killed ??= why;
    this.#chunks.length = 0;
    killGroup(child);
  }

  #result(code: number | null, signal: NodeJS.Signals | null): ToolResult {
    if (this.#killed !== undefined) return this.#stopped(this.#killed);
    if (/^(?:fatal error: )?(?:runtime: )?(?:out of memory|cannot allocate memory)/m.test(this.#stderr)) {
      return this.#stopped(`needed more than ${inMegabytes(this.#limits.memoryBytes)} of memory`);
    }
    if (code === null)
      return this.#stopped(STOPPED_BY[signal ?? 'SIGKILL'] ?? `was killed by ${signal ?? 'a signal'}`);
    const stdout = Buffer.concat(this.#chunks);
    return { outcome: 'done', code, stdout, stderr: this.#stderr, milliseconds: this.#elapsed() };
  }

  #stopped(why: string): ToolResult {
    return { outcome: 'stopped', why, milliseconds: this.#elapsed() };
  }

  #elapsed(): number {
    return performance.now() - this.#began;
  }
}

const STOPPED_BY: Partial<Record<NodeJS.Signals, string>> = {
  SIGXCPU: 'needed more processor time than it may have',
  SIGKILL: 'was killed: it needed more processor time or memory than it may have',
  SIGXFSZ: 'wrote a larger file than it may',
};

/** Processes of ours that still run. */
const running = new Set<ChildProcess>();
const killAll = (): void => running.forEach(killGroup);

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Already gone, or a system without process groups.
    child.kill('SIGKILL');
  }
}

function inMegabytes(bytes: number): string {
  return `${Math.round(bytes / (1024 * 1024))} MB`;
}

const SHELL = '/bin/sh';

/**
 * Finds out what this machine offers, by trying it.
 * @param home an empty directory
 */
export async function findSandbox(home: string, limits: ToolLimits): Promise<Sandbox> {
  const open: Sandbox = { memoryCapped: false, networkClosed: false, prefix: () => [] };
  const succeeds = async (command: readonly string[]): Promise<boolean> => {
    const result = await runTool(command, { cwd: home, home, limits, sandbox: open });
    return result.outcome === 'done' && result.code === 0;
  };
  const shell = isExecutable(SHELL);
  const memoryCapped = shell && (await succeeds([SHELL, '-c', `ulimit -v ${limits.memoryBytes / 1024}`]));
  const unshare = ['/usr/bin/unshare', '/bin/unshare'].find(isExecutable);
  let apart: readonly string[] = [];
  for (const flags of unshare !== undefined && shell ? [['--net'], ['--net', '--map-root-user']] : []) {
    const candidate = [unshare ?? '', ...flags, '--'];
    if (apart.length === 0 && (await succeeds([...candidate, SHELL, '-c', ':']))) apart = candidate;
  }
  return {
    memoryCapped,
    networkClosed: apart.length > 0,
    prefix: (caps) => [...apart, ...(shell ? [SHELL, '-c', shellLimits(caps), SHELL] : [])],
  };
}

/** Constant but for numbers. Limits a system does not know are passed over; `"$@"` is the tool, seen by no shell. */
function shellLimits({ memoryBytes, cpuSeconds, fileBytes }: ToolLimits): string {
  const caps = [
    `-c 0`,
    `-v ${Math.floor(memoryBytes / 1024)}`,
    `-t ${cpuSeconds}`,
    `-f ${Math.ceil(fileBytes / 512)}`,
  ];
  return `${caps.map((cap) => `ulimit ${cap} 2>/dev/null`).join('; ')}; exec "$@"`;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
