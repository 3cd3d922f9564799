import type { Environment } from '../environments/environment.ts';
import { readInstallations } from '../mesh/control-planes.ts';
import type { MeshComponent } from '../mesh/mesh.ts';
import type { Repository } from '../render/repository.ts';
import type { Resource } from '../render/resource.ts';
import type { ChangedFiles } from './changed-files.ts';
import type { VersionBump } from './version-bump.ts';

/**
 * Versions of Istio that a change moves in manifests which no environment deploys: those of a release that is commented out of its
 * kustomization, and that a bot keeps up to date all the same.
 */
export function undeployedBumps(
  base: Repository,
  head: Repository,
  { manifests }: ChangedFiles,
  environments: readonly Pick<Environment, 'files'>[],
): VersionBump[] {
  const paths = manifests.filter(
    (path) =>
      (head.files.get(path)?.resources.length ?? 0) > 0 &&
      base.files.has(path) &&
      !environments.some(({ files }) => files.has(path)),
  );
  const sources = paths.length === 0 ? [] : chartSources(head);
  return paths.flatMap((path) => {
    const before = componentsIn(path, base, sources);
    return [...componentsIn(path, head, sources)].flatMap(
      ([key, { name, component, versionText, at }]): VersionBump[] => {
        const from = before.get(key)?.versionText;
        if (from === undefined || from === '' || versionText === '' || from === versionText) return [];
        return [{ subject: `${component} ${name}`, from, to: versionText, at, undeployed: true }];
      },
    );
  });
}

function componentsIn(
  path: string,
  repository: Repository,
  sources: readonly Resource[],
): Map<string, MeshComponent> {
  const resources = [...(repository.files.get(path)?.resources ?? []), ...sources];
  const nothing = {
    name: '',
    roots: [],
    because: '',
    files: new Set<string>(),
    charts: [],
    opaque: [],
    unchecked: [],
  };
  const { components } = readInstallations({ ...nothing, resources });
  const own = components.filter(({ at }) => at.file === path);
  return new Map(
    own.map((one) => [`${one.component} ${one.namespace} ${one.name} ${one.revision ?? ''}`, one]),
  );
}

/** What HelmReleases take their charts from. */
function chartSources(repository: Repository): Resource[] {
  return [...repository.files.values()].flatMap(({ resources }) =>
    resources.filter(
      ({ kind, group }) => group === 'source.toolkit.fluxcd.io' && kind.endsWith('Repository'),
    ),
  );
}
