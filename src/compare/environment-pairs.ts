import type { Settings } from '../config/settings.ts';
import type { Environment } from '../environments/environment.ts';
import { changedAcross, type ChangedInputs } from '../mesh/changed-inputs.ts';
import { buildMesh } from '../mesh/build.ts';
import type { Mesh } from '../mesh/mesh.ts';
import { sharing } from '../mesh/shared-mesh.ts';
import type { OtherMember } from '../rules/fleet-rule.ts';
import { readAlike } from './read-alike.ts';
import type { ChangedFiles } from './changed-files.ts';

/** One environment on both sides of a change; a side is absent where it is new or gone. */
export interface EnvironmentPair {
  readonly name: string;
  readonly base: Environment | undefined;
  readonly head: Environment | undefined;
}

/** Environments of the same name on both sides, with what both could be read of, sorted by name. */
export function pairByName(before: readonly Environment[], after: readonly Environment[]): EnvironmentPair[] {
  const [base, head] = [before, after].map((side) => new Map(side.map((one) => [one.name, one])));
  const names = [...new Set([...before, ...after].map(({ name }) => name))].sort();
  return names.map((name) => readAlike({ name, base: base?.get(name), head: head?.get(name) }));
}

/** Can the change make a difference to the environment? */
export function reaches(files: ChangedFiles, { base, head }: EnvironmentPair): boolean {
  if (base === undefined || head === undefined) return true;
  return [...files.paths].some((path) => base.files.has(path) || head.files.has(path));
}

/** The environment at head; what is left of it when the change deletes its every file. */
export function headOf({ name, base, head }: EnvironmentPair): Environment {
  const because = 'removed by this change';
  const nothing = { resources: [], files: new Set<string>(), charts: [], opaque: [], unchecked: [] };
  return head ?? { name, roots: base?.roots ?? [], because, ...nothing };
}

/** An environment modelled on both sides. */
interface Modelled {
  readonly name: string;
  readonly before: Mesh | undefined;
  readonly after: Mesh;
  /** What rules may see otherwise in one than in the other. */
  readonly changed: ChangedInputs;
}

/** @param known the mesh of the base, where an earlier review has modelled it */
export function modelled(pair: EnvironmentPair, settings: Settings, known?: Mesh): Modelled {
  const { name, base } = pair;
  const head = headOf(pair);
  if (!base) return { name, before: undefined, after: buildMesh(head, settings), changed: 'everything' };
  // What head holds and base does not is this repository's to hold: a reference to it was broken at base for certain.
  const before = known ?? buildMesh(base, settings, head, 'base');
  const changed = changedAcross(base, head);
  const after = sharing(buildMesh(head, settings, base, 'head', before), before, changed);
  return { name, before, after, changed };
}

/** An environment with nothing to compare it with, modelled when somebody asks. */
export function analyzedLater(
  environment: Environment,
  settings: Settings,
): { readonly name: string; readonly member: () => { name: string; before: undefined; after: Mesh } } {
  const { name } = environment;
  let after: Mesh | undefined;
  return {
    name,
    member: () => ({ name, before: undefined, after: (after ??= buildMesh(environment, settings)) }),
  };
}

/** As `modelled`, when somebody asks; most environments that a change does not reach nobody asks for. */
export function modelledLater(pair: EnvironmentPair, settings: Settings): OtherMember {
  let known: Modelled | undefined;
  return { name: pair.name, member: () => (known ??= modelled(pair, settings)) };
}
