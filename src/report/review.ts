import type { Change, Finding, Unchecked, Verdict } from '../vocabulary.ts';
import type { ControlPlane, MeshComponent, RevisionTag } from '../mesh/mesh.ts';

/** What one environment looks like at head, and what this change does to it. */
export interface EnvironmentReview {
  readonly name: string;
  readonly roots: readonly string[];
  readonly because: string;
  readonly controlPlanes: readonly ControlPlane[];
  readonly components: readonly MeshComponent[];
  readonly tags: readonly RevisionTag[];
  readonly changes: readonly Change[];
  /** All findings with their status; what a person sees first is `introduced`. */
  readonly findings: readonly Finding[];
  readonly unchecked: readonly Unchecked[];
  readonly resources: number;
}

/** The result of `review` and of `analyze` (which has no base, no changes and no statuses). */
export interface Review {
  readonly version: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly mode: 'review' | 'analyze';
  /** '' when there is no base: a first commit. */
  readonly base: string;
  readonly head: string;
  readonly verdict: Verdict;
  readonly environments: readonly EnvironmentReview[];
  /** Environments this change cannot reach: not modelled, not checked. */
  readonly untouched: readonly string[];
  /** What concerns no single environment: files that could not be read, limits. */
  readonly unchecked: readonly Unchecked[];
  /** Which files the change touches, and how many of them concern Istio or its workloads. */
  readonly changedFiles: { readonly total: number; readonly read: number };
  /** Changed files that may hold manifests but belong to no environment, or could not be read. */
  readonly notJudged: readonly string[];
}
