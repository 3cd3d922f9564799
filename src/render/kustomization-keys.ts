import type { Path } from '../vocabulary.ts';
import type { Fields } from '../untyped.ts';

/** Fields that name files, directories or charts: at the top, and in the entries of those at the top. */
export const NAMING_FIELDS = [
  ...['resources', 'bases', 'components', 'crds', 'configurations', 'generators', 'transformers'],
  ...['validators', 'patches', 'patchesStrategicMerge', 'patchesJson6902', 'replacements'],
  ...['configMapGenerator', 'secretGenerator', 'helmCharts', 'helmChartInflationGenerator', 'openapi'],
  ...['path', 'paths', 'files', 'env', 'envs'],
];

/** The other fields of a kustomization. */
const FIELDS = [
  ...['namespace', 'namePrefix', 'nameSuffix', 'labels', 'commonLabels', 'commonAnnotations', 'images'],
  ...['replicas', 'vars', 'generatorOptions', 'buildMetadata', 'sortOptions', 'helmGlobals'],
];

const KNOWN = new Set([...NAMING_FIELDS, ...FIELDS]);
const BY_FOLDED = new Map([...KNOWN].map((name) => [folded(name), name]));

/** A kustomization under the names of its fields that kustomize gives them, and how it writes those. */
export interface Canonical {
  readonly value: Fields;
  /** A path of `value` as a path of what is written. */
  readonly written: (path: Path) => Path;
}

/**
 * Go reads the names of fields whatever their case, so that `patchesJSON6902` works. Where the proper name is there as well,
 * the odd one stays as it is.
 */
export function canonical(kustomization: Fields): Canonical {
  const names = new Map<string, string>();
  for (const key of Object.keys(kustomization)) {
    const proper = KNOWN.has(key) ? undefined : BY_FOLDED.get(folded(key));
    if (proper !== undefined && !Object.hasOwn(kustomization, proper) && !names.has(proper))
      names.set(proper, key);
  }
  if (names.size === 0) return { value: kustomization, written: (path) => path };
  const proper = new Map([...names].map(([name, key]) => [key, name]));
  const entries = Object.entries(kustomization).map(
    ([key, value]) => [proper.get(key) ?? key, value] as const,
  );
  return {
    value: Object.fromEntries(entries),
    written: ([first, ...rest]) => (first === undefined ? [] : [names.get(String(first)) ?? first, ...rest]),
  };
}

/** Equal for names that Go takes for the same. */
export function folded(key: string): string {
  return key.normalize('NFKC').toLowerCase();
}
