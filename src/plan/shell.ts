/** Words that a shell takes as they stand, behind a command's own name: no quotes, no expansion. */
const PLAIN = /^[A-Za-z0-9_./@%+:,=-]+$/;

/** Kubernetes' names (DNS-1123, subdomains included): what an object that exists can be called. */
const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Can a Kubernetes object have this name? Every other text is a mistake or an attempt, and no command names it. */
export function isObjectName(text: string): boolean {
  return NAME.test(text);
}

/** One word of a POSIX shell that means exactly this text. A leading dash, which no quoting protects, becomes a path. */
export function shellWord(text: string): string {
  const word = text.startsWith('-') ? `./${text}` : text;
  return PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** Several words, or one. */
type Words = string | number | readonly string[];

/**
 * A command as typed into a POSIX shell: sh`kubectl get ns ${name}`. What is filled in is quoted; of a list each entry is a
 * word. The text around it is ours.
 */
export function sh(text: TemplateStringsArray, ...values: readonly Words[]): string {
  return text.reduce((command, part, index) => `${command}${quoted(values[index - 1] ?? '')}${part}`);
}

function quoted(words: Words): string {
  if (typeof words === 'string' || typeof words === 'number') return shellWord(String(words));
  return words.map(shellWord).join(' ');
}
