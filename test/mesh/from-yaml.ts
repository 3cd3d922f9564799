import { parseFile } from '../../src/yaml/parse.ts';
import { resourcesOf } from '../../src/render/plain.ts';
import type { Resource } from '../../src/render/resource.ts';
import type { DeclaredChart, Environment } from '../../src/environments/environment.ts';
import { environment } from './manifests.ts';

/** The resources of a manifest, with real places. */
export function resources(yaml: string, file = 'mesh.yaml'): Resource[] {
  const parsed = parseFile(new TextEncoder().encode(yaml), { json: false });
  if (parsed.problems.length > 0) throw new Error(JSON.stringify(parsed.problems));
  return [...resourcesOf(parsed, file)];
}

/** One environment that holds these manifests and charts. */
export function environmentOf(yaml: string, charts: readonly DeclaredChart[] = []): Environment {
  return { ...environment(resources(yaml)), charts };
}
