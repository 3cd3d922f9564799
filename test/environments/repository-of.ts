import { memorySnapshot } from '../../src/source/memory.ts';
import { ContentCache, readRepository } from '../../src/render/read-repository.ts';
import type { Repository } from '../../src/render/repository.ts';
import type { Resource } from '../../src/render/resource.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/config/settings.ts';
import { EnvironmentCache, environmentsOf, type Discovery } from '../../src/environments/discover.ts';
import type { Environment } from '../../src/environments/environment.ts';

/** Files of a repository by path. */
export type Files = Readonly<Record<string, string>>;

export function repositoryOf(files: Files, content = new ContentCache()): Promise<Repository> {
  return readRepository(memorySnapshot('test', files), content);
}

export async function discover(files: Files, settings: Partial<Settings> = {}): Promise<Discovery> {
  const repository = await repositoryOf(files);
  return environmentsOf(repository, { ...DEFAULT_SETTINGS, ...settings }, new EnvironmentCache());
}

/** `Kind namespace/name` of an environment's resources, sorted. */
export function idsOf(environment: Environment | undefined): string[] {
  return (environment?.resources ?? []).map(idOf).sort();
}

export function idOf({ kind, namespace, name }: Resource): string {
  return `${kind} ${namespace}/${name}`;
}

/** The split of a repository: every environment's name with what is in it. */
export async function splitOf(files: Files): Promise<Record<string, string[]>> {
  const { environments } = await discover(files);
  return Object.fromEntries(environments.map((environment) => [environment.name, idsOf(environment)]));
}

export function find(environment: Environment | undefined, id: string): Resource {
  const found = environment?.resources.find((resource) => idOf(resource) === id);
  if (!found) throw new Error(`no ${id}; there are ${idsOf(environment).join(', ')}`);
  return found;
}

export function object(apiVersion: string, kind: string, name: string, rest = ''): string {
  const [namespace, plain] = name.includes('/') ? name.split('/') : [undefined, name];
  const place = namespace === undefined ? '' : `\n  namespace: ${namespace}`;
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${plain ?? ''}${place}\n${rest}`;
}

export const service = (name: string): string =>
  object('v1', 'Service', name, 'spec:\n  selector:\n    app: web\n');
export const namespace = (name: string): string => object('v1', 'Namespace', name);
export const virtualService = (name: string): string =>
  object('networking.istio.io/v1', 'VirtualService', name, 'spec:\n  hosts: [web]\n');
export const kustomization = (body: string): string =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${body}`;
export const flux = (name: string, path: string, rest = ''): string =>
  object(
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    `flux-system/${name}`,
    `spec:\n  path: ${path}\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n${rest}`,
  );
