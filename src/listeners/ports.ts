import type { ListenerFact } from '../facts/bind-program.ts';
import type { Entry } from './formats/entry.ts';
import { firstMatch } from './addresses-of.ts';
import { withEnvironment } from './environment-values.ts';
import { filledIn, matchKey } from './patterns.ts';
import type { ProgramSettings } from './program-settings.ts';

/** Where the address was found, when it was found in a file: its port stands beside it. */
export interface Beside {
  readonly entries: readonly Entry[];
  readonly captured: readonly string[];
}

/** Finds the port of a listener whose address carries none. */
export class PortReader {
  readonly #settings: ProgramSettings;

  constructor(settings: ProgramSettings) {
    this.#settings = settings;
  }

  /** The port that is set, else the program's own; [] when it is set to something that is not known. */
  of(listener: ListenerFact, beside?: Beside): readonly number[] {
    const set = this.#set(listener, beside);
    if (set === undefined) return this.#usual(listener);
    return /^\d{1,5}$/.test(set) ? [Number(set)] : [];
  }

  #set(listener: ListenerFact, beside: Beside | undefined): string | undefined {
    return (
      (beside && this.#portIn(listener, beside.entries, beside.captured)) ??
      this.#byFlag(listener) ??
      this.#byVariable(listener) ??
      (beside ? undefined : this.#byFile(listener))
    );
  }

  #byFlag({ portFlags = [], portWords, portAfter }: ListenerFact): string | undefined {
    const flag = this.#settings.flags.find(
      ({ name, value }) => value !== undefined && portFlags.includes(name),
    );
    if (flag) return flag.value;
    const { words } = this.#settings.running.command;
    if (portWords) {
      const matches = words.map(({ text }) => firstMatch(portWords, text.slice(0, 200)));
      const port = matches.find((match) => match !== undefined)?.groups?.['port'];
      if (port !== undefined) return port;
    }
    const attached = words.find(
      ({ text }) => portFlags.includes(text.charAt(1)) && /^-[A-Za-z]\d{2,5}$/.test(text),
    );
    if (attached) return attached.text.slice(2);
    const at = words.findIndex(({ text }) => portAfter?.includes(text));
    return at < 0 ? undefined : words.slice(at + 1, at + 4).find(({ text }) => /^\d{2,5}$/.test(text))?.text;
  }

  #byVariable({ portVariables = [] }: ListenerFact): string | undefined {
    const { known, hidden } = this.#settings.facts.variables;
    for (const name of portVariables) {
      const value = this.#settings.running.command.assignments.get(name) ?? known.get(name)?.value;
      if (value !== undefined) return value;
      if (hidden.has(name)) return 'hidden';
    }
    return undefined;
  }

  #byFile(listener: ListenerFact): string | undefined {
    if (listener.portKeys === undefined) return undefined;
    for (const { entries } of this.#settings.files) {
      const port = this.#portIn(listener, entries, []);
      if (port !== undefined) return port;
    }
    return undefined;
  }

  #portIn(
    { portKeys = [] }: ListenerFact,
    entries: readonly Entry[],
    captured: readonly string[],
  ): string | undefined {
    for (const pattern of portKeys) {
      const wanted = filledIn(pattern, captured);
      const entry = entries.find(({ key }) => matchKey(wanted, key) !== undefined);
      if (entry) return withEnvironment(entry.value, this.#settings.facts.variables);
    }
    return undefined;
  }

  /** A framework's port is often set in the program itself: then the only port the container declares is the better guess. */
  #usual({ ports = [] }: ListenerFact): readonly number[] {
    const declared = this.#settings.facts.container.ports;
    const isFramework = this.#settings.running.program.commands.length === 0;
    const only = declared.length === 1 ? declared[0]?.port : undefined;
    return isFramework && ports.length > 0 && only !== undefined ? [only] : ports;
  }
}
