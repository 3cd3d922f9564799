import type { Signal } from '../../../facts/hazards/hazard.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { Hit } from './hit.ts';
import { chartHits } from './look-charts.ts';
import { metadataHits, objectHits, podHits } from './look-objects.ts';
import { scriptHits } from './look-scripts.ts';
import { environmentHits, meshConfigHits, proxyConfigHits, valueHits } from './look-settings.ts';
import { oddHits } from './odd.ts';

/** What a signal finds in a mesh, in document order by kind. */
export function look(mesh: Mesh, signal: Signal): Hit[] {
  const hits = found(mesh, signal);
  return signal.hint ? hits.map((hit) => ({ ...hit, likely: true })) : hits;
}

function found(mesh: Mesh, signal: Signal): Hit[] {
  switch (signal.look) {
    case 'object':
      return objectHits(mesh, signal);
    case 'pod':
      return podHits(mesh, signal);
    case 'value':
      return valueHits(mesh, signal);
    case 'env':
      return environmentHits(mesh, signal);
    case 'meshConfig':
      return meshConfigHits(mesh, signal);
    case 'proxyConfig':
      return proxyConfigHits(mesh, signal);
    case 'annotation':
    case 'label':
      return metadataHits(mesh, signal);
    case 'chart':
      return chartHits(mesh, signal);
    case 'script':
      return scriptHits(mesh, signal);
    case 'all': {
      const [first = [], ...others] = signal.of.map((one) => look(mesh, one));
      if (signal.scope === 'object') return others.reduce((left, hits) => beside(left, hits), first);
      return others.every((hits) => hits.length > 0) ? first : [];
    }
    case 'unless':
      return without(look(mesh, signal.signal), look(mesh, signal.other), signal.scope);
    case 'odd':
      return oddHits(mesh, signal);
  }
}

/** The hits that nothing of `others` stands beside: in the same object, the same namespace, or anywhere. */
export function without(
  hits: readonly Hit[],
  others: readonly Hit[],
  scope: 'object' | 'namespace' | 'mesh',
): Hit[] {
  if (others.length === 0) return [...hits];
  if (scope === 'mesh') return [];
  const places = new Set(others.map((hit) => place(hit, scope)));
  return hits.filter((hit) => !places.has(place(hit, scope)));
}

/** The hits in whose object one of `others` stands too. */
function beside(hits: readonly Hit[], others: readonly Hit[]): Hit[] {
  const places = new Set(others.map((hit) => place(hit, 'object')));
  return hits.filter((hit) => places.has(place(hit, 'object')));
}

function place({ subject }: Hit, scope: 'object' | 'namespace'): string {
  const { kind, namespace, name } = subject;
  return scope === 'namespace' ? namespace : `${kind}\0${namespace}\0${name}`;
}
