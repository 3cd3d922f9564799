import { HAZARDS } from '../../facts/hazards/all.ts';
import type { Signal } from '../../facts/hazards/hazard.ts';
import { REMOVED_VARIABLES } from '../../facts/removed-variables.ts';
import type { IstioVersion } from '../../facts/versions.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import { defineRule } from '../rule.ts';
import { placedAt } from '../subject.ts';
import type { Hit } from './hazards/hit.ts';
import { envHits } from './hazards/look-env.ts';
import { MAKER_KINDS } from './hazards/pod-metadata.ts';

/** Names that the data of hazards speaks of: an upgrade that leaves one behind tells it there. */
const TOLD: ReadonlySet<string> = new Set(HAZARDS.flatMap(({ signals }) => signals.flatMap(namesIn)));

/** Istio says nothing about a variable it does not know: what it held back is there again. */
export default defineRule({
  id: 'variable-without-effect',
  name: 'variable-without-effect',
  level: 'info',
  inputs: [
    'components',
    'controlPlanes',
    'meshConfig',
    'upgrades',
    'workloads',
    'ConfigMap',
    'ProxyConfig',
    ...MAKER_KINDS,
  ].filter((input) => input !== 'meshConfig'),
  summary: 'An environment variable is set that this release of Istio does not read any more.',
  messages: {
    removed: '{name} has no effect since Istio 1.{since}: {place}.',
  },
  advice:
    'Delete it, and check that what it switched is wanted as it is now: the notes of that release say what became of it.',
  check({ mesh, report }) {
    const oldest = oldestOf(mesh);
    if (!oldest) return;
    for (const removed of REMOVED_VARIABLES.filter((one) => one.in <= oldest.minor)) {
      const names = removed.names.filter((name) => !(TOLD.has(name) && isCrossed(mesh, removed.in)));
      for (const { name, hit } of hitsOf(mesh, removed.of, names)) {
        const data = { name, since: removed.in, place: hit.says };
        report(
          placedAt(hit.subject, hit.at()),
          [],
          'removed',
          data,
          hit.likely ? { confidence: 'likely' } : {},
        );
      }
    }
  },
});

function hitsOf(
  mesh: Mesh,
  program: 'istiod' | 'proxy',
  names: readonly string[],
): { readonly name: string; readonly hit: Hit }[] {
  const found = (name: string): Hit[] => envHits(mesh, program, [name], () => true);
  // One look for all: nearly no repository sets any of them.
  if (envHits(mesh, program, names, () => true).length === 0) return [];
  return names.flatMap((name) => found(name).map((hit) => ({ name, hit })));
}

/** Every control plane has to be past the release; one whose version is not known may read the variable. */
function oldestOf({ controlPlanes }: Mesh): IstioVersion | undefined {
  const versions = controlPlanes.flatMap(({ version }) => version ?? []);
  if (versions.length < controlPlanes.length) return undefined;
  return versions.toSorted((a, b) => a.minor - b.minor)[0];
}

function isCrossed({ upgrades }: Mesh, minor: number): boolean {
  return upgrades.some(({ from, to }) => from.minor < minor && minor <= to.minor);
}

function namesIn(signal: Signal): readonly string[] {
  if (signal.look === 'env') return signal.names;
  if (signal.look === 'all') return signal.of.flatMap(namesIn);
  return signal.look === 'unless' ? namesIn(signal.signal) : [];
}
