import type { Path } from '../../vocabulary.ts';
import type { Repository, RepositoryFile } from '../../render/repository.ts';
import { asMap, asText, fieldAt, listAt, mappingAt, scalarText, textAt } from '../../untyped.ts';
import type { Document } from '../../yaml/document.ts';
import type { DeclaredChart } from '../environment.ts';
import { isOfficialIstioChart } from '../istio-charts.ts';
import { locationIn } from '../kustomization.ts';
import { baseName, parentOf, resolvePath } from '../repository-path.ts';
import { mergedValues, placeOfValue, valuesFile, type ValuesLayer } from '../values-layers.ts';
import type { DeclaredSource } from './declared-source.ts';

/** Istio's charts that `fleet.yaml` (Rancher Fleet) and `vendir.yml` (Carvel) name. */
export function chartFileSources(repository: Repository): DeclaredSource[] {
  const written = [...repository.files.values()].filter(({ path }) => CHART_FILES.test(path));
  return written.flatMap((file) => {
    const charts = file.parsed.documents.flatMap((document) => chartsIn(file, document, repository));
    const [first] = charts;
    if (!first) return [];
    const files = [file.path, ...charts.flatMap(({ files: read }) => read)];
    const what = `${baseName(file.path)} in ${parentOf(file.path) || 'the root'}`;
    return [
      {
        what,
        dir: parentOf(file.path),
        files: [...new Set(files)],
        charts: charts.map(({ chart }) => chart),
      },
    ];
  });
}

const CHART_FILES = /(?:^|\/)(?:fleet|vendir)\.ya?ml$/;

interface Found {
  readonly chart: DeclaredChart;
  readonly files: readonly string[];
}

function chartsIn(file: RepositoryFile, document: Document, repository: Repository): Found[] {
  const name = baseName(file.path);
  if (/^fleet\.ya?ml$/.test(name)) return fleet(file, document, repository);
  const isVendir =
    /^vendir\.ya?ml$/.test(name) && textAt(document.value, 'apiVersion').startsWith('vendir.k14s.io/');
  return isVendir ? vendir(file, document) : [];
}

/** `helm.{chart,repo,version,releaseName,values,valuesFiles}`; target customisations may change any of it. */
function fleet(file: RepositoryFile, document: Document, repository: Repository): Found[] {
  const at = (path: Path) => locationIn(file.path, document, ['helm', ...path]);
  const helm = mappingAt(document.value, 'helm');
  const text = (key: string): string => scalarText(helm[key]) ?? '';
  const read = listAt(helm, 'valuesFiles').flatMap((entry) => {
    const path = resolvePath(parentOf(file.path), asText(entry));
    const layer = path === undefined ? undefined : valuesFile(path, repository);
    return path === undefined || !layer ? [] : [{ path, layer }];
  });
  const inPlace = asMap(helm['values']);
  const layers: ValuesLayer[] = [
    ...(inPlace ? [{ values: inPlace, at: (path: Path) => at(['values', ...path]) }] : []),
    ...read.map(({ layer }) => layer),
  ];
  const { chart, repository: from } = reference(text('chart'), text('repo'));
  if (!isOfficialIstioChart({ name: chart, repository: from })) return [];
  const customised = listAt(document.value, 'targetCustomizations').length > 0;
  const elsewhere = fieldAt(helm, 'valuesFrom') !== undefined || customised;
  return [
    {
      files: read.map(({ path }) => path),
      chart: {
        chart,
        repository: from,
        version: text('version'),
        releaseName: text('releaseName') || chart,
        namespace: textAt(document.value, 'namespace') || textAt(document.value, 'defaultNamespace'),
        values: mergedValues(layers),
        installer: 'helm',
        at: at([text('version') === '' ? 'chart' : 'version']),
        valueAt: (path) => placeOfValue(layers, path) ?? at([]),
        ...(customised ? { confidence: 'likely' as const } : {}),
        ...(elsewhere ? { valuesElsewhere: true } : {}),
      },
    },
  ];
}

/** `directories[].contents[].helmChart`: what is fetched; which values it is rendered with is not said here. */
function vendir(file: RepositoryFile, document: Document): Found[] {
  return listAt(document.value, 'directories').flatMap((directory, d) =>
    listAt(directory, 'contents').flatMap((content, c): Found[] => {
      const helm = mappingAt(content, 'helmChart');
      const version = scalarText(helm['version']) ?? '';
      const { chart, repository } = reference(textAt(helm, 'name'), textAt(helm, 'repository', 'url'));
      if (!isOfficialIstioChart({ name: chart, repository })) return [];
      const path: Path = ['directories', d, 'contents', c, 'helmChart', version === '' ? 'name' : 'version'];
      const at = locationIn(file.path, document, path);
      const about = { chart, repository, version, releaseName: chart, namespace: '', values: {}, at };
      const rest = {
        installer: 'helm',
        confidence: 'likely',
        valuesElsewhere: true,
        valueAt: () => at,
      } as const;
      return [{ files: [], chart: { ...about, ...rest } }];
    }),
  );
}

/** A chart by its name and its repository, or by an OCI address. */
function reference(written: string, repository: string): { chart: string; repository: string } {
  const slash = written.lastIndexOf('/');
  return { chart: written.slice(slash + 1), repository: repository || written.slice(0, Math.max(0, slash)) };
}
