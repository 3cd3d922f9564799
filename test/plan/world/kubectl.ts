import type { Cluster, Labels } from './cluster.ts';
import { removePlane } from './charts.ts';
import { reconcileSail } from './sail-operator.ts';
import { apply, at, manifestsIn, remove, setWorkload } from './manifests.ts';
import { parsed, type Parsed } from './shell-words.ts';

const VALUED = ['-f', '-k', '-n', '-l', '-L', '-o', '-p', '--timeout', '--for', '--type', '--field-manager'];
const FLAGS = ['--overwrite', '--ignore-not-found', '-A'];

/** Commands that only look. */
export function kubectlLooks(words: readonly string[]): void {
  const [verb = '', ...rest] = words;
  if (!['get', 'rollout', 'wait'].includes(verb)) throw new Error(`kubectl ${verb} is no way to look`);
  parsed(rest, VALUED, FLAGS);
}

/** `kubectl`, as far as plans use it. */
export function kubectl(
  words: readonly string[],
  cluster: Cluster,
  files: ReadonlyMap<string, string>,
): void {
  const [verb = '', ...rest] = words;
  const command = parsed(rest, VALUED, FLAGS);
  const run = VERBS[verb];
  if (!run) throw new Error(`kubectl ${verb} is not known here`);
  run(command, cluster, files);
}

type Verb = (command: Parsed, cluster: Cluster, files: ReadonlyMap<string, string>) => void;

const VERBS: Readonly<Record<string, Verb>> = {
  apply: ({ options }, cluster, files) => {
    for (const file of options.get('-f') ?? []) {
      if (file === '-') return;
      for (const manifest of manifestsIn(files, file)) apply(cluster, manifest);
    }
  },
  label: label,
  rollout: rollout,
  delete: deletes,
  patch: patch,
  wait: ({ words: [object = ''], options }, cluster) => {
    const [kind = '', name = ''] = object.split('/');
    if (options.get('--for')?.[0] === 'delete' && cluster.planes.has(name))
      throw new Error(`${name} is not deleted`);
    const isThere =
      kind === 'istiorevision'
        ? cluster.planes.has(name)
        : [...cluster.objects.keys()].some((key) => key.endsWith(`/${name}`));
    if (options.get('--for')?.[0] !== 'delete' && !isThere) throw new Error(`${object} is never ready`);
  },
};

function label({ words: [kind, name = '', ...labels], options }: Parsed, cluster: Cluster): void {
  const gateway = cluster.gateways.get(`${options.get('-n')?.[0] ?? ''}/${name}`);
  if (kind === 'gateways.gateway.networking.k8s.io' && gateway)
    gateway.labels = relabelled(gateway.labels, labels);
  else {
    const before = cluster.namespaces.get(name);
    if (kind !== 'namespace' || !before) throw new Error(`no ${kind} ${name} to label`);
    cluster.namespaces.set(name, relabelled(before, labels));
  }
}

function relabelled(before: Labels, labels: readonly string[]): Labels {
  const after = { ...before };
  for (const one of labels) {
    const [key = '', value] = one.split('=');
    if (value !== undefined) after[key] = value;
    else if (key.endsWith('-')) Reflect.deleteProperty(after, key.slice(0, -1));
    else throw new Error(`${one} is no label`);
  }
  return after;
}

function rollout({ words: [what, ...targets], options }: Parsed, cluster: Cluster): void {
  const namespace = options.get('-n')?.[0] ?? 'default';
  for (const target of targets) {
    const keys = target.includes('/')
      ? [`${target} ${namespace}`]
      : [...cluster.workloads.keys()].filter(
          (key) => key.endsWith(` ${namespace}`) && target.includes(key.split('/')[0] ?? '-'),
        );
    for (const key of keys) {
      if (!cluster.workloads.has(key)) throw new Error(`there is no ${key}`);
      if (what === 'restart') cluster.restart(key);
      else if (what !== 'status') throw new Error(`kubectl rollout ${what}`);
    }
  }
}

function deletes({ words, options }: Parsed, cluster: Cluster): void {
  const objects = words[0]?.includes('/') ? words : words.slice(1).map((name) => `${words[0]}/${name}`);
  for (const object of objects) {
    const [kind = '', name = ''] = object.split('/');
    if (name === 'istiod-default-validator') cluster.validator = '';
    else if (kind === 'mutatingwebhookconfiguration') cluster.webhooks.delete(name);
    else if (kind === 'deployment' && /^istiod/.test(name)) {
      const revision = name === 'istiod' ? 'default' : name.slice(7);
      if (cluster.planes.has(revision)) removePlane(cluster, revision);
    } else if (['service', 'configmap', 'validatingwebhookconfiguration'].includes(kind)) continue;
    else {
      const key = [...cluster.objects.keys()].find(
        (one) => one.toLowerCase().startsWith(`${kind} `) && one.endsWith(`/${name}`),
      );
      if (key === undefined && !options.has('--ignore-not-found')) throw new Error(`there is no ${object}`);
      if (key !== undefined) remove(cluster, key);
    }
  }
}

function patch({ words: [kind = '', name = ''], options }: Parsed, cluster: Cluster): void {
  const body = JSON.parse(options.get('-p')?.[0] ?? '') as Record<string, unknown>;
  if (['deployment', 'statefulset', 'daemonset'].includes(kind)) {
    const key = `${kind}/${name} ${options.get('-n')?.[0] ?? ''}`;
    const load = cluster.workloads.get(key);
    if (!load) throw new Error(`there is no ${key}`);
    const merged = merge(load.labels, at(body, 'spec', 'template', 'metadata', 'labels')) as Record<
      string,
      string
    >;
    setWorkload(cluster, { kind: load.kind, namespace: load.namespace, name, labels: merged });
    return;
  }
  const key = [...cluster.objects.keys()].find((one) => one.toLowerCase() === `${kind} /${name}`);
  const before = key === undefined ? undefined : cluster.objects.get(key);
  if (key === undefined || !before) throw new Error(`there is no ${kind} ${name}`);
  cluster.objects.set(key, merge(before, body) as Record<string, unknown>);
  reconcileSail(cluster);
}

/** RFC 7396. */
function merge(target: unknown, change: unknown): unknown {
  if (typeof change !== 'object' || change === null || Array.isArray(change)) return change;
  const result: Record<string, unknown> = { ...(target as Record<string, unknown>) };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) Reflect.deleteProperty(result, key);
    else result[key] = merge(result[key], value);
  }
  return result;
}
