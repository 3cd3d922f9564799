import type { Resource } from '../render/resource.ts';
import { postBuildOf, type FluxKustomization } from './flux-kustomization.ts';
import { objectsOf } from './manifest-files.ts';
import { commonDirectory, parentOf } from './repository-path.ts';
import { configMapVariables, type Variables } from './substitution.ts';
import { scalarText } from '../untyped.ts';
import type { Workspace } from './workspace.ts';

/** Finds the values of `postBuild` variables that the repository itself holds, for one cluster. */
export class FluxVariables {
  private readonly configMaps: readonly Resource[];
  private readonly home: string;

  constructor(workspace: Workspace, entries: readonly FluxKustomization[]) {
    this.configMaps = [...workspace.repository.files.values()]
      .flatMap(objectsOf)
      .filter(({ kind, group }) => kind === 'ConfigMap' && group === '');
    this.home = parentOf(entries[0]?.resource.origin.file ?? '');
  }

  /** `undefined` when the Kustomization substitutes nothing. Values of Secrets stay unknown. */
  of(kustomization: FluxKustomization): Variables | undefined {
    const postBuild = postBuildOf(kustomization);
    if (!postBuild) return undefined;
    const values = new Map<string, string>();
    let complete = true;
    for (const { kind, name } of postBuild.from) {
      const configMap = kind === 'ConfigMap' ? this.find(name) : undefined;
      if (!configMap) complete = false;
      else for (const [key, value] of configMapVariables(configMap)) values.set(key, value);
    }
    for (const [key, raw] of Object.entries(postBuild.inline)) {
      const text = scalarText(raw);
      if (text !== undefined && !text.includes('${')) values.set(key, text);
      else values.delete(key);
    }
    return { values, complete };
  }

  /** The ConfigMap of that name; of several, the one that shares most of its path with the cluster's entry point. */
  private find(name: string): Resource | undefined {
    const named = this.configMaps.filter((configMap) => configMap.name === name);
    const nearness = (configMap: Resource): number =>
      commonDirectory(this.home, configMap.origin.file).length;
    const [best, next] = named.sort((a, b) => nearness(b) - nearness(a));
    return best && next && nearness(best) === nearness(next) ? undefined : best;
  }
}
