/** Far more words than a command line of a script has. */
const MOST_WORDS = 400;

/**
 * The commands of a line of shell, each as its words: quotes are taken off, `|`, `&&`, `||` and `;` end a command. Variables
 * stay as they are written. Takes one step for each character.
 */
export function shellCommands(line: string): string[][] {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | undefined;
  let quote = '';
  let left = MOST_WORDS;
  const endWord = () => {
    if (word !== undefined && left-- > 0) words.push(word);
    word = undefined;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  for (const character of line) {
    if (quote !== '') {
      if (character === quote) quote = '';
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (/\s/.test(character)) endWord();
    else if ('|&;()`'.includes(character)) endCommand();
    else word = (word ?? '') + character;
  }
  endCommand();
  return commands;
}

/** The values of a flag, in order: `--set a`, `--set=a`, `-s a`. */
export function flagValues(words: readonly string[], ...names: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (names.includes(word)) return words[index + 1] ?? [];
    const name = names.find((flag) => flag.startsWith('--') && word.startsWith(`${flag}=`));
    return name === undefined ? [] : [word.slice(name.length + 1)];
  });
}
