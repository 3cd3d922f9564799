import { ANNOTATIONS } from '../../facts/annotations.ts';
import { CHART_METADATA, type ChartMetadata } from '../../facts/chart-pod-metadata.ts';
import type { ChartValues } from '../../mesh/mesh.ts';
import type { Path } from '../../vocabulary.ts';
import { isMapping } from '../../untyped.ts';
import { defineRule } from '../rule.ts';
import { subjectAt } from '../subject.ts';

/** Labels of Istio that mean something on pods only. */
const POD_LABELS = new Set(['sidecar.istio.io/inject']);

/** Values nest no deeper in any chart, and hold no more mappings. */
const DEEPEST = 12;
const MOST = 2000;

/**
 * Istio reads a sidecar's settings from the pod. Charts have a key of their own for labels and annotations of pods; what is
 * written under another key lands on the Deployment, or nowhere.
 */
export default defineRule({
  id: 'proxy-settings-off-the-pod',
  name: 'proxy-settings-off-the-pod',
  level: 'warning',
  inputs: ['charts'],
  summary: "A well-known chart is given a sidecar's settings under a key that it does not put on its pods.",
  messages: {
    other:
      'The chart {chart} does not put what stands under {key} on its pods, which leaves {names} without effect.',
    unread: 'The chart {chart} reads no {key}, which leaves {names} without effect.',
  },
  advice: 'Move it to the key for pods: {pods}.',
  check({ mesh, report }) {
    for (const release of mesh.charts) {
      const known = metadataOf(release);
      if (!known) continue;
      for (const { values, at } of release.layers) {
        for (const { path, names } of podSettings(values)) {
          const place = placeOf(path, known);
          if (place === 'pods' || place === 'unknown') continue;
          const { chart, releaseName, namespace } = release;
          const subject = subjectAt(
            { kind: 'HelmRelease', namespace, name: releaseName },
            at([...path, names[0] ?? '']),
          );
          const data = { chart, key: path.join('.'), names, pods: keysForPods(path, known) };
          report(subject, [], place === 'others' ? 'other' : 'unread', data);
        }
      }
    }
  },
});

function metadataOf({ chart, version }: ChartValues): ChartMetadata | undefined {
  const known = Object.hasOwn(CHART_METADATA, chart) ? CHART_METADATA[chart] : undefined;
  const major = /^[v~^=]*(\d{1,3})(?:\.|$)/.exec(version)?.[1];
  return known?.find(({ majors }) => !majors || (major !== undefined && majors.includes(Number(major))));
}

interface PodSettings {
  readonly path: Path;
  readonly names: readonly string[];
}

/** Mappings somewhere in the values that hold a pod's labels or annotations of Istio. */
function podSettings(values: unknown): PodSettings[] {
  const found: PodSettings[] = [];
  const pending: { value: unknown; path: Path }[] = [{ value: values, path: [] }];
  for (let visited = 0; visited < MOST; visited++) {
    const next = pending.shift();
    if (!next) break;
    const { value, path } = next;
    if (!isMapping(value)) continue;
    const names = Object.keys(value).filter(isForPods);
    if (names.length > 0) found.push({ path, names: names.sort() });
    if (path.length >= DEEPEST) continue;
    for (const [key, inner] of Object.entries(value)) pending.push({ value: inner, path: [...path, key] });
  }
  return found;
}

function isForPods(name: string): boolean {
  if (POD_LABELS.has(name)) return true;
  const fact = Object.hasOwn(ANNOTATIONS, name) ? ANNOTATIONS[name] : undefined;
  return fact !== undefined && fact.kinds.every((kind) => kind === 'Pod') && name !== 'istio.io/rev';
}

function placeOf(
  path: Path,
  { pods, others, whole }: ChartMetadata,
): 'pods' | 'others' | 'unread' | 'unknown' {
  if (pods.some((pattern) => matches(pattern, path))) return 'pods';
  if (others.some((pattern) => matches(pattern, path))) return 'others';
  return whole && /^(?:pod)?(?:annotations|labels)$/i.test(String(path.at(-1))) ? 'unread' : 'unknown';
}

function matches(pattern: string, path: Path): boolean {
  const steps = pattern.split('.');
  return steps.length === path.length && steps.every((step, index) => step === '*' || step === path[index]);
}

/** Labels go where labels go, below the same first key when there is one. */
function keysForPods(path: Path, { pods }: ChartMetadata): string[] {
  const sort = /labels$/i.test(String(path.at(-1))) ? /labels$/i : /annotations$/i;
  const fitting = pods.filter((pattern) => sort.test(pattern));
  const near = fitting.filter((pattern) => pattern.split('.')[0] === path[0]);
  return (near.length > 0 ? near : fitting).slice(0, 3);
}
