/** Values of HCL as far as they are literal. Anything else is kept as text with a placeholder in it. */
export type HclValue =
  | { readonly kind: 'scalar'; readonly value: string | number | boolean | null; readonly line: number }
  | { readonly kind: 'list'; readonly items: readonly HclValue[]; readonly line: number }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, HclValue>; readonly line: number }
  /** `var.istio_version`, `local.chart.repository`, `module.x.y`. */
  | { readonly kind: 'reference'; readonly path: readonly string[]; readonly line: number }
  /** Text with `${...}` in it: literal parts, and expressions of which only plain references are kept. */
  | { readonly kind: 'text'; readonly parts: readonly (string | HclValue)[]; readonly line: number }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly args: readonly HclValue[];
      readonly line: number;
    }
  | { readonly kind: 'unknown'; readonly line: number };

/** `resource "helm_release" "istiod" { ... }`. */
export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: HclBody;
  readonly line: number;
}

export interface HclBody {
  readonly attributes: ReadonlyMap<string, HclValue>;
  readonly blocks: readonly HclBlock[];
}

/** The text is no HCL, or more of it than is understood. */
export class HclError extends Error {
  override readonly name = 'HclError';
}
