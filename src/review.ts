import { DATA_VERSION } from './facts/data-version.ts';
import type { Finding, Unchecked } from './vocabulary.ts';
import type { Snapshot } from './source/snapshot.ts';
import type { Settings } from './config/settings.ts';
import type { Environment } from './environments/environment.ts';
import type { EnvironmentReview, Review } from './report/review.ts';
import { ContentCache, readRepository } from './render/read-repository.ts';
import { EnvironmentCache, environmentsOf } from './environments/discover.ts';
import { writtenRenderers, type Renderers } from './render/renderers.ts';
import { changedFiles } from './compare/changed-files.ts';
import { analyzedLater, pairByName, reaches } from './compare/environment-pairs.ts';
import { ReviewMemory } from './compare/review-memory.ts';
import { notJudgedFiles, stillUnread } from './compare/not-judged.ts';
import { bumpsOf } from './compare/version-bump.ts';
import { verdictOf } from './compare/verdict.ts';
import { TOOL } from './report/tool.ts';
import { analyzeEnvironment, reviewEnvironment } from './review-environment.ts';

/** Told the name of each phase as it begins; the caller owns the clock. */
export type Observer = (phase: 'read' | 'environments' | 'review') => void;

/**
 * What the change from `base` to `head` does to every environment the repository describes.
 * A pure function of its arguments: same snapshots and settings, same result. `base` is undefined for a first commit.
 * With `renderers`, the charts and overlays that the change reaches are what the real tools make of them; without, the
 * templates of charts are read as far as they say what they make. With a `memory` of an earlier review of the repository,
 * what that one worked out is not worked out again: the result is the same.
 * @throws SourceError when a snapshot cannot be read.
 */
export async function review(
  base: Snapshot | undefined,
  head: Snapshot,
  settings: Settings,
  observe: Observer = () => undefined,
  renderers?: Renderers,
  memory: ReviewMemory = new ReviewMemory(),
): Promise<Review> {
  // 1. Read both sides; what is the same on both is fetched and parsed once.
  observe('read');
  const { content } = memory;
  const headFiles = await readRepository(head, content);
  const baseFiles = base && (await readRepository(base, content));
  const files = changedFiles(base, head);

  // 2. Which environments does the repository describe, and which of them can this change reach?
  observe('environments');
  const shared = memory.environments;
  const rendering = { renderers: renderers ?? writtenRenderers(), changed: files.paths };
  const after = await environmentsOf(headFiles, settings, shared, rendering);
  const before = baseFiles ? await environmentsOf(baseFiles, settings, shared, rendering) : NO_ENVIRONMENTS;
  const all = pairByName(before.environments, after.environments);
  const pairs = all.filter(({ name }) => settings.environment === undefined || name === settings.environment);
  const touched = pairs.filter((pair) => reaches(files, pair));

  // 3. Model both sides of each, check both, and take the difference.
  // 4. Where does each stand in an upgrade, and how does it go on?
  observe('review');
  const environments: EnvironmentReview[] = [];
  for (const pair of touched) {
    environments.push(await reviewEnvironment(pair, all, settings, headFiles, memory));
  }

  // 5. One word for all of it.
  const notJudged = notJudgedFiles(files, headFiles, after.environments);
  const bumps = await bumpsOf(
    baseFiles,
    headFiles,
    files,
    after.environments,
    environments.flatMap(({ changes }) => changes),
  );
  return {
    ...frame('review', base?.ref ?? '', head),
    verdict: verdictOf(
      environments.flatMap(({ findings }) => findings),
      environments.flatMap(({ changes }) => changes),
      notJudged.length,
    ),
    environments,
    ...(bumps.length > 0 && { bumps }),
    untouched: pairs.filter((pair) => !touched.includes(pair)).map(({ name }) => name),
    unchecked: [...stillUnread(headFiles, after.environments), ...after.unchecked],
    changedFiles: { total: files.total, read: files.manifests.length - notJudged.length },
    notJudged,
  };
}

/** One tree, every rule, no comparison. */
export async function analyze(
  head: Snapshot,
  settings: Settings,
  observe: Observer = () => undefined,
  renderers?: Renderers,
): Promise<Review> {
  observe('read');
  const files = await readRepository(head, new ContentCache());
  observe('environments');
  const rendering = { renderers: renderers ?? writtenRenderers(), changed: undefined };
  const found = await environmentsOf(files, settings, new EnvironmentCache(), rendering);
  observe('review');
  const all = found.environments.map((environment) => ({
    environment,
    ...analyzedLater(environment, settings),
  }));
  const environments = all
    .filter(({ name }) => settings.environment === undefined || name === settings.environment)
    .map((one) =>
      analyzeEnvironment(
        one.environment,
        one.member().after,
        all.filter((other) => other !== one),
        settings,
      ),
    );
  const findings = environments.flatMap((environment) => environment.findings);
  return {
    ...frame('analyze', '', head),
    verdict: verdictOf(asIntroduced(findings), [], 0),
    environments,
    untouched: [],
    unchecked: [...stillUnread(files, found.environments), ...found.unchecked],
    changedFiles: { total: 0, read: 0 },
    notJudged: [],
  };
}

const NO_ENVIRONMENTS: { environments: readonly Environment[]; unchecked: readonly Unchecked[] } = {
  environments: [],
  unchecked: [],
};

export function asIntroduced(findings: readonly Finding[]): Finding[] {
  return findings.map((finding) => ({ ...finding, status: 'introduced' }));
}

export function frame(
  mode: Review['mode'],
  base: string,
  head: Pick<Snapshot, 'ref'>,
): Pick<Review, 'version' | 'tool' | 'facts' | 'mode' | 'base' | 'head'> {
  return { version: 1, tool: TOOL, facts: DATA_VERSION, mode, base, head: head.ref };
}
