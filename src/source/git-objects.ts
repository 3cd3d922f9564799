import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { CatFileParser, type GitObject } from './git-object-parser.ts';
import { gitFailed, ignoreBrokenPipe, notStarted, startGit } from './git-command.ts';
import { SourceError } from './snapshot.ts';

interface Request {
  readonly id: string;
  readonly resolve: (object: GitObject) => void;
  readonly reject: (error: SourceError) => void;
}

/** How many times a process that died is replaced: each death answers one request with an error. */
const MAX_DEATHS = 16;

/** Requests git has been sent and not yet answered, at most: bounds the bytes waiting in pipes. */
const IN_FLIGHT = 256;

/**
 * Reads objects through one `git cat-file --batch`, started by the first read. Reads are pipelined: they may be
 * issued all at once and are answered in order. An object that kills git (a corrupt one) fails alone; the reads behind
 * it go to a new process. An idle process does not keep the program alive.
 */
export class GitObjects {
  readonly #directory: string;
  readonly #maxBytes: number;
  #process: ChildProcessWithoutNullStreams | undefined;
  #waiting: Request[] = [];
  #sent: Request[] = [];
  #deaths = 0;

  /** @param maxBytes larger objects are skipped without keeping them. */
  constructor(directory: string, maxBytes: number) {
    this.#directory = directory;
    this.#maxBytes = maxBytes;
  }

  /**
   * The object with this full id; ids that no object has are an answer, not an error.
   * @throws SourceError `git-failed` when git cannot be started or keeps dying; `unreadable` for a corrupt object.
   */
  read(id: string): Promise<GitObject> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id, resolve, reject });
      this.#pump();
    });
  }

  /** Ends the process; unanswered reads fail. A later read starts a new one. */
  async stop(): Promise<void> {
    const process = this.#process;
    this.#process = undefined;
    this.#failAll(new SourceError('git-failed', 'The repository was closed while it was being read.'));
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    keepAlive(process, true);
    await new Promise((ended) => {
      process.once('close', ended);
      process.kill('SIGKILL');
    });
  }

  #pump(): void {
    const room = IN_FLIGHT - this.#sent.length;
    if (room <= 0 || this.#waiting.length === 0) return;
    this.#process ??= this.#start();
    keepAlive(this.#process, true);
    const next = this.#waiting.splice(0, room);
    this.#sent.push(...next);
    this.#process.stdin.write(next.map(({ id }) => `${id}\n`).join(''));
  }

  #start(): ChildProcessWithoutNullStreams {
    const process = startGit(this.#directory, ['cat-file', '--batch']);
    const parser = new CatFileParser(this.#maxBytes, (object) => this.#answer(process, object));
    let stderr = '';
    process.stdin.on('error', ignoreBrokenPipe);
    process.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4096)));
    process.stdout.on('data', (chunk: Buffer) => {
      if (!parser.push(chunk)) process.kill('SIGKILL');
    });
    process.on('error', (error) => this.#died(process, notStarted(error), true));
    process.on('close', () => this.#died(process, gitFailed('cat-file', stderr), false));
    return process;
  }

  #answer(process: ChildProcessWithoutNullStreams, object: GitObject): void {
    if (process !== this.#process) return;
    this.#sent.shift()?.resolve(object);
    if (this.#sent.length <= IN_FLIGHT / 2) this.#pump();
    if (this.#sent.length === 0) keepAlive(process, false);
  }

  /** The request being answered is to blame; the others are asked again. */
  #died(process: ChildProcessWithoutNullStreams, why: SourceError, forGood: boolean): void {
    if (process !== this.#process) return;
    this.#process = undefined;
    this.#deaths += 1;
    if (forGood || this.#deaths > MAX_DEATHS) return this.#failAll(why);
    this.#sent.shift()?.reject(new SourceError('unreadable', why.message));
    this.#waiting = [...this.#sent, ...this.#waiting];
    this.#sent = [];
    this.#pump();
  }

  #failAll(why: SourceError): void {
    const all = [...this.#sent, ...this.#waiting];
    this.#sent = [];
    this.#waiting = [];
    all.forEach(({ reject }) => reject(why));
  }
}

/** Whether the program waits for this process before it ends. */
function keepAlive(process: ChildProcessWithoutNullStreams, wanted: boolean): void {
  for (const handle of [process, process.stdin, process.stdout, process.stderr]) {
    const change = (handle as { ref?: () => void; unref?: () => void })[wanted ? 'ref' : 'unref'];
    change?.call(handle);
  }
}
