/** Why work was stopped; what the check of the stopped review says. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Work for one subject. */
export interface Work {
  /** Tasks of one subject never run at the same time. */
  readonly subject: string;
  /** Whose work it is: where many wait, the one with the least under way comes first. */
  readonly group?: string;
  /** Of such work only the newest of a subject counts; other work is neither replaced nor does it replace. */
  readonly newestCounts: boolean;
  /**
   * `attempt` counts from 1. Rejects to fail; a rejection with `signal.reason` is a stop that was obeyed. Work that failed, waits
   * to be tried again and is not wanted any more is run once more with a signal that is aborted: to clear up.
   */
  run(signal: AbortSignal, attempt: number): Promise<void>;
}

export interface QueueOptions {
  /** How much runs at the same time. */
  readonly concurrency: number;
  /** How much of one group; left out: as much as of all. */
  readonly concurrencyOfGroup?: number;
  /** How much may be in line before no more is taken; left out: any number. */
  readonly most?: number;
  /** Milliseconds until a failed work is tried again; undefined gives it up. */
  readonly retryAfter: (error: unknown, attempt: number) => number | undefined;
  /** How a wait is made. */
  readonly later?: (run: () => void, milliseconds: number) => NodeJS.Timeout;
}

interface Entry {
  readonly work: Work;
  readonly controller: AbortController;
  attempt: number;
  running: boolean;
  /** Its next attempt waits for this. */
  timer: NodeJS.Timeout | undefined;
  readonly done: Deferred;
}

/**
 * Runs work of many subjects side by side and of one subject in order, and lets the newest replace what is older. It lives in
 * memory: what must survive the process belongs into a queue outside of it.
 */
export class TaskQueue {
  readonly #options: QueueOptions;
  readonly #lines = new Map<string, Entry[]>();
  readonly #running = new Map<string, number>();
  #closed = false;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** Subjects with work that is not done. */
  get pending(): number {
    return this.#lines.size;
  }

  /** Whether more work is taken: not when it is closed, and not when too much is in line. */
  get open(): boolean {
    const { most = Infinity } = this.#options;
    return !this.#closed && [...this.#lines.values()].reduce((sum, { length }) => sum + length, 0) < most;
  }

  /**
   * @returns when the work is done, or was replaced by newer work. Rejects when it was given up, and when the queue is closed
   * before the work was done.
   */
  add(work: Work): Promise<void> {
    if (this.#closed) return Promise.reject(new Stopped('the server is shutting down'));
    const line = this.#lines.get(work.subject) ?? [];
    if (work.newestCounts) this.#stopOlder(line);
    this.#lines.set(work.subject, line);
    const entry: Entry = {
      ...{ work, controller: new AbortController(), attempt: 0, running: false, timer: undefined },
      done: deferred(),
    };
    line.push(entry);
    this.#advance();
    return entry.done.promise;
  }

  /** Takes no more work, lets what runs end, and stops what still runs after `graceMs`. */
  async close(graceMs: number): Promise<void> {
    this.#closed = true;
    const entries = [...this.#lines.values()].flat();
    for (const line of this.#lines.values()) this.#drop(line, (entry) => !entry.running, shutDown());
    // What is left runs, or clears up.
    const timer = setTimeout(
      () => entries.forEach(({ controller }) => controller.abort(shutDown())),
      graceMs,
    );
    await Promise.allSettled(entries.map(({ done }) => done.promise));
    clearTimeout(timer);
  }

  /** Running work is told to stop; what has not begun is dropped as if it were done; what waits to be tried again clears up. */
  #stopOlder(line: Entry[]): void {
    const older = line.filter(({ work }) => work.newestCounts);
    const reason = new Stopped('A newer commit or a newer request has taken its place.');
    for (const { controller } of older) controller.abort(reason);
    this.#drop(line, (entry) => older.includes(entry) && !entry.running);
  }

  #drop(line: Entry[], which: (entry: Entry) => boolean, error?: Stopped): void {
    for (const entry of line.filter(which)) {
      if (error) entry.controller.abort(error);
      if (entry.attempt > 0) {
        clearTimeout(entry.timer);
        entry.timer = undefined;
        void this.#run(entry);
        continue;
      }
      line.splice(line.indexOf(entry), 1);
      if (error) entry.done.reject(error);
      else entry.done.resolve();
    }
    this.#forgetEmpty();
  }

  #forgetEmpty(): void {
    for (const [subject, line] of this.#lines) if (line.length === 0) this.#lines.delete(subject);
  }

  /** Begins as much as may run; of what is ready, first that of the group with the least under way. */
  #advance(): void {
    const { concurrency, concurrencyOfGroup = concurrency } = this.#options;
    while ([...this.#running.values()].reduce((sum, count) => sum + count, 0) < concurrency) {
      const ready = [...this.#lines.values()]
        .flatMap(([first]) => (first && !first.running && first.timer === undefined ? [first] : []))
        .map((entry) => ({ entry, underWay: this.#running.get(groupOf(entry)) ?? 0 }))
        .filter(({ underWay }) => underWay < concurrencyOfGroup);
      const [next, ...others] = ready;
      if (!next) return;
      const { entry } = others.reduce((best, each) => (each.underWay < best.underWay ? each : best), next);
      void this.#run(entry);
    }
  }

  async #run(entry: Entry): Promise<void> {
    this.#count(entry, 1);
    entry.running = true;
    entry.attempt += 1;
    const { signal } = entry.controller;
    const error = await entry.work.run(signal, entry.attempt).then(
      () => undefined,
      (reason: unknown) => ({ reason }),
    );
    this.#count(entry, -1);
    entry.running = false;
    const wait = error && !signal.aborted ? this.#options.retryAfter(error.reason, entry.attempt) : undefined;
    if (wait === undefined) this.#end(entry, error);
    else this.#tryAgain(entry, wait);
    if (wait !== undefined && this.#closed) this.#drop([entry], () => true, shutDown());
    this.#advance();
  }

  #count(entry: Entry, change: 1 | -1): void {
    const group = groupOf(entry);
    const count = (this.#running.get(group) ?? 0) + change;
    if (count > 0) this.#running.set(group, count);
    else this.#running.delete(group);
  }

  #tryAgain(entry: Entry, wait: number): void {
    const { later = setTimeout } = this.#options;
    entry.timer = later(() => {
      entry.timer = undefined;
      this.#advance();
    }, wait);
  }

  #end(entry: Entry, error: { readonly reason: unknown } | undefined): void {
    const line = this.#lines.get(entry.work.subject) ?? [];
    line.splice(line.indexOf(entry), 1);
    this.#forgetEmpty();
    const replaced = entry.controller.signal.aborted && !this.#closed;
    if (error && !replaced) entry.done.reject(error.reason);
    else entry.done.resolve();
  }
}

function groupOf({ work: { group = '' } }: Entry): string {
  return group;
}

function shutDown(): Stopped {
  return new Stopped('The server was shut down.');
}

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

function deferred(): Deferred {
  let resolve: () => void = () => undefined;
  let reject: (reason: unknown) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}
