import type { Location, Path } from '../vocabulary.ts';
import type { Document } from '../yaml/document.ts';
import type { Repository, RepositoryFile } from '../render/repository.ts';
import { isKnown } from '../yaml/placeholders.ts';
import { merged, NOTHING, type Contribution } from './assemble.ts';
import { chartContribution } from './chart-contribution.ts';
import type { DeployedChart } from './deployed-chart.ts';
import type { DeclaredChart, OpaqueSource } from './environment.ts';
import { filledIn, placeFilledIn, type HelmfileEnvironment } from './helmfile-environments.ts';
import { isOfficialIstioChart } from './istio-charts.ts';
import { locationIn } from './kustomization.ts';
import { baseName, parentOf, resolvePath } from './repository-path.ts';
import type { Workspace } from './workspace.ts';
import { asList, asMap, asText, fieldAt, scalarText, valueAt } from '../untyped.ts';
import { withValueAt } from './with-value.ts';
import { mergedValues, placeOfValue, valuesFile, type ValuesLayer } from './values-layers.ts';

/** `helmfile.yaml`, `helmfile.prod.yaml`, files of `helmfile.d/`. Templated ones (`.gotmpl`, `{{`) say nothing certain. */
export function isHelmfile(path: string): boolean {
  return /^helmfile[\w.-]*\.ya?ml$/.test(baseName(path)) || baseName(parentOf(path)) === 'helmfile.d';
}

/** The releases of a helmfile: Istio's charts as declared ones, all others as opaque in their namespace. */
export function helmfileContribution(
  file: RepositoryFile,
  workspace: Workspace,
  environment: HelmfileEnvironment,
): Contribution {
  const { repository } = workspace;
  const templated = templatedValues(workspace, environment);
  const local: Contribution[] = [];
  const charts: DeclaredChart[] = [];
  const opaque: OpaqueSource[] = [];
  const files = new Set([file.path, ...environment.files]);
  for (const document of file.parsed.documents) {
    const repositories = repositoriesOf(document.value);
    asList(fieldAt(document.value, 'releases')).forEach((written, index) => {
      const release = filledIn(written, environment);
      if (fieldAt(release, 'installed') === false) return;
      const described = { release, index, file, document, repository, templated, environment };
      const chart = releaseOf(described, repositories, files);
      charts.push(chart);
      if (isOfficialIstioChart({ name: chart.chart, repository: chart.repository })) return;
      const namespaces = isKnown(chart.namespace) && chart.namespace !== '' ? [chart.namespace] : undefined;
      const deployed = localRelease(described, chart);
      if (deployed && workspace.charts.has(deployed.release.path)) {
        local.push(chartContribution(deployed.release.path, workspace, namespaces, deployed));
        return;
      }
      opaque.push({ what: `helmfile release ${chart.releaseName}`, namespaces, at: chart.at });
    });
  }
  return merged([{ ...NOTHING, files, charts, opaque }, ...local]);
}

/** A release of a chart beside the helmfile (`./charts/shop`). */
function localRelease(described: Release, chart: DeclaredChart): DeployedChart | undefined {
  const { release, file } = described;
  const written = asText(fieldAt(release, 'chart'));
  const path = /^\.{1,2}(?:\/|$)/.test(written) ? resolvePath(parentOf(file.path), written) : undefined;
  if (path === undefined) return undefined;
  const doubt = undecided(described);
  return {
    release: {
      path,
      releaseName: chart.releaseName,
      namespace: chart.namespace,
      valuesFiles: [],
      values: chart.values,
      valuesAt: (asked) => chart.valueAt(asked),
      includeCrds: true,
    },
    by: [file.path],
    ...(doubt === undefined ? {} : { doubt }),
  };
}

/** Values that are templates or files elsewhere leave open what is deployed. */
function undecided(described: Release): string | undefined {
  const unseen = valuesElsewhere(described);
  return (
    unseen ?? (JSON.stringify(described.release).includes('{{') ? 'its values hold placeholders' : undefined)
  );
}

