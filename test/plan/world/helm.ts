import { load } from 'js-yaml';
import { minorOf, type ChartInstall, type Cluster } from './cluster.ts';
import { deployChart, raiseCrds, removeRelease } from './charts.ts';
import { parsed } from './shell-words.ts';

type Files = ReadonlyMap<string, string>;

/** `helm`: releases of Istio's repository (1.12 and later) or of charts in this one. */
export function helm(words: readonly string[], cluster: Cluster, files: Files): void {
  const [verb = '', ...rest] = words;
  const { words: args, options } = parsed(
    rest,
    ['-n', '--version', '--set'],
    ['--install', '--wait', '--reset-then-reuse-values', '--keep-history'],
  );
  const [name = '', chart = ''] = args;
  const version = options.get('--version')?.[0] ?? '';
  if (verb === 'uninstall') uninstall(cluster, name, options.has('--keep-history'));
  else if (verb === 'rollback') rollback(cluster, name);
  else if (verb === 'dependency') return;
  else if (verb === 'show') showCrds(chart, version, cluster);
  else if (verb === 'upgrade' && chart.startsWith('istio/')) {
    if (!(minorOf(version) >= 12)) throw new Error(`istio's repository has no ${chart} ${version}`);
    const kept = options.has('--reset-then-reuse-values') ? cluster.releases.get(name)?.values : {};
    deployChart(cluster, name, {
      chart: chart.slice(6),
      version,
      namespace: options.get('-n')?.[0] ?? '',
      values: { ...kept, ...settings(options.get('--set') ?? []) },
    });
  } else if (verb === 'upgrade') umbrella(name, chart, cluster, files);
  else throw new Error(`helm ${verb}`);
}

function uninstall(cluster: Cluster, name: string, keeps: boolean): void {
  const install = cluster.releases.get(name);
  removeRelease(cluster, name);
  if (keeps && install) cluster.uninstalled.set(name, install);
}

/** Back to what was installed before; of a release that was uninstalled only where its history was kept. */
function rollback(cluster: Cluster, name: string): void {
  const install = cluster.uninstalled.get(name);
  if (!install) throw new Error(`no history of ${name}`);
  cluster.uninstalled.delete(name);
  deployChart(cluster, name, install);
}

/** `--set revisionTags={prod,canary}` is a list. */
function settings(texts: readonly string[]): ChartInstall['values'] {
  return Object.fromEntries(
    texts.map((one) => {
      const [key = '', value = ''] = one.split(/=(.*)/s);
      const list = /^\{(.*)\}$/.exec(value)?.[1];
      return [key, list === undefined ? value : list.split(',')];
    }),
  );
}

function showCrds(chart: string, version: string, cluster: Cluster): void {
  const archive = /^istio-(1\.\d+\.\d+)\/manifests\/charts\/base$/.exec(chart)?.[1];
  const of = archive ?? (chart === 'istio/base' ? version : '');
  if (of === '' || minorOf(of) >= 24) throw new Error(`no CRDs in ${chart} ${version}`);
  raiseCrds(cluster, of);
}

interface Dependency {
  readonly name: string;
  readonly version: string;
  readonly alias?: string;
}

/** A chart of this repository whose dependencies are Istio's: its parts come and go together. */
function umbrella(release: string, dir: string, cluster: Cluster, files: Files): void {
  const { dependencies } = load(files.get(`${dir}/Chart.yaml`) ?? '') as { dependencies: Dependency[] };
  const values = (load(files.get(`${dir}/values.yaml`) ?? '{}') ?? {}) as Record<
    string,
    ChartInstall['values']
  >;
  const parts = new Map(dependencies.map((one) => [`${release}/${one.alias ?? one.name}`, one]));
  for (const [part, { name, version, alias }] of parts) {
    const own = values[alias ?? name] ?? {};
    deployChart(cluster, part, { chart: name, version, namespace: 'istio-system', values: own });
  }
  for (const part of [...cluster.releases.keys()])
    if (part.startsWith(`${release}/`) && !parts.has(part)) removeRelease(cluster, part);
}

interface HelmfileRelease {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly values?: ChartInstall['values'][];
}

export function helmfile(words: readonly string[], cluster: Cluster, files: Files): void {
  const { words: verbs, options } = parsed(words, ['-f', '-l'], []);
  const { releases } = load(files.get(options.get('-f')?.[0] ?? '') ?? '') as { releases: HelmfileRelease[] };
  const name = /^name=(.+)$/.exec(options.get('-l')?.[0] ?? '')?.[1];
  const chosen = releases.filter((release) => release.name === name);
  if (verbs.join(' ') !== 'apply' || chosen.length !== 1)
    throw new Error(`helmfile ${words.join(' ')} does nothing`);
  for (const { chart, version, namespace, values = [], name: release } of chosen) {
    const merged = Object.assign({}, ...values) as ChartInstall['values'];
    deployChart(cluster, release, { chart: chart.slice(6), version, namespace, values: merged });
  }
}
