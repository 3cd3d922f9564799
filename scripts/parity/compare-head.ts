import { differences, type Difference } from './differences.ts';
import type { Body, PlainResult, PlainTools } from './plain-tools.ts';
import { DEFAULT_RELEASE_ARGUMENTS, releaseOf, type ChartVariant, variantsOf } from './chart-variants.ts';
import { EnvironmentCache } from '../../src/environments/environment-cache.ts';
import { Workspace } from '../../src/environments/workspace.ts';
import { ContentCache, readRepository } from '../../src/render/read-repository.ts';
import type { Rendered } from '../../src/render/rendered.ts';
import type { Renderers } from '../../src/render/renderers.ts';
import { readableFiles } from '../../src/render/tree.ts';
import type { Snapshot } from '../../src/source/snapshot.ts';

/** `plain-fails`: the tool itself cannot. `unchecked`: we refused or could not, and say why. */
export interface Verdict {
  readonly answer: 'equal' | 'different' | 'unchecked' | 'plain-fails' | 'we-succeed-alone';
  readonly why: string;
  readonly differences: readonly Difference[];
}

/** One overlay or chart, built in every way. */
export interface Comparison {
  readonly where: string;
  readonly what: string;
  readonly kind: 'overlay' | 'chart';
  readonly sandbox: Verdict;
  /** What a review with tools works on; absent for charts, which it renders as they are. */
  readonly pipeline?: Verdict;
  /** Our own reading, without a tool; absent for charts, which it cannot read. */
  readonly graph?: Verdict;
}

export interface Head {
  readonly snapshot: Snapshot;
  /** The same files on disk. */
  readonly checkout: string;
  readonly renderers: Required<Renderers>;
  readonly plain: PlainTools;
  /** What was compared before, by content. */
  readonly seen: Set<string>;
}

export async function compareHead(head: Head): Promise<Comparison[]> {
  const repository = await readRepository(head.snapshot, new ContentCache());
  const rendering = { renderers: head.renderers, changed: undefined, most: Number.POSITIVE_INFINITY };
  const toolless = await Workspace.open(repository, new EnvironmentCache());
  const equipped = await Workspace.open(repository, new EnvironmentCache(), rendering);
  const blobs = readableFiles(head.snapshot);
  const isNew = (what: string, files: Iterable<string>): boolean => {
    const key = `${what}\n${[...files].map((path) => `${path}=${blobs.blob(path)}`).join('\n')}`;
    return !head.seen.has(key) && head.seen.add(key) !== undefined;
  };
  const found: Comparison[] = [];
  for (const { dir, component } of toolless.graph.kustomizations.values()) {
    if (component || !isNew(`overlay ${dir}`, toolless.graph.closureOf(dir))) continue;
    found.push(await compareOverlay(dir, head, toolless, equipped));
  }
  for (const variant of variantsOf(toolless)) {
    if (
      !isNew(
        `chart ${variant.dir} ${variant.valuesFiles.join(' ')}`,
        toolless.directories.filesBelow(variant.dir),
      )
    )
      continue;
    found.push(await compareChart(variant, head));
  }
  return found;
}

async function compareOverlay(
  dir: string,
  { checkout, plain, renderers, snapshot }: Head,
  toolless: Workspace,
  equipped: Workspace,
): Promise<Comparison> {
  const theirs = await plain.kustomize(checkout, dir);
  const rendered = await renderers.kustomize(dir, snapshot);
  equipped.build(dir);
  await equipped.renderings.settle();
  const built = equipped.build(dir);
  const read = toolless.build(dir);
  const notes = (of: typeof read): string =>
    [...of.unchecked.map(({ what, why }) => `${what}: ${why}`), ...of.opaque.map(({ what }) => what)].join(
      '; ',
    );
  return {
    where: '',
    what: dir || '.',
    kind: 'overlay',
    sandbox: verdict(theirs, rendered),
    pipeline: judged(theirs, bodies(built.resources), notes(built), built.rendered === undefined),
    graph: judged(theirs, bodies(read.resources), notes(read), true),
  };
}

async function compareChart(
  variant: ChartVariant,
  { checkout, plain, renderers, snapshot }: Head,
): Promise<Comparison> {
  const release = releaseOf(variant);
  const args = [release.releaseName, `--namespace=${release.namespace}`, ...DEFAULT_RELEASE_ARGUMENTS];
  const files = release.valuesFiles.map((path) => `--values=${checkout}/${path}`);
  const theirs = await plain.helm(checkout, variant.dir, [...args, ...files]);
  const rendered = await renderers.helm(release, snapshot);
  const what = [variant.dir || '.', ...variant.valuesFiles].join(' with ');
  const once = verdict(theirs, rendered);
  if (once.answer !== 'different') return { where: '', what, kind: 'chart', sandbox: once };
  // `uuidv4` and `now`: what the tool itself gives another value each time is no difference.
  const again = await plain.helm(checkout, variant.dir, [...args, ...files]);
  const unstable = differencesBetween(theirs, again);
  const stable = once.differences.filter(({ says }) => !unstable.has(placeOf(says)));
  const answer = stable.length === 0 ? 'equal' : 'different';
  return { where: '', what, kind: 'chart', sandbox: { ...once, answer, differences: stable } };
}

function verdict(theirs: PlainResult, { resources, failed, unchecked }: Rendered): Verdict {
  const why = failed?.why ?? unchecked.map((entry) => `${entry.what}: ${entry.why}`).join('; ');
  if (failed) return { answer: 'failed' in theirs ? 'plain-fails' : 'unchecked', why, differences: [] };
  if ('failed' in theirs) return { answer: 'we-succeed-alone', why: theirs.failed, differences: [] };
  return judged(theirs, bodies(resources), why, false);
}

function judged(theirs: PlainResult, ours: readonly Body[], why: string, loose: boolean): Verdict {
  if ('failed' in theirs) return { answer: 'plain-fails', why: theirs.failed, differences: [] };
  const apart = differences(ours, theirs.objects, loose);
  if (apart.length === 0) return { answer: 'equal', why, differences: [] };
  return { answer: why === '' || !loose ? 'different' : 'unchecked', why, differences: apart };
}

/** The places at which two runs of the plain tool differ. */
function differencesBetween(one: PlainResult, other: PlainResult): ReadonlySet<string> {
  if ('failed' in one || 'failed' in other) return new Set();
  return new Set(differences(one.objects, other.objects).map(({ says }) => placeOf(says)));
}

/** `Service shop/web: spec.x: 1, not 2` without the values; names may hold a time of day. */
function placeOf(says: string): string {
  const [object = '', path = ''] = says.replace(/ is (?:missing|too much)$/, '').split(': ');
  return `${object.replace(/\d{6,}/g, '#')}: ${path}`;
}

function bodies(resources: readonly { readonly body: Body }[]): Body[] {
  return resources.map(({ body }) => body);
}
