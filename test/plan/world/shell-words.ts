/** The commands of a pipeline, each as its words: single quotes and backslashes as a POSIX shell reads them. */
export function pipeline(command: string): string[][] {
  const commands: string[][] = [[]];
  let word: string | undefined;
  const end = (): void => {
    if (word !== undefined) commands.at(-1)?.push(word);
    word = undefined;
  };
  for (let at = 0; at < command.length; at += 1) {
    const one = command.charAt(at);
    if (one === ' ') end();
    else if (one === '|') {
      end();
      commands.push([]);
    } else if (one === "'") {
      const close = command.indexOf("'", at + 1);
      if (close < 0) throw new Error(`a quote is not closed: ${command}`);
      word = `${word ?? ''}${command.slice(at + 1, close)}`;
      at = close;
    } else if (one === '\\') {
      at += 1;
      word = `${word ?? ''}${command.charAt(at)}`;
    } else if (/[&;<>`$(){}*?!#~"\n]/.test(one)) {
      throw new Error(`the shell would make something of ${JSON.stringify(one)}: ${command}`);
    } else word = `${word ?? ''}${one}`;
  }
  end();
  return commands;
}

/** Positional words and options of a command, `--name value`, `--name=value` and `-n value` alike. */
export interface Parsed {
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** `flags` take no value. What is not known is a mistake of the plan. */
export function parsed(
  words: readonly string[],
  valued: readonly string[],
  flags: readonly string[],
): Parsed {
  const options = new Map<string, string[]>();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const [name = '', inline] = (words[at] ?? '').split(/=(.*)/s);
    if (!name.startsWith('-')) rest.push(words[at] ?? '');
    else if (flags.includes(name) && inline === undefined) options.set(name, []);
    else if (valued.includes(name)) {
      const value = inline ?? words[(at += 1)];
      if (value === undefined) throw new Error(`${name} lacks its value: ${words.join(' ')}`);
      options.set(name, [...(options.get(name) ?? []), value]);
    } else throw new Error(`no option ${name} here: ${words.join(' ')}`);
  }
  return { words: rest, options };
}
