import { changedFiles } from '../compare/changed-files.ts';
import { notJudgedFiles, stillUnread } from '../compare/not-judged.ts';
import { verdictOf } from '../compare/verdict.ts';
import type { Settings } from '../config/settings.ts';
import { environmentsOf, EnvironmentCache } from '../environments/discover.ts';
import type { Environment } from '../environments/environment.ts';
import { formatVersion, type IstioVersion } from '../facts/versions.ts';
import { buildMesh } from '../mesh/build.ts';
import { readInstallations } from '../mesh/control-planes.ts';
import { ContentCache, readRepository } from '../render/read-repository.ts';
import type { Renderers } from '../render/renderers.ts';
import type { Repository } from '../render/repository.ts';
import type { Review } from '../report/review.ts';
import { asIntroduced, frame } from '../review.ts';
import { analyzeEnvironment, reviewEnvironment } from '../review-environment.ts';
import type { Snapshot } from '../source/snapshot.ts';
import type { ApiServer } from './api-server.ts';
import { applied } from './apply.ts';
import { atVersion } from './at-version.ts';
import { ClusterError } from './cluster-error.ts';
import { readCluster, type Inventory } from './inventory.ts';
import { liveEnvironment } from './live-environment.ts';

/** What a cluster is checked for. Without files and versions: as it stands. */
export interface PrecheckRequest {
  /** How the report names the cluster: `cluster prod`. */
  readonly name: string;
  /** Only this namespace and those of the control planes. */
  readonly namespace?: string;
  /** The release its Istio comes from, and goes to. */
  readonly from?: IstioVersion;
  readonly to?: IstioVersion;
  /** The revision that `from` and `to` are about. */
  readonly revision?: string;
  /** What is about to be applied to it. */
  readonly files?: { readonly tree: Snapshot; readonly renderers: Renderers | undefined };
}

/**
 * Checks a live cluster; with files or versions, the step from it to what comes of them.
 * @throws ClusterError when it cannot be read, or the request does not fit it; SourceError when the files cannot be.
 */
export async function precheck(
  api: ApiServer,
  request: PrecheckRequest,
  settings: Settings,
): Promise<Review> {
  const inventory = await readCluster(api, request.namespace);
  const live = liveEnvironment(inventory);
  requireRevision(live, request.revision);
  if (request.files) return reviewFiles(live, inventory, { ...request, files: request.files }, settings);
  if (!request.from && !request.to) return analyzed(live, request.name, settings);
  const before = request.from ? atVersion(live, request.from, request.revision) : live;
  const after = request.to ? atVersion(live, request.to, request.revision) : live;
  requireStep(before, after, request);
  return reviewed(named(request, request.from), before, named(request, request.to), after, settings);
}

function named({ name }: PrecheckRequest, version: IstioVersion | undefined): string {
  return version ? `${name} at Istio ${formatVersion(version)}` : name;
}

function analyzed(live: Environment, name: string, settings: Settings): Review {
  const environment = analyzeEnvironment(live, buildMesh(live, settings), [], settings);
  return {
    ...frame('analyze', '', { ref: name }),
    verdict: verdictOf(asIntroduced(environment.findings), [], live.unchecked.length),
    environments: [environment],
    untouched: [],
    unchecked: [],
    changedFiles: { total: 0, read: 0 },
    notJudged: [],
  };
}

const NO_FILES: Pick<Repository, 'has' | 'text'> = {
  has: () => false,
  text: () => Promise.resolve(undefined),
};

async function reviewed(
  base: string,
  before: Environment,
  head: string,
  after: Environment,
  settings: Settings,
  files: Pick<Repository, 'has' | 'text'> = NO_FILES,
): Promise<Review> {
  const pair = { name: after.name, base: before, head: after };
  const environment = await reviewEnvironment(pair, [pair], settings, files);
  return {
    ...frame('review', base, { ref: head }),
    verdict: verdictOf(environment.findings, environment.changes, 0),
    environments: [environment],
    untouched: [],
    unchecked: [],
    changedFiles: { total: 0, read: 0 },
    notJudged: [],
  };
}

async function reviewFiles(
  live: Environment,
  inventory: Inventory,
  request: PrecheckRequest & { readonly files: NonNullable<PrecheckRequest['files']> },
  settings: Settings,
): Promise<Review> {
  const { tree, renderers } = request.files;
  const repository = await readRepository(tree, new ContentCache());
  const rendering = renderers && { renderers, changed: undefined };
  const found = await environmentsOf(repository, settings, new EnvironmentCache(), rendering);
  const written = chosen(found.environments, settings);
  const name = settings.environment ?? live.name;
  const before = { ...(request.from ? atVersion(live, request.from, request.revision) : live), name };
  const after = applied(before, written, inventory.labelsByHand, settings.namespace);
  const head = `${request.name} with ${tree.ref}`;
  const review = await reviewed(named(request, request.from), before, head, after, settings, repository);
  const changed = changedFiles(undefined, tree);
  const notJudged = notJudgedFiles(changed, repository, [written]);
  const [environment] = review.environments;
  return {
    ...review,
    verdict: verdictOf(environment?.findings ?? [], environment?.changes ?? [], notJudged.length),
    unchecked: [...stillUnread(repository, [written]), ...found.unchecked],
    changedFiles: { total: changed.total, read: changed.manifests.length - notJudged.length },
    notJudged,
  };
}

/** The one environment of the files that goes into this cluster. */
function chosen(environments: readonly Environment[], { environment }: Settings): Environment {
  const names = environments.map(({ name }) => name);
  const fitting =
    environment === undefined ? environments : environments.filter(({ name }) => name === environment);
  const [only, ...others] = fitting;
  if (only && others.length === 0) return only;
  if (names.length === 0) throw new ClusterError('usage', 'The files hold no Kubernetes manifests.');
  throw new ClusterError(
    'usage',
    environment === undefined
      ? 'The files describe several environments, and one of them goes into this cluster.'
      : `The files describe no environment "${environment}".`,
    `Choose with --environment: ${names.join(', ')}.`,
  );
}

function requireRevision(live: Environment, revision: string | undefined): void {
  if (revision === undefined) return;
  const names = readInstallations(live).controlPlanes.map((plane) => plane.revision);
  if (names.includes(revision)) return;
  throw new ClusterError(
    'usage',
    `The cluster has no control plane of revision "${revision}".`,
    names.length === 0 ? 'It has none that could be seen.' : `It has ${names.join(', ')}.`,
  );
}

/** A way from a version to itself says nothing, and would look like good news. */
function requireStep(before: Environment, after: Environment, { from, to }: PrecheckRequest): void {
  const [then, now] = [before, after].map((side) => readInstallations(side).controlPlanes);
  if (!then?.length || !now) {
    throw new ClusterError(
      'usage',
      'No control plane is seen in the cluster, so no versions can be compared.',
    );
  }
  if (then.some(({ version }, index) => !isSameRelease(version, now[index]?.version))) return;
  const version = from ?? to;
  throw new ClusterError(
    'usage',
    `The cluster runs Istio ${version ? formatVersion(version) : ''} already.`,
    'Name where it goes: --to-version VERSION, or the files of the new release.',
  );
}

function isSameRelease(one: IstioVersion | undefined, other: IstioVersion | undefined): boolean {
  if (!one || !other) return one === other;
  const patches = [one.patch, other.patch].filter((patch) => patch !== undefined);
  return one.major === other.major && one.minor === other.minor && new Set(patches).size < 2;
}
