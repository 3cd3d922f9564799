import type { Location, Path } from '../vocabulary.ts';
import type { ArgoApplication, ArgoSource } from './argo-application.ts';
import type { ArgoRepositories } from './argo-repositories.ts';
import type { DeployedChart } from './deployed-chart.ts';
import { resolvePath } from './repository-path.ts';
import { asList, asMap, asText, fieldAt, scalarText, valueAt } from '../untyped.ts';
import { withValueAt } from './with-value.ts';
import { given, mergedValues, setValue, valuesText, type ValuesLayer } from './values-layers.ts';
import type { Workspace } from './workspace.ts';

/**
 * The release Argo CD makes of a chart of this repository. Later wins: `valueFiles`, then `valuesObject` (or else `values`),
 * then `parameters`.
 */
export function argoRelease(
  application: ArgoApplication,
  source: ArgoSource,
  workspace: Workspace,
  repositories: ArgoRepositories,
): DeployedChart {
  const { resource, namespace } = application;
  const helm = valueAt(resource.body, [...source.path, 'helm']);
  const at = (path: Path): Location => resource.origin.at([...source.path, 'helm', ...path]);
  const files = valueFilesOf(application, source, workspace, repositories);
  const written = valuesInPlace(helm, at);
  const elsewhere = files.find(({ path }) => path === undefined);
  const doubt = elsewhere ? `its values file ${elsewhere.text} stands elsewhere` : written.doubt;
  return {
    release: {
      path: source.dir ?? '',
      releaseName: asText(fieldAt(helm, 'releaseName')) || resource.name,
      namespace,
      valuesFiles: files.flatMap(({ path }) => path ?? []),
      ...given(written.layers, () => at([])),
      includeCrds: fieldAt(helm, 'skipCrds') !== true,
    },
    by: [resource.origin.file],
    ...(doubt === undefined ? {} : { doubt }),
  };
}

/** An entry of `valueFiles`; `path` is absent for one that is not in this repository. */
export interface ValueFile {
  readonly text: string;
  readonly path: string | undefined;
}

/** The values files of a source, without those that may be missing and are. */
export function valueFilesOf(
  { resource, sources }: ArgoApplication,
  source: ArgoSource,
  { repository }: Workspace,
  repositories: ArgoRepositories,
): readonly ValueFile[] {
  const helm = valueAt(resource.body, [...source.path, 'helm']);
  const mayBeMissing = fieldAt(helm, 'ignoreMissingValueFiles') === true;
  return asList(fieldAt(helm, 'valueFiles'))
    .map(asText)
    .map((text) => {
      const path = text.includes('{{') ? undefined : pathOf(text, source, sources, repositories);
      const known = repositories.unknown && path !== undefined && !repository.has(path) ? undefined : path;
      return { text, path: known };
    })
    .filter(({ path }) => path === undefined || repository.has(path) || !mayBeMissing);
}

/** `$ref/...` counts from the root of another source, `/...` from that of this one, all else from the chart. */
function pathOf(
  text: string,
  { dir, repoURL }: ArgoSource,
  sources: readonly ArgoSource[],
  repositories: ArgoRepositories,
): string | undefined {
  const isHere = (url: string): boolean => repositories.unknown || repositories.isOwn(url);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return undefined;
  if (!text.startsWith('$')) {
    if (dir === undefined || !isHere(repoURL)) return undefined;
    return text.startsWith('/') ? resolvePath('', text) : resolvePath(dir, text);
  }
  const slash = text.indexOf('/');
  const ref = slash < 0 ? '' : text.slice(1, slash);
  const named = sources.find((source) => source.ref === ref);
  return named && isHere(named.repoURL) ? resolvePath('', text.slice(slash)) : undefined;
}

/** Values written in the Application itself. */
export interface ValuesInPlace {
  readonly layers: readonly ValuesLayer[];
  /** Why they are not what is deployed, without a full stop. */
  readonly doubt?: string;
}

export function valuesInPlace(helm: unknown, at: (path: Path) => Location): ValuesInPlace {
  const object = asMap(fieldAt(helm, 'valuesObject'));
  const text = asText(fieldAt(helm, 'values'));
  const base = object
    ? { values: object, at: (path: Path) => at(['valuesObject', ...path]) }
    : text === ''
      ? undefined
      : valuesText(text, at(['values']));
  const parameters = parameterLayers(helm, at);
  const layers = [...(base ? [base] : []), ...parameters.layers];
  const doubt = undecided(helm, base === undefined && text !== '', layers) ?? parameters.doubt;
  return { layers, ...(doubt === undefined ? {} : { doubt }) };
}

function parameterLayers(helm: unknown, at: (path: Path) => Location): ValuesInPlace {
  const layers: ValuesLayer[] = [];
  let doubt: string | undefined;
  for (const [index, parameter] of asList(fieldAt(helm, 'parameters')).entries()) {
    const name = asText(fieldAt(parameter, 'name'));
    const path = /^[\w-]+(?:\.[\w-]+){0,19}$/.test(name) ? name.split('.') : undefined;
    if (!path) doubt ??= `its parameter ${name} is not read`;
    else if (!path.includes('__proto__')) {
      const values = asMap(withValueAt({}, path, parameterValue(parameter))) ?? {};
      layers.push({ values, at: () => at(['parameters', index, 'value']) });
    }
  }
  return { layers, ...(doubt === undefined ? {} : { doubt }) };
}

function undecided(helm: unknown, unreadable: boolean, layers: readonly ValuesLayer[]): string | undefined {
  if (unreadable) return 'its values are no mapping';
  if (asList(fieldAt(helm, 'fileParameters')).length > 0) return 'its file parameters are not read';
  return JSON.stringify(mergedValues(layers)).includes('{{') ? 'its values hold placeholders' : undefined;
}

function parameterValue(parameter: unknown): unknown {
  const text = scalarText(fieldAt(parameter, 'value')) ?? '';
  return fieldAt(parameter, 'forceString') === true ? text : setValue(text);
}
