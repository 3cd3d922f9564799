import { assemble, NOTHING, type Contribution } from './assemble.ts';
import type { Environment } from './environment.ts';
import { helmfileContribution } from './helmfile.ts';
import { helmfileEnvironments } from './helmfile-environments.ts';
import { isUnder, joinPath, parentOf } from './repository-path.ts';
import type { Workspace } from './workspace.ts';

/**
 * Environments of a GitOps controller with what is installed by other means (often Istio itself, by hand, before the controller
 * takes over): helmfiles, Terraform, Zarf packages belong to their cluster. Where there are several clusters and one of these
 * stands below none of them, it is an environment of its own.
 */
export function withInstallers(controlled: readonly Environment[], workspace: Workspace): Environment[] {
  const added = new Map<Environment, Beside[]>();
  const apart: Environment[] = [];
  for (const beside of [...helmfiles(controlled, workspace), ...installers(workspace)]) {
    const owner = ownerOf(beside.path, controlled);
    if (owner) added.set(owner, [...(added.get(owner) ?? []), beside]);
    else {
      const dir = parentOf(beside.path);
      apart.push(assemble({ name: dir || beside.kind, roots: [dir], because: beside.what }, [beside.part]));
    }
  }
  const together = controlled.map((environment) => {
    const parts = added.get(environment);
    if (!parts) return environment;
    const kinds = [...new Set(parts.map(({ kind }) => kind))].sort();
    const because = `${environment.because}, and ${kinds.join(', ')}`;
    return assemble({ ...environment, because }, [environment, ...parts.map(({ part }) => part)]);
  });
  return [...together, ...apart];
}

/** Something that installs charts beside a controller. */
interface Beside {
  readonly kind: string;
  readonly what: string;
  /** A path in the directory it belongs to. */
  readonly path: string;
  readonly part: Contribution;
}

function helmfiles(controlled: readonly Environment[], workspace: Workspace): Beside[] {
  return workspace.helmfiles.flatMap((file) => {
    const { path } = file;
    const isReached = controlled.some(({ files }) => files.has(path));
    if (isReached || workspace.directories.isSetAside(path)) return [];
    const [environment] = helmfileEnvironments(file, workspace.repository);
    if (!environment) return [];
    const part = helmfileContribution(file, workspace, environment);
    if (part.charts.length + part.opaque.length + part.resources.length === 0) return [];
    return [{ kind: 'helmfiles', what: `helmfile ${path}`, path, part }];
  });
}

function installers({ installers: sources }: Workspace): Beside[] {
  return sources.map(({ what, dir, files, charts }) => ({
    kind: what.split(' ', 1).join(''),
    what,
    path: joinPath(dir, '_'),
    part: { ...NOTHING, files: new Set(files), charts },
  }));
}

function ownerOf(path: string, controlled: readonly Environment[]): Environment | undefined {
  const [only, second] = controlled;
  if (!second) return only;
  return controlled.find(({ roots }) => roots.some((root) => root !== '.' && isUnder(path, root)));
}
