import type { Location, Path } from '../../vocabulary.ts';
import { fieldAt, listAt, mappingAt, textAt } from '../../untyped.ts';
import { embeddedYaml } from './embedded-yaml.ts';
import type { ChartRelease, ValuesLayer } from './installation.ts';
import { istioChart } from './istio-charts.ts';
import { nested } from './merge-values.ts';
import { versionTextAt } from './version-fact.ts';

/** An Argo CD application as deployed: of an Application, or of one element of an ApplicationSet. */
export interface ArgoApplication {
  readonly name: string;
  readonly spec: Readonly<Record<string, unknown>>;
  /** Where a field of `spec` stands. */
  readonly at: (path: Path) => Location;
}

type ArgoRelease = Omit<ChartRelease, 'resource'>;

/** A chart among an application's sources. */
export interface HelmSource {
  readonly name: string;
  readonly repository: string;
  readonly version: string;
  readonly versionAt: Location;
  readonly releaseName: string;
  readonly layers: readonly ValuesLayer[];
  readonly valuesElsewhere: boolean;
}

/** The charts among an application's sources, anybody's; with `sources`, `source` is ignored. */
export function helmSourcesOf(application: ArgoApplication): HelmSource[] {
  const several = listAt(application.spec, 'sources');
  const paths: Path[] = several.length > 0 ? several.map((_, index) => ['sources', index]) : [['source']];
  return paths.flatMap((path) => helmSourceAt(application, path));
}

function helmSourceAt(application: ArgoApplication, path: Path): HelmSource[] {
  const source = mappingAt(application.spec, ...path);
  const repository = textAt(source, 'repoURL');
  const chart = textAt(source, 'chart');
  const oci = repository.startsWith('oci://') && chart === '';
  const name = oci ? (repository.replace(/\/$/, '').split('/').at(-1) ?? '') : chart;
  if (name === '') return [];
  const version = versionTextAt(source, 'targetRevision');
  const helm = mappingAt(source, 'helm');
  return [
    {
      name,
      // Argo CD writes an OCI registry without scheme: `registry.istio.io/release/charts`.
      repository: oci ? repository : `${repository}/`,
      version,
      versionAt: application.at([...path, version === '' ? 'chart' : 'targetRevision']),
      releaseName: textAt(helm, 'releaseName') || application.name,
      layers: layersOf(helm, (inner) => application.at([...path, 'helm', ...inner])),
      valuesElsewhere: valuesElsewhere(helm),
    },
  ];
}

/** The Istio charts among an application's sources. */
export function argoReleases(application: ArgoApplication): ArgoRelease[] {
  return helmSourcesOf(application).flatMap(({ name, repository, ...source }) => {
    const recognised = istioChart({ name, repository, version: source.version });
    if (!recognised) return [];
    const namespace = textAt(application.spec, 'destination', 'namespace');
    return [{ ...recognised, ...source, namespace, installer: 'argocd' as const }];
  });
}

/** Files are read by nobody here; a text that does not parse is a template. */
function valuesElsewhere(helm: Readonly<Record<string, unknown>>): boolean {
  const text = textAt(helm, 'values');
  const unreadable =
    text !== '' && fieldAt(helm, 'valuesObject') === undefined && !embeddedYaml(text, NOWHERE);
  return listAt(helm, 'valueFiles').length > 0 || listAt(helm, 'fileParameters').length > 0 || unreadable;
}

const NOWHERE: Location = { file: '', line: 1, column: 1, endLine: 1 };

/** Weakest first: `values`, `valuesObject` (which replaces it), `parameters`. */
function layersOf(helm: Readonly<Record<string, unknown>>, at: (path: Path) => Location): ValuesLayer[] {
  const layers: ValuesLayer[] = [];
  const text = textAt(helm, 'values');
  if (fieldAt(helm, 'valuesObject') !== undefined) {
    layers.push({ values: mappingAt(helm, 'valuesObject'), at: (path) => at(['valuesObject', ...path]) });
  } else if (text !== '') {
    const embedded = embeddedYaml(text, at(['values']));
    if (embedded) layers.push(embedded);
  }
  listAt(helm, 'parameters').forEach((parameter, index) => {
    const name = textAt(parameter, 'name');
    if (name === '' || name.includes('[')) return;
    const place = at(['parameters', index, 'value']);
    const value = parameterValue(parameter);
    layers.push({ values: nested(name.split('.').slice(0, 20), value), at: () => place });
  });
  return layers;
}

/** `--set` semantics: `true` is a boolean unless `forceString`. */
function parameterValue(parameter: unknown): unknown {
  const value = fieldAt(parameter, 'value');
  if (fieldAt(parameter, 'forceString') === true) return value;
  return value === 'true' ? true : value === 'false' ? false : value;
}