function valuesElsewhere({ release, file, repository, templated }: Release): string | undefined {
  const elsewhere = asList(fieldAt(release, 'values')).some((entry) => {
    const path = resolvePath(parentOf(file.path), asText(entry));
    const isHere = path !== undefined && (repository.files.has(path) || templated(path) !== undefined);
    return asMap(entry) === undefined && !isHere;
  });
  if (elsewhere) return 'some of its values files stand elsewhere';
  return asList(fieldAt(release, 'secrets')).length > 0 ? 'some of its values are secrets' : undefined;
}

interface Release {
  readonly release: unknown;
  readonly index: number;
  readonly file: RepositoryFile;
  readonly document: Document;
  readonly repository: Repository;
  readonly environment: HelmfileEnvironment;
  /** A values file that is a template, with what is known of the environment filled in. */
  readonly templated: (path: string) => ValuesLayer | undefined;
}

function templatedValues(
  workspace: Workspace,
  environment: HelmfileEnvironment,
): (path: string) => ValuesLayer | undefined {
  return (path) => {
    const document = workspace.templatedValues.get(path);
    const values = document && asMap(filledIn(document.value, environment));
    if (!document || !values) return undefined;
    const at = (inner: Path): Location =>
      placeFilledIn(valueAt(document.value, inner), environment) ?? locationIn(path, document, inner);
    return { values, at };
  };
}

function releaseOf(
  described: Release,
  repositories: ReadonlyMap<string, string>,
  files: Set<string>,
): DeclaredChart {
  const { release, index, file, document, environment } = described;
  const text = (key: string): string => scalarText(fieldAt(release, key)) ?? '';
  const path: Path = ['releases', index];
  const layers = valueLayers(described, files);
  const slash = text('chart').lastIndexOf('/');
  const alias = text('chart').slice(0, Math.max(0, slash));
  return {
    chart: text('chart').slice(slash + 1),
    repository: repositories.get(alias) ?? alias,
    version: text('version'),
    releaseName: text('name'),
    namespace: text('namespace'),
    values: mergedValues(layers),
    installer: 'helm',
    ...(valuesElsewhere(described) === undefined ? {} : { valuesElsewhere: true }),
    at:
      placeFilledIn(valueAt(document.value, [...path, 'version']), environment) ??
      locationIn(file.path, document, [...path, text('version') === '' ? 'chart' : 'version']),
    valueAt(asked) {
      return placeOfValue(layers, asked) ?? locationIn(file.path, document, path);
    },
  };
}

/** `values` in order, files of the repository and inline mappings, then `set`. Files that are not here are left out. */
function valueLayers(
  { release, index, file, document, repository, templated }: Release,
  files: Set<string>,
): ValuesLayer[] {
  const base: Path = ['releases', index];
  const layers = asList(fieldAt(release, 'values')).flatMap((entry, at): ValuesLayer[] => {
    const inline = asMap(entry);
    if (inline) {
      return [
        { values: inline, at: (path) => locationIn(file.path, document, [...base, 'values', at, ...path]) },
      ];
    }
    const path = resolvePath(parentOf(file.path), asText(entry));
    const layer = path === undefined ? undefined : (templated(path) ?? valuesFile(path, repository));
    if (path === undefined || !layer) return [];
    files.add(path);
    return [layer];
  });
  const set = asList(fieldAt(release, 'set')).map((entry, at): ValuesLayer => {
    const path = asText(fieldAt(entry, 'name')).split('.');
    const values = asMap(withValueAt({}, path, fieldAt(entry, 'value'))) ?? {};
    return { values, at: () => locationIn(file.path, document, [...base, 'set', at, 'value']) };
  });
  return [...layers, ...set];
}

function repositoriesOf(value: unknown): ReadonlyMap<string, string> {
  return new Map(
    asList(fieldAt(value, 'repositories')).map((entry) => [
      asText(fieldAt(entry, 'name')),
      asText(fieldAt(entry, 'url')),
    ]),
  );
}
