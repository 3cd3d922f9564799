import { Broken, minorOf, type Cluster } from './cluster.ts';
import { installPlane, removePlane, setTag } from './charts.ts';
import { at, manifestsIn, text } from './manifests.ts';
import { parsed } from './shell-words.ts';

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

/** Commands that only look. Those that this version does not have are a mistake of the plan. */
export function looks(words: readonly string[], version: string): void {
  const minor = minorOf(version);
  const [first = '', second = '', ...rest] = words;
  if (first === 'proxy-status') parsed([second, ...rest].filter(Boolean), ['--revision'], []);
  else if (first === 'analyze' && minor >= 5) parsed([second, ...rest].filter(Boolean), [], ['-A']);
  else if (first === 'x' && second === 'precheck' && minor >= 10) {
    const { options } = parsed(rest, ['--from-version'], []);
    if (options.has('--from-version') && minor < 21) throw new Error('no --from-version before 1.21');
  } else if (first === 'tag' && second === 'list' && minor >= 11) return;
  else if (words.join(' ') === 'x revision tag list' && minor === 10) return;
  else throw new Error(`istioctl ${version} has no ${words.join(' ')} to look with`);
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
    setTag(cluster, name, revision, 'istioctl');
}

/** What bears the revision's label goes with it: tags that an installation has rendered, not those that were set. */
function uninstall(words: readonly string[], cluster: Cluster, files: Files): void {
  const { options } = parsed(words, ['--revision', '-f'], ['-y']);
  const [file] = options.get('-f') ?? [];
  const written =
    file === undefined ? '' : text(manifestsIn(files, file)[0], 'spec', 'revision') || 'default';
  const revision = options.get('--revision')?.[0] ?? written;
  if (file === undefined && revision === 'default' && cluster.nodes.size > 0)
    throw new Broken('the CNI plugin and ztunnel bear the label of the default revision');
  removePlane(cluster, revision);
  for (const [object, webhook] of [...cluster.webhooks])
    if (webhook.owner === 'istioctl' && webhook.revision === revision) cluster.webhooks.delete(object);
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
  const there = cluster.webhooks.get(`istio-revision-tag-${name}`);
  if (there && !options.has('--overwrite')) throw new Error(`tag ${name} exists`);
  setTag(cluster, name, revision);
  if (name === 'default' && minor >= 12) makeDefault(cluster, revision);
  else if (name === 'default' && cluster.planes.has('default')) throw new Error('the default tag overlaps');
}

/** The default tag with its validator; the unnamed injector is disarmed. */
function makeDefault(cluster: Cluster, revision: string): void {
  setTag(cluster, 'default', revision);
  cluster.disarmed = cluster.planes.has('default');
  cluster.validator = revision;
}
