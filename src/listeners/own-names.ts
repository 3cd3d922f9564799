import { CALLED_NOUNS, CALLED_WORDS, OWN_WORDS } from '../facts/bind-names.ts';
import type { Command } from './command-line.ts';
import { lastSegment } from './command-line.ts';
import type { ContainerFacts } from './container.ts';
import { isTargetWord, nameWords } from './names.ts';
import { imageName, isCatalogued } from './programs.ts';

/** Ends of names that are a client's, whatever they begin with. */
const CLIENT_NAMES = /(?:cli|ctl|client|check|probe|wait|bench|benchmark|test|tests|migrate|exporter|load)$/;

/** The words by which a container's own program is called: those of its image and of its command. */
export class OwnNames {
  readonly #words: ReadonlySet<string>;
  readonly #image: string;

  constructor({ container, commands }: ContainerFacts) {
    const image = imageName(container);
    const heads = commands.filter(({ source }) => source === 'argument').map(nameOf);
    const words = [image, ...heads].flatMap(nameWords);
    this.#words = new Set(words.filter(isProper));
    this.#image = image.toLowerCase();
  }

  has(word: string): boolean {
    return this.#words.has(word);
  }

  /** Whether a word is short for the image's name: `nd` for navidrome. */
  abbreviates(word: string): boolean {
    if (!/^[a-z]{2,5}$/.test(word) || !isProper(word)) return false;
    let at = 0;
    for (const letter of this.#image.slice(0, 100)) if (letter === word.charAt(at)) at += 1;
    return at === word.length && this.#image.startsWith(word.charAt(0));
  }
}

/** Whether a word can only be a name. A program of the catalogue has settings that are known: others are its clients'. */
function isProper(word: string): boolean {
  if (word.length < 2 || isTargetWord(word) || isCatalogued(word)) return false;
  return !CALLED_NOUNS.has(word) && !CALLED_WORDS.has(word) && !OWN_WORDS.has(word);
}

/** The name of what a command runs: its first word. */
function nameOf({ words }: Command): string {
  return lastSegment(words[0]?.text ?? '').slice(0, 100);
}

/** Whether a command's name says that it talks to a server: `shop-cli`, `redis-benchmark`. */
export function isNamedLikeClient(command: Command): boolean {
  const names = command.words.slice(0, 3).filter(({ text }) => !text.startsWith('-'));
  return names.some(({ text }) => CLIENT_NAMES.test(lastSegment(text).replace(/\.\w{1,4}$/, '')));
}
