import type { Path, PathSegment } from '../vocabulary.ts';
import { asList, fieldAt, isSame, valueAt } from '../untyped.ts';

/** Fields by which Kubernetes merges the entries of a sequence: containers, ports, volumes, mounts. */
const MERGE_KEYS = ['name', 'containerPort', 'port', 'mountPath', 'key', 'ip', 'devicePath', 'topologyKey'];

/**
 * The path in `to` of what stands at `path` in `from`, another version of the same object. Entries of sequences may have
 * moved: they are found again by name or by being equal, else by their index.
 */
export function alignedPath(from: unknown, path: Path, to: unknown): Path {
  const aligned: PathSegment[] = [];
  for (const [length, step] of path.entries()) {
    const sequence = asList(valueAt(to, aligned));
    const entry = typeof step === 'number' ? valueAt(from, path.slice(0, length + 1)) : undefined;
    aligned.push(typeof step === 'number' ? (indexOf(entry, sequence) ?? step) : step);
  }
  return aligned;
}

function indexOf(entry: unknown, sequence: readonly unknown[]): number | undefined {
  const key = MERGE_KEYS.find((name) => fieldAt(entry, name) !== undefined);
  const index = sequence.findIndex((other) =>
    key === undefined ? isSame(entry, other) : fieldAt(entry, key) === fieldAt(other, key),
  );
  return index < 0 ? undefined : index;
}
