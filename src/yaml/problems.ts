import type { ProblemKind } from './document.ts';

/** Reasons of the parser that speak of a limit of ours and not of the text's syntax. */
const LIMIT = /^(?:nesting exceeded|merge keys exceeded|an alias |aliases )/;

/** A problem before it has a place. */
export interface Diagnosis {
  readonly kind: ProblemKind;
  readonly message: string;
}

/** What a fault of the parser means to the person who wrote the file. `isTemplate`: the file holds template syntax. */
export function diagnose(reason: string, isTemplate: boolean): Diagnosis {
  if (LIMIT.test(reason)) return { kind: 'limit', message: `The document is not read: ${reason}.` };
  if (isTemplate) {
    return { kind: 'template', message: 'The document is a template: it is no YAML before it is rendered.' };
  }
  if (reason.startsWith('null byte')) return { kind: 'encoding', message: 'The document holds a NUL byte.' };
  return { kind: 'syntax', message: `The document is no valid YAML: ${reason}.` };
}

/** Where a text that is no YAML holds the syntax of a template (Helm, Jinja, ERB, ytt, Concourse); -1 where it does not. */
export function templateSyntaxAt(text: string): number {
  return text.search(/\{\{|\{%|<%|#@|\(\(/);
}

/** Template syntax in comments: ytt overlays repeat keys, and so do branches of which one is rendered. */
export function repeatsOnPurpose(text: string): boolean {
  return /#@|^[ \t]*#.*\{[{%]/m.test(text);
}

export const TOO_MANY: Diagnosis = {
  kind: 'limit',
  message:
    'The rest of the file is not read: it holds more documents, or more broken ones, than anyone writes.',
};

export function repeatedKey(key: string): Diagnosis {
  return {
    kind: 'duplicate-key',
    message: `The key ${quoted(key)} stands here a second time; the last one wins, and kubectl refuses the document.`,
  };
}

export const NOT_UTF8: Diagnosis = {
  kind: 'encoding',
  message: 'The document holds bytes that are not UTF-8.',
};

export const ENCRYPTED: Diagnosis = {
  kind: 'encrypted',
  message: 'Values of this document are encrypted with SOPS and cannot be read.',
};

/** Text of the file in a message: short, on one line. */
function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return `\`${line.length > 60 ? `${line.slice(0, 60)}...` : line}\``;
}
