import { assemble, type Contribution } from './assemble.ts';
import type { Environment } from './environment.ts';
import { helmfileContribution, isHelmfile } from './helmfile.ts';
import { helmfileEnvironments } from './helmfile-environments.ts';
import { isUnder, parentOf } from './repository-path.ts';
import type { Workspace } from './workspace.ts';

/**
 * Environments of a GitOps controller with the helmfiles of the repository: what is installed by hand (often Istio itself)
 * before the controller takes over belongs to its cluster. Where there are several clusters and the helmfile stands below none
 * of them, it is an environment of its own.
 */
export function withHelmfiles(controlled: readonly Environment[], workspace: Workspace): Environment[] {
  const added = new Map<Environment, Contribution[]>();
  const apart: Environment[] = [];
  for (const file of workspace.repository.files.values()) {
    const { path } = file;
    const isReached = controlled.some(({ files }) => files.has(path));
    if (!isHelmfile(path) || isReached || workspace.directories.isSetAside(path)) continue;
    const [environment] = helmfileEnvironments(file, workspace.repository);
    if (!environment) continue;
    const part = helmfileContribution(file, workspace, environment);
    if (part.charts.length + part.opaque.length + part.resources.length === 0) continue;
    const owner = ownerOf(path, controlled);
    if (owner) added.set(owner, [...(added.get(owner) ?? []), part]);
    else {
      const dir = parentOf(path);
      apart.push(assemble({ name: dir || 'helmfile', roots: [dir], because: `helmfile ${path}` }, [part]));
    }
  }
  const together = controlled.map((environment) => {
    const parts = added.get(environment);
    if (!parts) return environment;
    const because = `${environment.because}, and helmfiles`;
    return assemble({ ...environment, because }, [environment, ...parts]);
  });
  return [...together, ...apart];
}

function ownerOf(path: string, controlled: readonly Environment[]): Environment | undefined {
  const [only, second] = controlled;
  if (!second) return only;
  return controlled.find(({ roots }) => roots.some((root) => root !== '.' && isUnder(path, root)));
}
