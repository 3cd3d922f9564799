import { perObject } from '../remember.ts';
import type { Repository, RepositoryFile } from '../render/repository.ts';
import type { Resource } from '../render/resource.ts';
import { KUSTOMIZATION_NAMES } from './kustomization.ts';
import { baseName, parentOf } from './repository-path.ts';

/** A kustomization is instructions to a tool, not an object of a cluster. */
export function isKustomizationObject({ group }: { readonly group: string }): boolean {
  return group === 'kustomize.config.k8s.io';
}

/** Directories whose YAML is for CI, editors and other tools. */
const TOOL_DIRECTORIES =
  /(^|\/)(\.github|\.gitlab|\.circleci|\.tekton-ci|\.vscode|\.taskfiles|node_modules)\//;

/** Files that tools other than Kubernetes read, by name. */
const TOOL_FILES =
  /^(Chart|Chart\.lock|values[\w.-]*|requirements|helmfile[\w.-]*|docker-compose[\w.-]*|skaffold|Taskfile|mkdocs|action|galaxy|playbook)\.ya?ml$/;

/** May this file hold objects that somebody applies to a cluster as they stand? */
export function isManifestFile({ path }: { readonly path: string }): boolean {
  const name = baseName(path);
  return !KUSTOMIZATION_NAMES.includes(name) && !TOOL_FILES.test(name) && !TOOL_DIRECTORIES.test(path);
}

/** The objects of a file that a cluster would get. */
export const objectsOf = perObject((file: RepositoryFile): readonly Resource[] => {
  if (!isManifestFile(file)) return [];
  return file.resources.some(isKustomizationObject)
    ? file.resources.filter((resource) => !isKustomizationObject(resource))
    : file.resources;
});

/** Those of them that tell Flux or Argo CD what to deploy. Few files have any, and every way of finding environments asks. */
export const steeringObjectsOf = perObject((file: RepositoryFile): readonly Resource[] =>
  objectsOf(file).filter(({ group }) => group === 'argoproj.io' || group.endsWith('.toolkit.fluxcd.io')),
);

/** Directories that hold a Helm chart, sorted as the files are. */
export function chartDirectories(repository: Repository): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of repository.files.keys()) {
    if (baseName(path) === 'Chart.yaml') found.add(parentOf(path));
  }
  return found;
}
