/** Words that a shell takes as they stand, behind a command's own name: no quotes, no expansion. */
const PLAIN = /^[A-Za-z0-9_./@%+:,=-]+$/;

/** Kubernetes' names (DNS-1123, subdomains included): what an object that exists can be called. */
const NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

/** Can a Kubernetes object have this name? Every other text is a mistake or an attempt, and no command names it. */
export function isObjectName(text: string): boolean {
  return NAME.test(text);
}

/** Can a Service have this name? It takes no dots and no more than 63 characters (DNS-1035). */
export function isServiceName(text: string): boolean {
  return /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
}

/**
 * One word of a POSIX shell that means exactly this text, and no option: a leading dash, which no quoting protects, becomes a
 * path.
 */
export function shellWord(text: string): string {
  return quotedWord(text.startsWith('-') ? `./${text}` : text);
}

/** Options, which begin with a dash on purpose. Their names are ours. */
export interface Flags {
  readonly flags: readonly string[];
}

/** Several words, or one. */
type Words = string | readonly string[] | Flags;

/**
 * A command as typed into a POSIX shell: sh`kubectl get ns ${name}`. What is filled in is quoted; of a list each entry is a
 * word. The text around it is ours.
 */
export function sh(text: TemplateStringsArray, ...values: readonly Words[]): string {
  return text.reduce((command, part, index) => `${command}${words(values[index - 1] ?? '')}${part}`);
}

function words(value: Words): string {
  if (typeof value === 'string') return shellWord(value);
  return 'flags' in value ? value.flags.map(quotedWord).join(' ') : value.map(shellWord).join(' ');
}

function quotedWord(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
