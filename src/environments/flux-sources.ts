import type { Resource } from '../render/resource.ts';
import { repositoryAddress } from './repository-address.ts';
import { resolvePath } from './repository-path.ts';
import type { FluxKustomization } from './flux-kustomization.ts';
import { steeringObjectsOf } from './manifest-files.ts';
import { asText, valueAt } from '../untyped.ts';
import type { Workspace } from './workspace.ts';

/** Which sources (`GitRepository flux-system`) are this repository, and which directory of it their paths count from. */
export class FluxSources {
  private readonly roots: ReadonlyMap<string, string>;

  constructor(written: readonly FluxKustomization[], workspace: Workspace) {
    const paths = pathsBySource(written);
    const weights = [...paths].map(([source, dirs]) => [source, evidenceOf(dirs, workspace)] as const);
    const artefacts = [...paths].flatMap(([source, dirs]) => {
      const root = artefactRoot(source, dirs, workspace);
      return root === undefined ? [] : [[source, root] as const];
    });
    const proven = weights.filter(([, weight]) => weight > 0).map(([source]) => [source, ''] as const);
    const undecided = weights.filter(([, weight]) => weight === 0).map(([source]) => [source, ''] as const);
    const certain = [...artefacts, ...proven];
    const known = new Map(certain.length > 0 ? certain : undecided);
    for (const source of sameAddress(known, workspace)) known.set(source, '');
    this.roots = known;
  }

  /** The Kustomization with its directory in this repository; without one when its source is another repository. */
  place(kustomization: FluxKustomization): FluxKustomization {
    return { ...kustomization, dir: this.resolve(kustomization.source, kustomization.path) };
  }

  /** A path of a source as a path of this repository; `undefined` when it is one of another repository. */
  resolve(source: string, path: string): string | undefined {
    const root = this.roots.get(source);
    return root === undefined ? undefined : resolvePath(root, `./${path}`);
  }
}

function pathsBySource(written: readonly FluxKustomization[]): ReadonlyMap<string, ReadonlySet<string>> {
  const paths = new Map<string, Set<string>>();
  for (const { source, path } of written) {
    const dir = resolvePath('', path);
    const found = paths.get(source) ?? new Set();
    paths.set(source, found.add(dir ?? '..'));
  }
  return paths;
}

/** How many more of these paths exist than do not. `./` exists everywhere, so it proves nothing. */
function evidenceOf(dirs: ReadonlySet<string>, { directories }: Workspace): number {
  return [...dirs].reduce((sum, dir) => sum + (dir === '' ? 0 : directories.has(dir) ? 1 : -1), 0);
}

/** Fewer paths than this may lie below some directory by chance. */
const ENOUGH_PATHS = 2;

/**
 * Artefacts are often pushed from a folder of the repository (`flux push artifact --path=./kubernetes`), which their paths
 * then count from: the one directory that has all of them.
 */
function artefactRoot(source: string, dirs: ReadonlySet<string>, workspace: Workspace): string | undefined {
  if (!/^(?:OCIRepository|Bucket) /.test(source)) return undefined;
  const { directories } = workspace;
  const [first, ...rest] = [...dirs].filter((dir) => dir !== '');
  if (first === undefined || rest.length + 1 < ENOUGH_PATHS || directories.has(first)) return undefined;
  const roots = [...directories.all]
    .filter((dir) => dir.endsWith(`/${first}`) && !directories.isSetAside(`${dir}/`))
    .map((dir) => dir.slice(0, -first.length - 1))
    .filter((root) => rest.every((dir) => directories.has(`${root}/${dir}`)));
  return roots.length === 1 ? roots[0] : undefined;
}

/** GitRepositories of the address that a source known to be this repository has. */
function sameAddress(known: ReadonlyMap<string, string>, workspace: Workspace): string[] {
  const written = [...workspace.repository.files.values()].flatMap(steeringObjectsOf).filter(isGitRepository);
  const addresses = written.map(
    (resource) => [`GitRepository ${resource.name}`, addressOf(resource)] as const,
  );
  const own = new Set(addresses.filter(([source]) => known.get(source) === '').map(([, address]) => address));
  own.delete('');
  return addresses.filter(([, address]) => own.has(address)).map(([source]) => source);
}

function isGitRepository({ group, kind }: Resource): boolean {
  return group === 'source.toolkit.fluxcd.io' && kind === 'GitRepository';
}

function addressOf({ body }: Resource): string {
  return repositoryAddress(asText(valueAt(body, ['spec', 'url'])));
}
