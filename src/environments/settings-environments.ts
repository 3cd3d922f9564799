import type { Settings } from '../config/settings.ts';
import { assemble } from './assemble.ts';
import type { Environment } from './environment.ts';
import { matchesPathGlob } from './path-glob.ts';
import { parentOf } from './repository-path.ts';
import type { Workspace } from './workspace.ts';

/**
 * Environments as the repository's settings say. A path names a directory or a glob over files; a kustomization below it
 * that nothing else below it includes is built, its files do not count again, and other manifests count as they stand.
 */
export function settingsEnvironments({ environments }: Settings, workspace: Workspace): Environment[] {
  return environments.map(({ name, paths }) => {
    const matched = [...workspace.repository.files.keys()].filter((path) =>
      paths.some((glob) => matchesPathGlob(glob, path) || matchesPathGlob(`${glob}/**`, path)),
    );
    const dirs = new Set(matched.map(parentOf).filter((dir) => workspace.graph.has(dir)));
    const included = new Set(
      [...dirs].flatMap((dir) =>
        [...workspace.graph.resourcesOf(dir), ...workspace.graph.componentsOf(dir)].map(({ path }) => path),
      ),
    );
    const roots = [...dirs].filter(
      (dir) => !included.has(dir) && workspace.graph.kustomizations.get(dir)?.component === false,
    );
    const builds = roots.map((dir) => workspace.build(dir));
    const kustomized = new Set([...dirs].flatMap((dir) => [...workspace.graph.closureOf(dir)]));
    const plain = matched.filter((path) => !kustomized.has(path) && !workspace.isInChart(path));
    return assemble({ name, roots: paths, because: 'settings' }, [...builds, workspace.files(plain)]);
  });
}
