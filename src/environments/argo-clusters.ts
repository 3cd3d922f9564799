import type { Resource } from '../render/resource.ts';
import { assemble, NOTHING, type Contribution } from './assemble.ts';
import { chartContribution } from './chart-contribution.ts';
import type { Environment } from './environment.ts';
import {
  argoApplication,
  IN_CLUSTER,
  isApplication,
  type ArgoApplication,
  type ArgoSource,
} from './argo-application.ts';
import { argoClusters } from './argo-cluster-secrets.ts';
import { argoRelease } from './argo-helm.ts';
import { ArgoRepositories } from './argo-repositories.ts';
import { withValuesFiles } from './argo-values.ts';
import { applicationsOf, isApplicationSet } from './argo-application-set.ts';
import { transformItems } from './kustomize-transform.ts';
import { objectsOf, steeringObjectsOf } from './manifest-files.ts';
import { Notes } from './notes.ts';
import { byText, parentOf } from './repository-path.ts';
import { withDefaultNamespace } from './transform-metadata.ts';
import { renderingOf, type Workspace } from './workspace.ts';

/** More Applications than this are not looked at. */
const MAX_APPLICATIONS = 2000;

/**
 * One environment per destination cluster of the repository's Argo CD Applications. An Application belongs to the cluster
 * it deploys to, since it says what is installed there. Empty when no Application takes anything from this repository and
 * all go to one cluster: then they are manifests like those beside them, perhaps the output of a tool.
 */
export function argoEnvironments(workspace: Workspace): Environment[] {
  const clusters = new Map<string, Contribution[]>();
  const applications = expanded(writtenObjects(workspace), workspace);
  const repositories = new ArgoRepositories(applications, workspace.directories);
  // Grows while it is walked: a rendered chart may hold further Applications.
  for (const written of applications) {
    const { application, files } = withValuesFiles(written, workspace, repositories);
    const { resource } = application;
    const { parameterFiles = [] } = written;
    const parts = clusters.get(application.cluster) ?? [];
    clusters.set(application.cluster, parts);
    parts.push({
      ...NOTHING,
      resources: [resource],
      files: new Set([resource.origin.file, ...parameterFiles, ...files]),
    });
    for (const source of application.sources) {
      const part = contributionOf(application, source, workspace, repositories);
      parts.push({ ...part, resources: part.resources.filter((object) => !isArgo(object)) });
      // Outside of charts they stand in files of the repository, and so among the written ones.
      const inside = part.resources.filter(
        (object) => isArgo(object) && workspace.isInChart(object.origin.file),
      );
      applications.push(...expanded(inside, workspace).slice(0, MAX_APPLICATIONS - applications.length));
    }
  }
  const names = [...clusters.keys()].sort(byText);
  const takesNothing = applications.every(({ sources }) =>
    sources.every(({ dir }) => !isHere(dir, workspace)),
  );
  if (takesNothing && names.length < 2) return [];
  return names.map((cluster) => {
    const name = cluster === IN_CLUSTER ? 'default' : clusterName(cluster, workspace);
    const mine = applications.filter((application) => application.cluster === cluster);
    const roots = mine.flatMap(({ sources }) => sources.flatMap(({ dir }) => dir ?? []));
    const files = [...new Set(mine.map(({ resource }) => parentOf(resource.origin.file) || '.'))].sort(
      byText,
    );
    const because = `Argo CD Applications in ${files.slice(0, 3).join(', ')}${files.length > 3 ? ', ...' : ''}`;
    return assemble({ name, roots, because }, clusters.get(cluster) ?? []);
  });
}

function isHere(dir: string | undefined, { directories }: Workspace): boolean {
  return dir !== undefined && directories.has(dir);
}

/** Applications and sets written in the repository, except in places that are kept aside. */
function writtenObjects(workspace: Workspace): Resource[] {
  return [...workspace.repository.files.values()]
    .flatMap(steeringObjectsOf)
    .filter(isArgo)
    .filter(({ origin: { file } }) => !workspace.directories.isSetAside(file) && !workspace.isInChart(file));
}

function isArgo(resource: Resource): boolean {
  return isApplication(resource) || isApplicationSet(resource);
}

/** Every Application, sets expanded. Those that an app-of-apps deploys are among the written ones. */
function expanded(written: readonly Resource[], workspace: Workspace): ArgoApplication[] {
  return written
    .flatMap((resource) =>
      isApplicationSet(resource) ? applicationsOf(resource, workspace) : [{ resource, files: [] }],
    )
    .slice(0, MAX_APPLICATIONS)
    .map(({ resource, files }) => ({ ...argoApplication(resource), parameterFiles: files }));
}

function contributionOf(
  application: ArgoApplication,
  source: ArgoSource,
  workspace: Workspace,
  repositories: ArgoRepositories,
): Contribution {
  const { resource, namespace } = application;
  const { dir } = source;
  if (dir === undefined) return NOTHING;
  const namespaces = namespace === '' || namespace.includes('{{') ? undefined : [namespace];
  const at = resource.origin.at([...source.path, 'path']);
  if (dir.includes('{{') || !isHere(dir, workspace) || !repositories.isOwn(source.repoURL)) {
    const what = `Argo CD Application ${resource.name} (path ${dir} of ${source.repoURL})`;
    return { ...NOTHING, opaque: [{ what, namespaces, at }] };
  }
  if (workspace.charts.has(dir) && !workspace.graph.has(dir))
    return chartContribution(
      dir,
      workspace,
      namespaces,
      argoRelease(application, source, workspace, repositories),
    );
  const { directories } = workspace;
  const files = source.recurse ? directories.filesBelow(dir) : directories.filesIn(dir);
  const built = workspace.graph.has(dir) ? workspace.build(dir) : workspace.files(files);
  const key = [
    `argo ${resource.digest}`,
    dir,
    workspace.graph.contentOf(built.files),
    renderingOf([built]),
  ].join('\n');
  return workspace.cache.remember(key, () => {
    const notes = new Notes();
    notes.addAll(built.unchecked);
    const name = `Argo CD Application ${resource.name}`;
    const instructions = {
      name,
      dir,
      value: source.kustomize,
      digest: resource.digest,
      at: (path: readonly (string | number)[]) => resource.origin.at([...source.path, 'kustomize', ...path]),
    };
    const items = transformItems(built.items, instructions, workspace.repository, notes);
    const place = { value: namespace, at: resource.origin.at(['spec', 'destination', 'namespace']) };
    const resources = items.map(({ resource: object }) =>
      namespaces ? withDefaultNamespace(object, place, name) : object,
    );
    return { ...built, resources, unchecked: notes.list() };
  });
}

/** A cluster's name, as the repository registers it; else the host of its API server. */
function clusterName(cluster: string, { repository }: Workspace): string {
  if (cluster.includes('{{')) return 'clusters that Argo CD knows';
  const registered = argoClusters([...repository.files.values()].flatMap(objectsOf));
  const known = registered.find(({ server }) => server === cluster)?.name;
  return (known ?? cluster.replace(/^https?:\/\//, '').replace(/[:/].*$/, '')) || IN_CLUSTER;
}
