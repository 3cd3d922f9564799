import type { ListenerFact } from '../facts/bind-program.ts';
import type { Address } from './address.ts';
import { addressesOf, firstMatch, shapedAddresses } from './addresses-of.ts';
import { bindsFrom, type Bind, type BindSource, type Written } from './bind.ts';
import type { ContainerFacts } from './container.ts';
import { withEnvironment } from './environment-values.ts';
import { fileBinds, fileIsOpened } from './file-binds.ts';
import { attachedValues, type Flag } from './flags.ts';
import { fits } from './patterns.ts';
import { PortReader } from './ports.ts';
import type { ProgramSettings } from './program-settings.ts';
import type { Running } from './programs.ts';
import { isSince, isUnset } from './unset.ts';

/** Longest word that the shapes of the catalogue are tried on. */
const LONGEST_WORD = 2_000;

/** Addresses behind one flag. */
const MOST_SPREAD = 16;

/** Reads the settings of one program in one container. */
export class ProgramReader {
  readonly #settings: ProgramSettings;
  readonly #facts: ContainerFacts;
  readonly #running: Running;
  readonly #flags: readonly Flag[];
  readonly #ports: PortReader;
  #binds: readonly Bind[] | undefined;

  constructor(settings: ProgramSettings) {
    this.#settings = settings;
    this.#facts = settings.facts;
    this.#running = settings.running;
    this.#flags = settings.flags;
    this.#ports = new PortReader(settings);
  }

  /** The flags that hold an address of this program. */
  understood(): Flag[] {
    return this.#running.program.listeners.flatMap((listener) => this.#flagsFor(listener));
  }

  /** Arguments win over variables, variables over files, and what nobody sets is the program's default. */
  binds(): readonly Bind[] {
    return (this.#binds ??= this.#running.program.listeners.flatMap((listener) => {
      const told = [...this.#byFlags(listener), ...this.#byWords(listener)];
      if (told.length > 0 || this.#running.command.source === 'variable') return told;
      const set = this.#byVariables(listener);
      if (set.length > 0) return set;
      const files = this.#byFiles(listener);
      return files.length > 0 ? files : this.#byDefault(listener);
    }));
  }

