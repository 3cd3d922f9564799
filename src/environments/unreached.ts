import type { Environment } from './environment.ts';
import { isManifestFile } from './manifest-files.ts';
import type { Notes } from './notes.ts';
import type { Workspace } from './workspace.ts';

/** Says how many manifests no environment holds; one line, with a few of them named. */
export function noteUnreached(
  environments: readonly Environment[],
  workspace: Workspace,
  notes: Notes,
): void {
  for (const file of workspace.repository.files.values()) {
    const [first] = file.resources;
    if (
      !first ||
      !isManifestFile(file) ||
      workspace.directories.isSetAside(file.path) ||
      workspace.isInChart(file.path)
    )
      continue;
    if (environments.some(({ files }) => files.has(file.path))) continue;
    notes.add(
      'manifests that no environment reaches',
      'nothing deploys them as far as the repository shows',
      () => first.origin.at(['kind']),
    );
  }
}
