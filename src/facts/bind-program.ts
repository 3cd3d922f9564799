/**
 * The shape in which the bind catalogue (bind-programs.ts) says by which settings a program chooses the addresses it listens
 * on. Facts from the programs' own documentation and sources; families are in the other bind-*.ts files.
 */

/** How the text of a configuration file is taken apart. */
export type FileFormat =
  | 'properties' // key=value, key: value or key value; keys are dotted
  | 'ini' // [section] and key = value; TOML and MySQL's option files too
  | 'yaml' // YAML and JSON
  | 'directives' // a word and its arguments a line, in blocks or not: nginx, redis, HAProxy, HCL, Ruby, Python, ...
  | 'sites' // blocks that begin with the addresses they answer to: Caddyfile, Corefile
  | 'xml';

export interface FileFact {
  /** Names of the file: `*` stands for anything but a slash; a name with a slash is the end of the path. */
  readonly names: readonly string[];
  readonly format: FileFormat;
}

/** One server socket of a program (or several alike), and every setting that chooses its address. */
export interface ListenerFact {
  /** Without dashes, in lower case with `-` between words; single letters keep their case. */
  readonly flags?: readonly string[];
  /** `*` stands for any part of the name. */
  readonly variables?: readonly string[];
  /** Dotted keys of the program's files. `*` is any one segment, `**` in front any segments. XML attributes begin with `@`. */
  readonly keys?: readonly string[];
  /** The next word that is no flag is the address: `runserver 127.0.0.1:8000`. */
  readonly after?: readonly string[];
  /** Shapes of one word (an argument) with groups `host` and `port`. Linear: they begin with fixed text. */
  readonly words?: readonly RegExp[];
  /** Words that alone make it listen on loopback: `--inspect`. */
  readonly switches?: readonly string[];
  /** Shapes of one line of a file, with the same groups. */
  readonly lines?: readonly RegExp[];
  /** Where the port stands when the address carries none. `*` of a key is what it was for the address. */
  readonly portFlags?: readonly string[];
  readonly portVariables?: readonly string[];
  readonly portKeys?: readonly string[];
  /** Words that hold the port, in the group `port`: `port=5433` behind `-c`. */
  readonly portWords?: readonly RegExp[];
  /** The next number behind one of these words is the port: `http.server 8080`. */
  readonly portAfter?: readonly string[];
  /** The program's ports when none is set. */
  readonly ports?: readonly number[];
  /** How a value is taken apart: a list (default), its first word, or the first word of each item between commas. */
  readonly take?: 'list' | 'word' | 'heads';
  /** A value with a port or a scheme is somebody else's address. */
  readonly hostOnly?: true;
  /** Its flags are believed in any image too, as dotted ones of a framework always are. */
  readonly flagsAnywhere?: true;
  /** Several words may follow the flag: `--bind 127.0.0.1 ::1`. */
  readonly spread?: true;
  /** A value that is a port and nothing else means loopback. Elsewhere it means every address. */
  readonly portOnly?: 'loopback';
  /** Flags and keys (when `true`) that open the listener to every address, whatever its address says. */
  readonly opens?: { readonly flags?: readonly string[]; readonly keys?: readonly string[] };
  /** What one of the keys means when nothing stands behind it. */
  readonly empty?: UnsetFact;
  /** Keys that close it to all but loopback when they are `true`. */
  readonly closes?: readonly string[];
  /** Where it listens when nothing is set and its usual image sets nothing either. Absent: not on loopback, or not at all. */
  readonly unset?: UnsetFact;
}

/** The program listens on loopback when it is told nothing. */
export interface UnsetFact {
  readonly binds: 'loopback';
  /** The first version that does, by the tag of the image; without a readable tag nothing is concluded. */
  readonly since?: string;
  /** One of these words must be on the command line: the subcommand that serves. */
  readonly with?: readonly string[];
  /** None of these variables may be set: each changes the default (`PORT` for gunicorn). */
  readonly unlessVariables?: readonly string[];
  /** None of these flags may be given: each makes it listen elsewhere, as on a socket file. */
  readonly unlessFlags?: readonly string[];
  /** Only when this variable has this value: `RAILS_ENV=development`. */
  readonly whenVariable?: { readonly name: string; readonly value: string };
  /** Only when a file named like the program's own is mounted, which then replaces the one of the image. */
  readonly withFile?: true;
}

export interface ProgramFact {
  /** As people call it. */
  readonly name: string;
  /** Words of a command line (last path segment) that name it. */
  readonly commands: readonly string[];
  /** Its command is a common word, too, and counts only where a command stands: `serve`. */
  readonly isCommonWord?: true;
  /** Last path segments of images that hold it, besides `commands`. */
  readonly images?: readonly string[];
  /** One of these words must follow: other subcommands are clients or listen on nothing. */
  readonly subcommands?: readonly string[];
  /** Its variables, dotted flags and the keys of files named like its own are specific enough to be believed in any image. */
  readonly anywhere?: true;
  readonly files?: readonly FileFact[];
  readonly listeners: readonly ListenerFact[];
}
