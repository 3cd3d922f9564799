import { NOTHING, type Contribution } from './assemble.ts';
import { chartDependencies } from './chart-dependencies.ts';
import { joinPath } from './repository-path.ts';
import type { Workspace } from './workspace.ts';

/**
 * A chart of this repository. Its dependencies and values are read; its templates are not rendered here, so they may
 * create anything in `namespaces` (`undefined`: anywhere), unless the chart has none.
 */
export function chartContribution(
  dir: string,
  workspace: Workspace,
  namespaces?: readonly string[],
): Contribution {
  const { repository, locks } = workspace;
  const files = workspace.directories.filesBelow(dir);
  const templates = files.some((path) => path.startsWith(joinPath(dir, 'templates/')));
  const { charts, opaque, official } = chartDependencies(dir, repository, locks, namespaces);
  return {
    ...NOTHING,
    files: new Set(files),
    charts,
    opaque: [
      ...(templates && !official ? [{ what: `templates in ${dir || 'the root chart'}`, namespaces }] : []),
      ...opaque,
    ],
  };
}
