/** Where text goes. `isTTY` and `columns` as Node's streams have them. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Everything the command line touches besides files and git: what a test replaces. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Reads all of standard input. */
  readonly stdin: () => Promise<Uint8Array>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: Date;
  /** The folder with one Markdown page per rule, when the installation has it. */
  readonly rulePages?: URL;
}
