import type { Location, Path, ResourceId } from '../vocabulary.ts';

/** Whole lines of a file, counted from 1. */
export interface SourceLines {
  readonly file: string;
  readonly startLine: number;
  readonly text: string;
}

/** Where a resource was written, and so where a person would edit it. */
export interface Origin {
  /** The file a person would edit for the resource as a whole. */
  readonly file: string;
  /**
   * The line a person would edit for the field at `path` of the body: the manifest, the patch that set it, the values key.
   * A missing path gives the deepest existing ancestor.
   */
  at(path: Path, what?: 'value' | 'key'): Location;
  /**
   * The lines in which the value at `path` stands, as the file has them. `undefined`, or absent, where a person would not
   * edit just these: for what a tool has rendered or a patch has set.
   */
  readonly lines?: (path: Path) => SourceLines | undefined;
  /** What rendered it, outermost first (`kustomize overlays/prod`, `helm charts/shop`); empty for a plain manifest. */
  readonly through: readonly string[];
}

/** One Kubernetes object. Built by `toResource`; immutable; shared by both sides when nothing changed. */
export interface Resource extends ResourceId {
  readonly apiVersion: string;
  /** API group without version; '' for the core group. */
  readonly group: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly origin: Origin;
  /**
   * Changes whenever anything that rules may see changes: equal on both sides means equal content and place in its file.
   */
  readonly digest: string;
}
