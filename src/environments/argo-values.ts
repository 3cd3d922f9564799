import type { Path } from '../vocabulary.ts';
import type { Resource } from '../render/resource.ts';
import { argoApplication, type ArgoApplication, type ArgoSource } from './argo-application.ts';
import { valueFilesOf, valuesInPlace } from './argo-helm.ts';
import type { ArgoRepositories } from './argo-repositories.ts';
import { startsWith, transformed } from './derived-resource.ts';
import { asMap, valueAt } from '../untyped.ts';
import { withoutEntry, withValueAt } from './with-value.ts';
import { mergedValues, placeOfValue, valuesFile, type ValuesLayer } from './values-layers.ts';
import type { Workspace } from './workspace.ts';

/** An Application, and the values files of this repository that were put in their place in it. */
export interface WithValues {
  readonly application: ArgoApplication;
  readonly files: readonly string[];
}

/**
 * An Application of a chart from elsewhere whose values files are in this repository (`$values/istiod.yaml`), as if they were
 * written in its `valuesObject`: whoever reads the Application then sees what is deployed, at the lines of those files.
 */
export function withValuesFiles(
  application: ArgoApplication,
  workspace: Workspace,
  repositories: ArgoRepositories,
): WithValues {
  const files: string[] = [];
  let { resource } = application;
  for (const source of application.sources) {
    if (source.chart === '') continue;
    const named = valueFilesOf(application, source, workspace, repositories);
    const read = named.map(({ path }) =>
      path === undefined ? undefined : valuesFile(path, workspace.repository),
    );
    const layers = read.filter((layer) => layer !== undefined);
    // A file that is not read may say anything, so that nothing is put in the place of the list.
    if (layers.length === 0 || layers.length < read.length) continue;
    files.push(...named.flatMap(({ path }) => path ?? []));
    resource = withLayers(resource, source, layers);
  }
  return { application: files.length === 0 ? application : argoApplication(resource), files };
}

function withLayers(resource: Resource, source: ArgoSource, files: readonly ValuesLayer[]): Resource {
  const place: Path = [...source.path, 'helm'];
  const helm = asMap(valueAt(resource.body, place)) ?? {};
  const inPlace = valuesInPlace(withoutEntry(helm, 'parameters'), (path) =>
    resource.origin.at([...place, ...path]),
  );
  const layers = [...files, ...inPlace.layers];
  const target: Path = [...place, 'valuesObject'];
  const rest = withoutEntry(withoutEntry(helm, 'valueFiles'), 'values');
  const body = asMap(withValueAt(resource.body, place, { ...rest, valuesObject: mergedValues(layers) }));
  const places = JSON.stringify(files.map(({ values, at }) => [values, at([])]));
  const transformer = { name: `Argo CD Application ${resource.name}`, signature: `values ${places}` };
  return transformed(resource, body ?? resource.body, transformer, (path) => {
    if (!startsWith(path, target)) return { before: path };
    const asked = path.slice(target.length);
    const at = placeOfValue(layers, asked);
    return at && asked.length > 0 ? { at } : { before: [...place, 'valueFiles'] };
  });
}
