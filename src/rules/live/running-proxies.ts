import type { ProxyGroup } from '../../mesh/cluster-state.ts';
import type { Evidence } from '../../vocabulary.ts';

/** Workloads that a finding names; the others are counted. */
const MOST_NAMED = 5;

/** Groups of pods that share something, by its key, in the order of the keys. */
export function grouped<T extends ProxyGroup>(
  proxies: readonly T[],
  key: (proxy: T) => string,
): [key: string, group: readonly [T, ...T[]]][] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const proxy of proxies) {
    const known = groups.get(key(proxy));
    if (known) known.push(proxy);
    else groups.set(key(proxy), [proxy]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** `3 pods of 2 workloads`. */
export function countText(proxies: readonly ProxyGroup[]): string {
  const pods = proxies.reduce((sum, one) => sum + one.pods, 0);
  const workloads = new Set(proxies.map(labelOf)).size;
  return `${plural(pods, 'pod')} of ${plural(workloads, 'workload')}`;
}

/** Whose pods they are. */
export function evidenceOf(proxies: readonly ProxyGroup[]): Evidence[] {
  const named = proxies.slice(0, MOST_NAMED).map((proxy) => ({
    says: `${labelOf(proxy)} runs ${plural(proxy.pods, 'pod')} ${whatRuns(proxy)}`,
  }));
  const more = proxies.length - named.length;
  return more > 0 ? [...named, { says: `so do ${more} more` }] : named;
}

function whatRuns({ revision, version }: ProxyGroup): string {
  if (revision === '') return 'without a sidecar';
  const { minor, patch = 'x' } = version ?? {};
  return `of revision ${revision}${minor === undefined ? '' : ` at 1.${minor}.${patch}`}`;
}

function labelOf({ kind, namespace, name }: ProxyGroup): string {
  return `${kind} ${namespace}/${name}`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
