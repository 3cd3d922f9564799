import type { VersionBump } from '../compare/version-bump.ts';
import type { DataVersion } from '../facts/data-version.ts';
import type { Change, Finding, Plan, Reading, Stage, Unchecked, Verdict } from '../vocabulary.ts';
import type { RevisionInUse } from '../mesh/data-plane.ts';
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
  /** Where the environment stands in a canary upgrade, at base and at head, and why; absent where nothing is compared. */
  readonly stage?: { readonly base: Stage; readonly head: Stage; readonly because: string };
  /** The promotion plan; absent when nothing is to be promoted. */
  readonly plan?: Plan;
  /** Mermaid source of control planes, tags and namespaces: what changes plus its neighbours; absent when nothing does. */
  readonly picture?: string;
  /** The proxies that run, by revision; absent where nothing is live. */
  readonly dataPlane?: readonly RevisionInUse[];
  /** Behaviour changes between the versions in hand that files cannot show. */
  readonly reading?: readonly Reading[];
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
  /** Which releases of Istio the facts behind this review know. */
  readonly facts: DataVersion;
  readonly environments: readonly EnvironmentReview[];
  /** The versions of Istio it moves, when the change does nothing else; absent otherwise. */
  readonly bumps?: readonly VersionBump[];
  /** Environments this change cannot reach: not modelled, not checked. */
  readonly untouched: readonly string[];
  /** What concerns no single environment: files that could not be read, limits. */
  readonly unchecked: readonly Unchecked[];
  /** Which files the change touches, and how many of them concern Istio or its workloads. */
  readonly changedFiles: { readonly total: number; readonly read: number };
  /** Changed files that may hold manifests but belong to no environment, or could not be read. */
  readonly notJudged: readonly string[];
}
