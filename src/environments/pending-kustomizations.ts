import type { FluxKustomization } from './flux-kustomization.ts';
import { parentOf } from './repository-path.ts';

/**
 * The Kustomizations of a cluster that are still to be followed, each once. One that a more particular Kustomization also
 * applies waits for it: that one's patches and variables are what it gets in the end.
 */
export class PendingKustomizations {
  private readonly waiting = new Map<string, FluxKustomization>();
  private readonly taken = new Set<string>();

  constructor(entries: readonly FluxKustomization[]) {
    this.add(entries);
  }

  /** A Kustomization added again, before its turn, is the newer form of it. */
  add(kustomizations: readonly FluxKustomization[]): void {
    for (const kustomization of kustomizations) {
      if (!this.taken.has(kustomization.key)) this.waiting.set(kustomization.key, kustomization);
    }
  }

  /** The next one; `undefined` when all have had their turn. */
  take(): FluxKustomization | undefined {
    const paths = countBy([...this.waiting.values()].flatMap(({ dir }) => dir ?? []));
    const all = [...this.waiting.values()];
    const next = all.find((kustomization) => !isApplied(kustomization, paths)) ?? all[0];
    if (next) {
      this.waiting.delete(next.key);
      this.taken.add(next.key);
    }
    return next;
  }
}

/** Does the file lie below the path of one that waits, other than its own? */
function isApplied({ resource, dir }: FluxKustomization, paths: ReadonlyMap<string, number>): boolean {
  for (let current = parentOf(resource.origin.file); ; current = parentOf(current)) {
    const others = (paths.get(current) ?? 0) - Number(dir === current);
    if (others > 0) return true;
    if (current === '') return false;
  }
}

function countBy(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
