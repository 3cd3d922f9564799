import type { ArgoApplication } from './argo-application.ts';
import type { DirectoryTree } from './directory-tree.ts';
import { repositoryAddress } from './repository-address.ts';

/** Which of the Git repositories that Applications name is this one: the one most of whose paths are here. */
export class ArgoRepositories {
  private readonly own: ReadonlySet<string>;

  constructor(applications: readonly ArgoApplication[], directories: DirectoryTree) {
    const weights = new Map<string, number>();
    for (const { repoURL, dir } of applications.flatMap(({ sources }) => sources)) {
      if (dir === undefined || dir.includes('{{')) continue;
      // The root is in every repository, so it proves nothing.
      const evidence = dir === '' ? 0 : directories.has(dir) ? 1 : -1;
      const address = repositoryAddress(repoURL);
      weights.set(address, (weights.get(address) ?? 0) + evidence);
    }
    const found = (isEnough: (weight: number) => boolean): string[] =>
      [...weights].filter(([, weight]) => isEnough(weight)).map(([address]) => address);
    const proven = found((weight) => weight > 0);
    this.own = new Set(proven.length > 0 ? proven : found((weight) => weight === 0));
  }

  /** False also for an address that holds a placeholder, unless Applications are known by that very text. */
  isOwn(repoURL: string): boolean {
    return this.own.has(repositoryAddress(repoURL));
  }

  /** Nothing here says which address this repository has. */
  get unknown(): boolean {
    return this.own.size === 0;
  }
}
