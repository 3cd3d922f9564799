import type { Cluster } from './cluster.ts';
import { minorOf } from './cluster.ts';
import { deployChart, installPlane, removePlane, removeRelease } from './charts.ts';
import { apply, at, keyOf, manifestsIn, remove, text, type Manifest } from './manifests.ts';
import { parsed } from './shell-words.ts';
import { load } from 'js-yaml';

type Files = ReadonlyMap<string, string>;

/** `istioctl` of the version that the plan says is on the PATH. */
export function istioctl(words: readonly string[], cluster: Cluster, files: Files, version: string): void {
  const minor = minorOf(version);
  const [first = '', second = ''] = words;
  if (first === 'install') install(words.slice(1), cluster, files, version);
  else if (first === 'uninstall' && minor >= 15) uninstall(words.slice(1), cluster, files);
  else if (first === 'x' && second === 'uninstall' && minor < 15) uninstall(words.slice(2), cluster, files);
  else if (first === 'tag' && minor >= 11) tag(words.slice(1), cluster, minor);
  else if (first === 'x' && second === 'revision' && words[2] === 'tag' && minor >= 10 && minor < 20)
    tag(words.slice(3), cluster, minor);
  else throw new Error(`istioctl ${version} has no ${words.join(' ')}`);
}

function install(words: readonly string[], cluster: Cluster, files: Files, version: string): void {
  const { options } = parsed(words, ['-f', '--set'], ['-y']);
  if (!options.has('-y')) throw new Error('istioctl install asks for confirmation');
  const settings = Object.fromEntries((options.get('--set') ?? []).map((one) => one.split('=')));
  const [file] = options.get('-f') ?? [];
  const manifest =
    file === undefined ? undefined : manifestsIn(files, file).find(({ kind }) => kind === 'IstioOperator');
  if (file !== undefined && !manifest) throw new Error(`${file} holds no IstioOperator`);
  const written = text(manifest, 'spec', 'revision');
  const revision = String(settings['revision'] ?? '') || written || 'default';
  const tagged = text(manifest, 'spec', 'tag');
  if (tagged !== '' && minorOf(tagged) !== minorOf(version))
    throw new Error(`istioctl ${version} is not of ${tagged}`);
  const isFirst = cluster.planes.size === 0;
  installPlane(cluster, revision, tagged || version);
  if ((revision === 'default' || isFirst) && minorOf(version) >= 12) makeDefault(cluster, revision);
  for (const name of (at(manifest, 'spec', 'values', 'revisionTags') ?? []) as string[])
    setTag(cluster, name, revision);
}

function uninstall(words: readonly string[], cluster: Cluster, files: Files): void {
  const { options } = parsed(words, ['--revision', '-f'], ['-y']);
  const [file] = options.get('-f') ?? [];
  const written =
    file === undefined ? '' : text(manifestsIn(files, file)[0], 'spec', 'revision') || 'default';
  removePlane(cluster, options.get('--revision')?.[0] ?? written);
}

function tag(words: readonly string[], cluster: Cluster, minor: number): void {
  const [verb, name = '', ...rest] = words;
  if (verb === 'remove') {
    cluster.webhooks.delete(`istio-revision-tag-${name}`);
    return;
  }
  if (verb !== 'set') throw new Error(`istioctl tag ${verb}`);
  const { options } = parsed(rest, ['--revision'], ['--overwrite', '--auto-inject-namespaces']);
  const revision = options.get('--revision')?.[0] ?? '';
  if (!cluster.planes.has(revision)) throw new Error(`there is no revision ${revision}`);
  if (name !== 'default' && cluster.planes.has(name)) throw new Error(`a revision has the name ${name}`);
  if (cluster.webhooks.has(`istio-revision-tag-${name}`) && !options.has('--overwrite'))
    throw new Error(`tag ${name} exists`);
  setTag(cluster, name, revision);
  if (name === 'default' && minor >= 12) makeDefault(cluster, revision);
  else if (name === 'default' && cluster.planes.has('default')) throw new Error('the default tag overlaps');
}

/** The default tag with its validator; the unnamed injector is disarmed. */
export function makeDefault(cluster: Cluster, revision: string): void {
  setTag(cluster, 'default', revision);
  cluster.disarmed = cluster.planes.has('default');
  cluster.validator = revision;
}

function setTag(cluster: Cluster, name: string, revision: string): void {
  const service = revision === 'default' ? 'istiod' : `istiod-${revision}`;
  cluster.webhooks.set(`istio-revision-tag-${name}`, { answers: [name], service, revision, tag: name });
}

/** `helm`: releases of Istio's repository (1.12 and later) or of charts in this one. */
export function helm(words: readonly string[], cluster: Cluster, files: Files): void {
  const [verb = '', ...rest] = words;
  const { words: args, options } = parsed(
    rest,
    ['-n', '--version', '--set'],
    ['--install', '--wait', '--reset-then-reuse-values'],
  );
  const [name = '', chart = ''] = args;
  if (verb === 'uninstall') removeRelease(cluster, name);
  else if (verb === 'dependency') return;
  else if (verb === 'show') showCrds(chart, options.get('--version')?.[0] ?? '', cluster);
  else if (verb === 'upgrade' && chart.startsWith('istio/')) {
    const version = options.get('--version')?.[0] ?? '';
    if (!(minorOf(version) >= 12)) throw new Error(`istio's repository has no ${chart} ${version}`);
    const values = Object.fromEntries((options.get('--set') ?? []).map((one) => one.split('=')));
    deployChart(cluster, name, {
      chart: chart.slice(6),
      version,
      namespace: options.get('-n')?.[0] ?? '',
      values,
    });
  } else if (verb === 'upgrade') umbrella(name, chart, cluster, files);
  else throw new Error(`helm ${verb}`);
}

