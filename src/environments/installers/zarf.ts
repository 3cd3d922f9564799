import type { Path } from '../../vocabulary.ts';
import type { Repository, RepositoryFile } from '../../render/repository.ts';
import { asMap, asText, listAt, scalarText, textAt } from '../../untyped.ts';
import type { Document } from '../../yaml/document.ts';
import type { DeclaredChart } from '../environment.ts';
import { isOfficialIstioChart } from '../istio-charts.ts';
import { locationIn } from '../kustomization.ts';
import { baseName, joinPath, parentOf, resolvePath } from '../repository-path.ts';
import { mergedValues, placeOfValue, valuesFile, type ValuesLayer } from '../values-layers.ts';
import type { DeclaredSource } from './declared-source.ts';

/** A component of a package, with the file it stands in. */
interface Component {
  readonly value: unknown;
  readonly path: Path;
  readonly file: RepositoryFile;
  readonly document: Document;
}

/** A chart as one component names it. */
interface ChartEntry {
  readonly value: unknown;
  readonly path: Path;
  readonly from: Component;
}

/** Components import others at most this deep. */
const MOST_NESTED = 5;

/**
 * Istio's charts of Zarf packages, one source for each package that no other imports. A component that is imported gives its
 * charts to the one that imports it, which adds to them by name. Where a component comes in several flavours, the first one is
 * taken: they are the same charts with images from elsewhere.
 */
export function zarfSources(repository: Repository): DeclaredSource[] {
  const packages = [...repository.files.values()].filter(isPackage);
  const imported = new Set(
    packages.flatMap((file) => componentsOf(file).flatMap((one) => importedFrom(one) ?? [])),
  );
  return packages
    .filter(({ path }) => !imported.has(path))
    .flatMap((file) => {
      const files = new Set([file.path]);
      const charts = chartsOf(file, repository, files);
      if (charts.length === 0) return [];
      return [
        { what: `Zarf package ${file.path}`, dir: parentOf(file.path), files: [...files].sort(), charts },
      ];
    });
}

function isPackage({ path, parsed }: RepositoryFile): boolean {
  return (
    /^zarf\.ya?ml$/.test(baseName(path)) &&
    parsed.documents.some(({ value }) => textAt(value, 'kind') === 'ZarfPackageConfig')
  );
}

function componentsOf(file: RepositoryFile): Component[] {
  return file.parsed.documents.flatMap((document) =>
    listAt(document.value, 'components').map((value, index) => ({
      value,
      path: ['components', index],
      file,
      document,
    })),
  );
}

/** The package file that a component takes its content from; packages of registries are not here. */
function importedFrom({ value, file }: Component): string | undefined {
  const path = textAt(value, 'import', 'path');
  const dir = path === '' ? undefined : resolvePath(parentOf(file.path), path);
  return dir === undefined ? undefined : /\.ya?ml$/.test(dir) ? dir : joinPath(dir, 'zarf.yaml');
}

function chartsOf(file: RepositoryFile, repository: Repository, files: Set<string>): DeclaredChart[] {
  const seen = new Set<string>();
  const charts = new Map<string, DeclaredChart>();
  for (const component of componentsOf(file)) {
    const name = textAt(component.value, 'name');
    if (seen.has(name)) continue;
    seen.add(name);
    for (const entries of byName(entriesOf(component, repository, files, 0))) {
      const chart = declared(entries, repository, files);
      const key = `${chart.releaseName}\n${chart.namespace}`;
      const isIstio = isOfficialIstioChart({ name: chart.chart, repository: chart.repository });
      if (isIstio && !charts.has(key)) charts.set(key, chart);
    }
  }
  return [...charts.values()];
}

/** The charts of what a component imports, then its own. */
function entriesOf(
  component: Component,
  repository: Repository,
  files: Set<string>,
  depth: number,
): ChartEntry[] {
  const own = listAt(component.value, 'charts').map((value, index) => ({
    value,
    path: [...component.path, 'charts', index],
    from: component,
  }));
  const path = importedFrom(component);
  const source = path === undefined ? undefined : repository.files.get(path);
  if (!source || depth >= MOST_NESTED) return own;
  files.add(source.path);
  const name = textAt(component.value, 'import', 'name') || textAt(component.value, 'name');
  const base = componentsOf(source).find(({ value }) => textAt(value, 'name') === name);
  return [...(base ? entriesOf(base, repository, files, depth + 1) : []), ...own];
}

function byName(entries: readonly ChartEntry[]): ChartEntry[][] {
  const groups = new Map<string, ChartEntry[]>();
  for (const entry of entries) {
    const name = textAt(entry.value, 'name');
    groups.set(name, [...(groups.get(name) ?? []), entry]);
  }
  return [...groups.values()];
}

/** One chart out of all that is said of it, the strongest last. */
function declared(entries: readonly ChartEntry[], repository: Repository, files: Set<string>): DeclaredChart {
  const saying = (key: string): ChartEntry | undefined =>
    entries.findLast(({ value }) => scalarText(asMap(value)?.[key]) !== undefined);
  const text = (key: string): string => scalarText(asMap(saying(key)?.value)?.[key]) ?? '';
  const place = (entry: ChartEntry | undefined, ...path: Path) =>
    entry
      ? locationIn(entry.from.file.path, entry.from.document, [...entry.path, ...path])
      : { file: '', line: 1, column: 1, endLine: 1 };
  const layers = entries.flatMap((entry): ValuesLayer[] =>
    listAt(entry.value, 'valuesFiles').flatMap((file) => {
      const path = resolvePath(parentOf(entry.from.file.path), asText(file));
      const layer = path === undefined ? undefined : valuesFile(path, repository);
      if (path === undefined || !layer) return [];
      files.add(path);
      return [layer];
    }),
  );
  const version = saying('version');
  return {
    chart: text('repoName') || text('name'),
    repository: text('url'),
    version: text('version'),
    releaseName: text('releaseName') || text('name'),
    namespace: text('namespace'),
    values: mergedValues(layers),
    installer: 'helm',
    at: version ? place(version, 'version') : place(entries[0], 'name'),
    valueAt: (path) => placeOfValue(layers, path) ?? place(version ?? entries[0]),
    // Knobs of the package: whoever deploys it may turn them.
    ...(entries.some(({ value }) => listAt(value, 'values').length + listAt(value, 'variables').length > 0)
      ? { confidence: 'likely' as const }
      : {}),
  };
}
