import { byText, commonDirectory, joinPath } from './repository-path.ts';

/** A directory, or an overlay, with the objects it holds. */
export interface Atom {
  readonly dir: string;
  /** `Kind namespace/name` of each object. */
  readonly ids: readonly string[];
}

/** Atoms that can be deployed together. `dir` is where the group forks off; '' for what is left. */
export interface Group<T extends Atom> {
  readonly dir: string;
  readonly atoms: readonly T[];
}

/** Two directories are variants of each other from this share of the smaller one's objects on. */
const SHARE = 0.5;
/** ... or from this many equal objects on. A single twin among many is a mistake to report, not a second environment. */
const MANY = 4;

/**
 * Splits directories that hold the same objects again (`cluster1/`, `cluster2/`, one per lesson) into groups that can be
 * deployed together: sibling directories with mostly equal objects are variants, and each becomes a group.
 */
export function splitAtCollisions<T extends Atom>(atoms: readonly T[], depth = 0): Group<T>[] {
  const variants = depth > 20 ? new Set<string>() : variantDirectories(atoms);
  if (variants.size === 0) return [{ dir: '', atoms }];
  const groups = new Map<string, T[]>();
  for (const atom of atoms) {
    const dir = outermost(atom.dir, variants);
    groups.set(dir, [...(groups.get(dir) ?? []), atom]);
  }
  return [...groups]
    .sort(([a], [b]) => byText(a, b))
    .flatMap(([dir, members]) => {
      if (dir === '') return [{ dir, atoms: members }];
      return splitAtCollisions(members, depth + 1).map((inner) => ({
        dir: inner.dir === '' ? dir : inner.dir,
        atoms: inner.atoms,
      }));
    });
}

/** Directories enough of whose objects stand in a sibling directory too. */
function variantDirectories(atoms: readonly Atom[]): Set<string> {
  const places = new Map<string, Set<string>>();
  for (const { dir, ids } of atoms) {
    for (const id of ids) {
      const dirs = places.get(id);
      if (dirs) dirs.add(dir);
      else places.set(id, new Set([dir]));
    }
  }
  const shared = new Map<string, number>();
  for (const dirs of places.values()) {
    // Nearly every object stands in one place.
    if (dirs.size < 2) continue;
    for (const dir of parted([...dirs])) shared.set(dir, (shared.get(dir) ?? 0) + 1);
  }
  if (shared.size === 0) return new Set();
  const sizes = new Map<string, number>();
  for (const dirs of places.values()) {
    const above = new Set([...dirs].flatMap((dir) => prefixes(dir)));
    for (const dir of above) if (shared.has(dir)) sizes.set(dir, (sizes.get(dir) ?? 0) + 1);
  }
  const isVariant = ([dir, count]: [string, number]): boolean =>
    count >= MANY || count >= SHARE * (sizes.get(dir) ?? 0);
  const variants = new Set([...shared].filter(isVariant).map(([dir]) => dir));
  for (const part of partsOfCopies(variants, places)) variants.delete(part);
  return variants;
}

/**
 * Directories that hold nothing again but what one other directory holds of several: `release/` copies what `apps/` and
 * `routes/` hold together. It is the variant; they belong together.
 */
function partsOfCopies(
  variants: ReadonlySet<string>,
  places: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const colliding = new Map<string, Set<string>>();
  for (const dirs of places.values()) {
    const meeting = new Set([...dirs].map((dir) => outermost(dir, variants)).filter((dir) => dir !== ''));
    for (const dir of meeting) {
      const others = colliding.get(dir) ?? new Set();
      colliding.set(dir, others);
      for (const other of meeting) if (other !== dir) others.add(other);
    }
  }
  const copies = [...colliding].filter(([copy, parts]) => {
    const apart = [...parts].every((part) =>
      [...(colliding.get(part) ?? [])].every((other) => other === copy),
    );
    return parts.size > 1 && apart;
  });
  return copies.flatMap(([, parts]) => [...parts]);
}

/** The sibling directories in which the paths of one object's places part, at every depth. */
function parted(dirs: readonly string[]): string[] {
  const [first, ...rest] = dirs;
  if (first === undefined || rest.length === 0) return [];
  const top = rest.reduce(commonDirectory, first);
  const children = new Map<string, string[]>();
  for (const dir of dirs) {
    const child = childOf(top, dir);
    children.set(child, [...(children.get(child) ?? []), dir]);
  }
  const siblings = [...children.keys()].filter((child) => child !== top);
  return [...siblings, ...siblings.flatMap((child) => parted(children.get(child) ?? []))];
}

/** A directory and all above it, the root left out. */
function prefixes(dir: string): string[] {
  const steps = dir === '' ? [] : dir.split('/');
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
}

function childOf(top: string, dir: string): string {
  if (dir === top) return top;
  const rest = top === '' ? dir : dir.slice(top.length + 1);
  return joinPath(top, rest.split('/')[0] ?? '');
}

function outermost(dir: string, variants: ReadonlySet<string>): string {
  let current = '';
  for (const step of dir.split('/')) {
    current = joinPath(current, step);
    if (variants.has(current)) return current;
  }
  return '';
}
