import type { Location, Unchecked } from '../vocabulary.ts';
import type { RenderCache } from './render-cache.ts';
import type { RenderLimits } from './render-limits.ts';
import type { Resource } from './resource.ts';
import type { Tools } from './tools.ts';

/** What a tool made of an overlay or a chart. */
export interface Rendered {
  readonly resources: readonly Resource[];
  /** What was refused or left out, and why. */
  readonly unchecked: readonly Unchecked[];
  /** Nothing could be rendered: why, without a full stop, and what a person would look at. */
  readonly failed?: {
    readonly why: string;
    readonly at?: Location;
    /** There is no tool, or it was not its turn any more: the input may be in order. */
    readonly notStarted?: boolean;
    /** The tool itself ran, and says that the input is wrong. */
    readonly byTool?: boolean;
  };
  /** Charts it depends on that are elsewhere: their objects are missing. */
  readonly without?: ReadonlySet<string>;
  /** No tool made this: templates were read as far as they say what they make. There may be more objects. */
  readonly asWritten?: boolean;
  /** Templates that make nothing with these values. */
  readonly silent?: readonly string[];
  /** A tool would refuse it, as far as can be told without one; the rest is in `resources` all the same. */
  readonly broken?: { readonly why: string; readonly at: Location };
  /** Every file whose content can change the result, sorted. */
  readonly files: readonly string[];
}

/** What a rendering needs besides its input. One for a whole review, so that both sides share what is the same. */
export interface Renderer {
  readonly tools: Tools;
  readonly cache: RenderCache;
  readonly limits: RenderLimits;
}

export function unchecked(what: string, why: string, at?: Location): Unchecked {
  return { what, why, count: 1, examples: at ? [at] : [] };
}

/** Nothing was rendered. */
export function failure(why: string, files: readonly string[], at?: Location): Rendered {
  return { resources: [], unchecked: [], failed: at ? { why, at } : { why }, files };
}

/** The tool ran and refused what it was given. */
export function refusal(why: string, files: readonly string[], at?: Location): Rendered {
  return { resources: [], unchecked: [], failed: { why, byTool: true, ...(at && { at }) }, files };
}

/** Nothing was rendered, and not because of what was to be rendered. */
export function notStarted(why: string, files: readonly string[]): Rendered {
  return { resources: [], unchecked: [], failed: { why, notStarted: true }, files };
}

/** Code-unit order: the one order of every list of texts. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
