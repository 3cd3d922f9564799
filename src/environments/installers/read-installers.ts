import type { Repository } from '../../render/repository.ts';
import type { EnvironmentCache } from '../environment-cache.ts';
import { setAsideAt } from '../set-aside.ts';
import { chartFileSources } from './chart-files.ts';
import type { DeclaredSource } from './declared-source.ts';
import { terraformSources, type KnownTerraform } from './terraform.ts';
import { zarfSources } from './zarf.ts';

/** What installs Istio's charts besides manifests and helmfiles: Terraform, Zarf, Fleet, vendir. Sorted by directory. */
export async function readInstallers(
  repository: Repository,
  cache: EnvironmentCache,
): Promise<DeclaredSource[]> {
  const known = cache.remember('terraform', (): KnownTerraform => new Map());
  const found = [
    ...(await terraformSources(repository, known)),
    ...zarfSources(repository),
    ...chartFileSources(repository),
  ];
  return found
    .filter(({ dir }) => setAsideAt(`${dir}/`) === undefined)
    .sort((a, b) => (a.dir < b.dir ? -1 : Number(a.dir > b.dir)));
}
