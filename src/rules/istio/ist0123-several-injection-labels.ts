import { namespaceLabelAt } from '../../mesh/deciding-label.ts';
import { hasPlaceholder } from '../body.ts';
import { placedAt } from '../subject.ts';
import { defineRule } from '../rule.ts';
import { labelledNamespaces, DATAPLANE_MODE, INJECTION, REVISION } from './namespace-labels.ts';

/** IST0123 (all releases): labels of which one silently wins, or that put a namespace into two data planes. */
export default defineRule({
  id: 'IST0123',
  name: 'several-injection-labels',
  level: 'warning',
  inputs: ['namespaces'],
  summary: 'A namespace has more than one label that decides about injection.',
  messages: {
    several: 'Namespace {namespace} has several injection labels: {labels}.',
  },
  advice:
    'Keep one of them. istio-injection wins over istio.io/rev, so a namespace with both does not follow its revision; ambient mode and sidecars exclude each other.',
  check({ mesh, report }) {
    for (const namespace of labelledNamespaces(mesh)) {
      const { labels, name, holder } = namespace;
      const injection = labels[INJECTION];
      const found: [string, string][] = injection === undefined ? [] : [[INJECTION, injection]];
      for (const key of [REVISION, DATAPLANE_MODE]) {
        const value = labels[key];
        if (value !== undefined && (injection === undefined || injection === 'enabled'))
          found.push([key, value]);
      }
      const last = found.at(-1);
      if (found.length < 2 || last === undefined || found.some(([, value]) => hasPlaceholder(value)))
        continue;
      if (mesh.world === 'open' && isHarmless(labels)) continue;
      const at = namespaceLabelAt(namespace, last[0], 'value');
      report(at === undefined ? holder : placedAt(holder, at), [], 'several', {
        namespace: name,
        labels: found.map(([key, value]) => `${key}=${value}`),
      });
    }
  },
});

/** `dataplane-mode: none` and an empty revision decide nothing, and Istio itself tells people to write them. */
function isHarmless(labels: Readonly<Record<string, string>>): boolean {
  const deciding = [
    labels[INJECTION] !== undefined,
    (labels[REVISION] ?? '') !== '',
    (labels[DATAPLANE_MODE] ?? 'none') !== 'none',
  ];
  // A revision beside ambient mode chooses the waypoint's and ztunnel's control plane.
  const chooser = labels[INJECTION] === undefined && labels[DATAPLANE_MODE] === 'ambient';
  return chooser || deciding.filter(Boolean).length < 2;
}
