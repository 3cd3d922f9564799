/** What a template of Go's `text/template` consists of, as far as charts use it. */
export type Node =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipe: Pipe }
  | {
      readonly kind: 'if' | 'with';
      readonly pipe: Pipe;
      readonly then: readonly Node[];
      readonly otherwise: readonly Node[];
    }
  | {
      readonly kind: 'range';
      /** The variables an element goes to, without `$`: none, the element, or its key and the element. */
      readonly variables: readonly string[];
      readonly pipe: Pipe;
      readonly then: readonly Node[];
      readonly otherwise: readonly Node[];
    }
  | { readonly kind: 'define'; readonly name: string; readonly body: readonly Node[] }
  | { readonly kind: 'template'; readonly name: string; readonly pipe: Pipe | undefined };

/** `$x := .Values.image | default "nginx" | quote`. */
export interface Pipe {
  readonly assigns: { readonly name: string; readonly isNew: boolean } | undefined;
  readonly commands: readonly Command[];
  /** As it is written. */
  readonly source: string;
}

/** A function or a field with its arguments. */
export type Command = readonly Operand[];

export type Operand =
  | { readonly kind: 'field'; readonly path: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'pipe'; readonly pipe: Pipe; readonly path: readonly string[] };

/** The text is no template, or more of one than is understood here. */
export class TemplateSyntaxError extends Error {
  override readonly name = 'TemplateSyntaxError';
}
