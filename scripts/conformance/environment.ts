import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { DEFAULT_SETTINGS, type Settings } from '../../src/config/settings.ts';
import type { Environment } from '../../src/environments/environment.ts';
import type { Resource } from '../../src/render/resource.ts';
import { resourcesOf } from '../../src/render/plain.ts';
import { parseFile } from '../../src/yaml/parse.ts';

/** The resources of a manifest file. */
export function resourcesIn(path: string): Resource[] {
  return [...resourcesOf(parseFile(readFileSync(path), { json: path.endsWith('.json') }), path)];
}

/** One cluster made of these resources. */
export function environmentOf(name: string, resources: readonly Resource[]): Environment {
  return {
    name,
    roots: ['.'],
    because: 'conformance',
    resources,
    files: new Set(resources.map(({ origin }) => origin.file)),
    charts: [],
    opaque: [],
    unchecked: [],
  };
}

/** As `analyze --closed-world`, with the bare MeshConfig and MeshNetworks of these files. */
export function closedWorld(meshConfigFile: string | null, meshNetworksFile: string | null): Settings {
  const networks = bareYaml(meshNetworksFile);
  return {
    ...DEFAULT_SETTINGS,
    world: 'closed',
    today: new Date().toISOString().slice(0, 10),
    meshConfig: bareYaml(meshConfigFile),
    meshNetworks: networks && { file: meshNetworksFile ?? '', value: networks },
  };
}

function bareYaml(path: string | null): Record<string, unknown> | undefined {
  return path === null ? undefined : (load(readFileSync(path, 'utf8')) as Record<string, unknown>);
}
