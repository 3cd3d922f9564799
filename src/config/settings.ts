import type { Level } from '../vocabulary.ts';

/** Where a repository keeps its settings; the first that exists. */
export const SETTINGS_PATHS = [
  '.github/istio-upgrade-guard.yml',
  '.github/istio-upgrade-guard.yaml',
] as const;

/** A finding the repository has decided to live with. */
export interface Suppression {
  readonly rule: string;
  /** Glob over `Kind namespace/name`; `*` is any run of characters. */
  readonly resource: string;
  readonly reason?: string;
  /** `YYYY-MM-DD`; after that day the finding is back. */
  readonly until?: string;
}

/** When a pull request gets a comment: always, only when there is something to say, or not at all. */
export type CommentPolicy = 'always' | 'on-findings' | 'never';

/** Namespaces that move to a new revision together. */
export interface Wave {
  readonly name?: string;
  /** Globs over namespace names. */
  readonly namespaces: readonly string[];
}

/** Everything a review depends on besides the two snapshots. Surfaces build it; core never looks elsewhere. */
export interface Settings {
  /** `closed`: these files are the whole mesh (`--closed-world`), so absence counts as Istio counts it. */
  readonly world: 'open' | 'closed';
  /** Namespace of resources that name none (`--namespace`); '' leaves it unknown. */
  readonly namespace: string;
  /** A bare MeshConfig given on the command line; overrides what the repository holds. */
  readonly meshConfig: Readonly<Record<string, unknown>> | undefined;
  /** A bare MeshNetworks given on the command line, and its file. */
  readonly meshNetworks:
    { readonly file: string; readonly value: Readonly<Record<string, unknown>> } | undefined;
  /** Environments by path globs; empty: found by their structure. */
  readonly environments: readonly { readonly name: string; readonly paths: readonly string[] }[];
  /** Only this environment, when given. */
  readonly environment: string | undefined;
  /** Only these rules, when given. */
  readonly rules: readonly string[] | undefined;
  /** Rule levels the repository chose; `off` silences a rule. */
  readonly levels: Readonly<Record<string, Level | 'off'>>;
  /** Rule levels for the files below some paths; the last entry that matches a file and names the rule counts. */
  readonly pathLevels: readonly {
    /** Globs over repository paths. */
    readonly paths: readonly string[];
    readonly levels: Readonly<Record<string, Level | 'off'>>;
  }[];
  readonly failOn: Level | 'never';
  readonly suppressions: readonly Suppression[];
  /** Things that exist elsewhere: `Service payments/ledger`, `revision asm-managed`, `host *.example.com`; globs. */
  readonly externals: readonly string[];
  readonly comment: CommentPolicy;
  /** The order in which namespaces are promoted; empty: nobody has said. */
  readonly waves: readonly Wave[];
  /** Today as `YYYY-MM-DD`: the only clock core knows. */
  readonly today: string;
}

export const DEFAULT_SETTINGS: Settings = {
  world: 'open',
  namespace: '',
  meshConfig: undefined,
  meshNetworks: undefined,
  environments: [],
  environment: undefined,
  rules: undefined,
  levels: {},
  pathLevels: [],
  failOn: 'error',
  suppressions: [],
  externals: [],
  comment: 'always',
  waves: [],
  today: '1970-01-01',
};