function showCrds(chart: string, version: string, cluster: Cluster): void {
  const archive = /^istio-(1\.\d+\.\d+)\/manifests\/charts\/base$/.exec(chart)?.[1];
  const of = archive ?? (chart === 'istio/base' ? version : '');
  if (of === '' || minorOf(of) >= 24) throw new Error(`no CRDs in ${chart} ${version}`);
  cluster.crds = minorOf(of) > (minorOf(cluster.crds) || 0) ? of : cluster.crds;
}

/** A chart of this repository whose dependency is one of Istio's. */
function umbrella(release: string, dir: string, cluster: Cluster, files: Files): void {
  const chart = load(files.get(`${dir}/Chart.yaml`) ?? '') as {
    dependencies: { name: string; version: string }[];
  };
  const values = load(files.get(`${dir}/values.yaml`) ?? '{}') as Record<string, Record<string, unknown>>;
  for (const { name, version } of chart.dependencies) {
    deployChart(cluster, release, {
      chart: name,
      version,
      namespace: 'istio-system',
      values: values[name] ?? {},
    });
  }
}

interface HelmfileRelease {
  readonly name: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly values?: Record<string, unknown>[];
}

export function helmfile(words: readonly string[], cluster: Cluster, files: Files): void {
  const { words: verbs, options } = parsed(words, ['-f', '-l'], []);
  const { releases } = load(files.get(options.get('-f')?.[0] ?? '') ?? '') as { releases: HelmfileRelease[] };
  const name = /^name=(.+)$/.exec(options.get('-l')?.[0] ?? '')?.[1];
  const chosen = releases.filter((release) => release.name === name);
  if (verbs.join(' ') !== 'apply' || chosen.length !== 1)
    throw new Error(`helmfile ${words.join(' ')} does nothing`);
  for (const { chart, version, namespace, values = [], name: release } of chosen) {
    deployChart(cluster, release, {
      chart: chart.slice(6),
      version,
      namespace,
      values: Object.assign({}, ...values) as Record<string, unknown>,
    });
  }
}

/** `flux reconcile`: a Kustomization applies what its path holds, and deletes what it held before. */
export function flux(words: readonly string[], cluster: Cluster, files: Files): void {
  const { words: args } = parsed(words, ['-n'], ['--with-source']);
  const [verb, kind, name = ''] = args;
  if (verb !== 'reconcile') throw new Error(`flux ${verb}`);
  if (kind === 'helmrelease') {
    if (
      ![...cluster.objects.keys()].some((key) => key.startsWith('HelmRelease ') && key.endsWith(`/${name}`))
    ) {
      throw new Error(`there is no HelmRelease ${name}`);
    }
    return;
  }
  const own = ownerPath(files, 'Kustomization', name, (one) => text(one, 'spec', 'path'));
  reconcilePath(cluster, files, own, true);
}

export function argocd(words: readonly string[], cluster: Cluster, files: Files): void {
  const { words: args, options } = parsed(
    words,
    ['--timeout'],
    ['--prune', '--sync', '--health', '--cascade', '--yes'],
  );
  const [group, verb, name = ''] = args;
  if (group !== 'app') throw new Error(`argocd ${group}`);
  const application = cluster.objects.get(`Application argocd/${name}`) as Manifest | undefined;
  if (!application) throw new Error(`there is no application ${name}`);
  if (verb === 'wait') return;
  if (verb === 'delete') return remove(cluster, `Application argocd/${name}`);
  if (verb !== 'sync' || !options.has('--prune')) throw new Error(`argocd app ${verb}`);
  const path = text(application, 'spec', 'source', 'path');
  if (path !== '') return reconcilePath(cluster, files, path, false);
  deployChart(cluster, text(application, 'spec', 'source', 'helm', 'releaseName') || name, {
    chart: text(application, 'spec', 'source', 'chart'),
    version: text(application, 'spec', 'source', 'targetRevision'),
    namespace: text(application, 'spec', 'destination', 'namespace'),
    values: (at(application, 'spec', 'source', 'helm', 'valuesObject') ?? {}) as Record<string, unknown>,
  });
}

function ownerPath(files: Files, kind: string, name: string, pathOf: (one: Manifest) => string): string {
  const all = [...files.keys()]
    .filter((file) => /^clusters\//.test(file))
    .flatMap((file) => manifestsIn(files, file));
  const owner = all.find((one) => one.kind === kind && one.metadata.name === name);
  if (!owner) throw new Error(`there is no ${kind} ${name}`);
  return pathOf(owner).replace(/^\.\//, '');
}

/** Applies every manifest below a path, its kustomization's list when it has one, and prunes what is gone. */
export function reconcilePath(cluster: Cluster, files: Files, path: string, deploys: boolean): void {
  const list = files.get(`${path}/kustomization.yaml`);
  const names = list === undefined ? undefined : (load(list) as { resources: string[] }).resources;
  const paths =
    names?.map((name) => `${path}/${name}`) ??
    [...files.keys()].filter((file) => file.startsWith(`${path}/`)).sort();
  const manifests = paths.flatMap((file) => {
    const found = manifestsIn(files, file);
    if (names && found.length === 0) throw new Error(`${file} is listed and empty`);
    return found;
  });
  for (const manifest of manifests) apply(cluster, { ...manifest, $path: path }, deploys);
  const keys = new Set(manifests.map(keyOf));
  for (const [key, object] of [...cluster.objects]) {
    if (object['$path'] === path && !keys.has(key)) remove(cluster, key);
  }
}