  #flagsFor({ flags = [], flagsAnywhere }: ListenerFact): Flag[] {
    return this.#flags.filter(
      ({ name, value }) =>
        flags.some((flag) => fits(flag, name)) &&
        (this.#settings.runs ||
          name.includes('.') ||
          (flagsAnywhere === true && value?.includes('://') === true)),
    );
  }

  #byFlags(listener: ListenerFact): Bind[] {
    const opened = this.#flags.find(
      ({ name, value }) =>
        this.#settings.runs && value === undefined && listener.opens?.flags?.includes(name),
    );
    if (opened)
      return this.#listening([EVERYWHERE], listener, this.#written('argument', opened.written, opened.path));
    const binds = this.#flagsFor(listener).flatMap((flag) => {
      if (flag.value === undefined) return [];
      const value = listener.spread ? this.#spread(flag) : flag.value;
      const written = this.#written(
        this.#sourceOf(flag.path),
        `${flag.written}${flag.joint}${value}`,
        flag.path,
      );
      return this.#listening(addressesOf(value, listener), listener, written);
    });
    return [...binds, ...this.#attached(listener)];
  }

  /** `-b127.0.0.1:80`. */
  #attached(listener: ListenerFact): Bind[] {
    if (!this.#settings.runs) return [];
    const letters = (listener.flags ?? []).filter((flag) => flag.length === 1);
    return letters.flatMap((letter) =>
      attachedValues(this.#running.command, letter).flatMap(({ value, word }) => {
        const written = this.#written(this.#sourceOf(word.path), `-${letter}${value}`, word.path);
        return this.#listening(addressesOf(value, listener), listener, written);
      }),
    );
  }

  /** The value of a flag that takes all words up to the next flag. */
  #spread({ index, joint, value = '' }: Flag): string {
    const { words } = this.#running.command;
    const first = joint === '=' ? index + 1 : index + 2;
    const next = words.slice(first, first + MOST_SPREAD).map(({ text }) => text);
    const end = next.findIndex((text) => !/^-?[\d*:]|^localhost$/.test(text));
    return [value, ...(end < 0 ? next : next.slice(0, end))].join(' ').slice(0, 300);
  }

  #byWords(listener: ListenerFact): Bind[] {
    const { words } = this.#running.command;
    const alone = words.filter(({ text }) => listener.switches?.includes(text));
    const switched = alone.flatMap(({ text, path }) =>
      this.#listening([LOOPBACK], listener, this.#written(this.#sourceOf(path), text, path)),
    );
    const shaped = words.flatMap(({ text, path }) => {
      const match = text.length > LONGEST_WORD ? undefined : firstMatch(listener.words, text);
      if (!match) return [];
      const written = this.#written(this.#sourceOf(path), text.slice(0, 200), path);
      return this.#listening(shapedAddresses(match, listener), listener, written);
    });
    const after = words.findIndex(({ text }) => listener.after?.includes(text));
    const positional =
      after < 0 ? undefined : words.slice(after + 1).find(({ text }) => !text.startsWith('-'));
    if (!positional || !/^[\w.:[\]*]+$/.test(positional.text)) return [...switched, ...shaped];
    const written = this.#written('argument', `${words[after]?.text} ${positional.text}`, positional.path);
    return [...shaped, ...this.#listening(addressesOf(positional.text, listener), listener, written)];
  }

  #byVariables(listener: ListenerFact): Bind[] {
    const { known, hidden } = this.#facts.variables;
    const { assignments } = this.#running.command;
    return (listener.variables ?? []).flatMap((pattern) => {
      const own = assignments.get(pattern);
      const path = this.#running.command.words[0]?.path ?? this.#facts.container.path;
      if (own !== undefined)
        return this.#variable(pattern, own, listener, this.#written('argument', '', path));
      if (hidden.has(pattern)) {
        return this.#listening([UNKNOWN], listener, this.#written('variable', pattern, path));
      }
      const names = pattern.includes('*')
        ? [...known.keys()].filter((name) => fits(pattern, name))
        : [pattern];
      return names.flatMap((name) => {
        const variable = known.get(name);
        if (!variable) return [];
        const written = this.#written('variable', '', variable.path);
        const configMap = variable.source ? { configMap: variable.source } : {};
        return this.#variable(name, variable.value, listener, { ...written, ...configMap });
      });
    });
  }

  #variable(name: string, value: string, listener: ListenerFact, written: Written): Bind[] {
    if (listener.hostOnly && /\/|^[^:]*:[^:]*$/.test(value)) return [];
    const setting = `${name}=${value}`.slice(0, 200);
    return this.#listening(addressesOf(value, listener), listener, { ...written, setting });
  }

  #byFiles(listener: ListenerFact): Bind[] {
    return this.#settings.files.flatMap(({ file, entries }) => {
      const written = this.#written('file', '', file.path);
      if (fileIsOpened(listener, entries)) return this.#listening([EVERYWHERE], listener, written);
      const portsFor = (captured: readonly string[]) => this.#ports.of(listener, { entries, captured });
      const resolved = (value: string) => withEnvironment(value, this.#facts.variables);
      const empty = listener.empty && isSince(listener.empty, this.#facts.container);
      return fileBinds(listener, file, entries, written, {
        portsFor,
        resolved,
        emptyIsLoopback: empty === true,
      });
    });
  }

  #byDefault(listener: ListenerFact): Bind[] {
    if (!this.#settings.runs || !isUnset(listener, this.#running, this.#facts, this.#flags)) return [];
    const path = this.#running.command.words[0]?.path ?? [...this.#facts.container.path, 'image'];
    const { name } = this.#running.program;
    const written = this.#written('default', `${name}, and no address for it`, path);
    return this.#listening([LOOPBACK], listener, written);
  }

  #listening(addresses: readonly Address[], listener: ListenerFact, written: Written): Bind[] {
    const needsPort = addresses.some(({ port }) => port === undefined);
    return bindsFrom(addresses, needsPort ? this.#ports.of(listener) : [], written);
  }

  #sourceOf(path: Written['path']): BindSource {
    return String(path[this.#facts.container.path.length]).startsWith('env') ? 'variable' : 'argument';
  }

  #written(source: BindSource, setting: string, path: Written['path']): Written {
    return { setting, program: this.#running.program.name, trust: 'known', source, path };
  }
}

const EVERYWHERE: Address = { host: '', port: undefined, reach: 'everywhere' };
const LOOPBACK: Address = { host: 'localhost', port: undefined, reach: 'loopback' };
const UNKNOWN: Address = { host: '', port: undefined, reach: 'unknown' };
