import type { Location, Path } from '../vocabulary.ts';
import { parseText } from '../yaml/parse.ts';
import type { ArgoApplication, ArgoSource } from './argo-application.ts';
import type { DeployedChart } from './deployed-chart.ts';
import { resolvePath } from './repository-path.ts';
import {
  asList,
  asMap,
  asText,
  field,
  scalarText,
  valueAt,
  withValueAt,
  type UntypedMap,
} from './untyped.ts';
import type { Workspace } from './workspace.ts';

/**
 * The release Argo CD makes of a chart of this repository. Later wins: `valueFiles`, then `valuesObject` (or else `values`),
 * then `parameters`.
 */
export function argoRelease(
  { resource, namespace, sources }: ArgoApplication,
  source: ArgoSource,
  workspace: Workspace,
): DeployedChart {
  const dir = source.dir ?? '';
  const helm = valueAt(resource.body, [...source.path, 'helm']);
  const at = (path: Path): Location => resource.origin.at([...source.path, 'helm', ...path]);
  const files = valueFilesOf(helm, dir, sources, workspace);
  const given = valuesOf(helm, at);
  const doubt = files.doubt ?? given.doubt;
  return {
    release: {
      path: dir,
      releaseName: asText(field(helm, 'releaseName')) || resource.name,
      namespace,
      valuesFiles: files.paths,
      ...(given.values ? { values: given.values, valuesAt: given.valuesAt } : {}),
      includeCrds: field(helm, 'skipCrds') !== true,
    },
    by: resource.origin.file,
    ...(doubt === undefined ? {} : { doubt }),
  };
}

interface ValuesFiles {
  readonly paths: readonly string[];
  readonly doubt?: string;
}

function valueFilesOf(
  helm: unknown,
  dir: string,
  sources: readonly ArgoSource[],
  { repository }: Workspace,
): ValuesFiles {
  const paths: string[] = [];
  for (const text of asList(field(helm, 'valueFiles')).map(asText)) {
    const path = text.includes('{{') ? undefined : pathOf(text, dir, sources);
    if (path === undefined) return { paths, doubt: `its values file ${text} stands elsewhere` };
    if (repository.has(path) || field(helm, 'ignoreMissingValueFiles') !== true) paths.push(path);
  }
  return { paths };
}

/** `$ref/...` counts from the root of another source, `/...` from that of this one, all else from the chart. */
function pathOf(text: string, dir: string, sources: readonly ArgoSource[]): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return undefined;
  if (!text.startsWith('$')) return text.startsWith('/') ? resolvePath('', text) : resolvePath(dir, text);
  const slash = text.indexOf('/');
  const ref = slash < 0 ? '' : text.slice(1, slash);
  const named = sources.find((source) => source.ref === ref);
  const here = sources.some((source) => source.dir !== undefined && source.repoURL === named?.repoURL);
  return named && here ? resolvePath('', text.slice(slash)) : undefined;
}

interface GivenValues {
  readonly values: UntypedMap | undefined;
  readonly valuesAt: (path: Path) => Location;
  readonly doubt?: string;
}

function valuesOf(helm: unknown, at: (path: Path) => Location): GivenValues {
  const inPlace = asMap(field(helm, 'valuesObject'));
  const text = asText(field(helm, 'values'));
  const base = inPlace ?? (text === '' ? undefined : asMap(parseText(text).documents[0]?.value));
  const parameters = asList(field(helm, 'parameters'));
  const places = new Map<string, number>();
  let values = base;
  let doubt = undecided(helm, base === undefined && text !== '', values);
  for (const [index, parameter] of parameters.entries()) {
    const name = asText(field(parameter, 'name'));
    if (!/^[\w-]+(?:\.[\w-]+)*$/.test(name)) doubt ??= `its parameter ${name} is not read`;
    else if (!name.split('.').includes('__proto__')) {
      values = asMap(withValueAt(values ?? {}, name.split('.'), parameterValue(parameter)));
      places.set(name, index);
    }
  }
  const valuesAt = (path: Path): Location => {
    const index = places.get(path.join('.'));
    if (index !== undefined) return at(['parameters', index, 'value']);
    return inPlace ? at(['valuesObject', ...path]) : at(['values']);
  };
  return { values, valuesAt, ...(doubt === undefined ? {} : { doubt }) };
}

function undecided(helm: unknown, unreadable: boolean, values: UntypedMap | undefined): string | undefined {
  if (unreadable) return 'its values are no mapping';
  if (asList(field(helm, 'fileParameters')).length > 0) return 'its file parameters are not read';
  return JSON.stringify(values ?? {}).includes('{{') ? 'its values hold placeholders' : undefined;
}

/** As `helm --set` reads it: true, false, null and whole numbers are what they say, unless `forceString` is set. */
function parameterValue(parameter: unknown): unknown {
  const text = scalarText(field(parameter, 'value')) ?? '';
  if (field(parameter, 'forceString') === true) return text;
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return /^(?:0|-?[1-9]\d{0,15})$/.test(text) ? Number(text) : text;
}
