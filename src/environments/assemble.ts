import type { Unchecked } from '../vocabulary.ts';
import type { Resource } from '../render/resource.ts';
import type { Build, DeclaredChart, Environment, OpaqueSource, Twins } from './environment.ts';
import { byText } from './repository-path.ts';
import { opaqueResources } from './opaque-resources.ts';

/** What one root contributes to an environment. */
export interface Contribution {
  readonly resources: readonly Resource[];
  readonly files: ReadonlySet<string>;
  readonly charts: readonly DeclaredChart[];
  readonly opaque: readonly OpaqueSource[];
  readonly unchecked: readonly Unchecked[];
  /** What tools were started for; absent for none. */
  readonly builds?: readonly Build[];
  /** Objects that stand twice in one build; absent for none. */
  readonly twins?: readonly Twins[];
  /** Patches of objects that only a remote base holds; absent for none. */
  readonly patches?: readonly Resource[];
  /** Files that a tool has rendered; absent for none. */
  readonly rendered?: ReadonlySet<string>;
  /** Those of them of which it is not certain that they are deployed as they were read, and what was taken for it. */
  readonly assumed?: ReadonlyMap<string, string>;
  /** Templates of charts that make nothing with the values in hand. */
  readonly silent?: ReadonlySet<string>;
  /** Files of kustomizations that the tool does not build. */
  readonly unbuilt?: ReadonlySet<string>;
}

export const NOTHING: Contribution = {
  resources: [],
  files: new Set(),
  charts: [],
  opaque: [],
  unchecked: [],
};

/** Several roots as one: the same object reached twice counts once. */
export function merged(parts: readonly Contribution[]): Contribution {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return {
    resources: [...new Set(parts.flatMap(({ resources }) => resources))],
    files: new Set(parts.flatMap(({ files }) => [...files])),
    charts: [...new Set(parts.flatMap(({ charts }) => charts))],
    opaque: distinct(parts.flatMap(({ opaque }) => opaque)),
    unchecked: parts.flatMap(({ unchecked }) => unchecked),
    builds: [...new Set(parts.flatMap(({ builds }) => builds ?? []))],
    twins: [...new Set(parts.flatMap(({ twins }) => twins ?? []))],
    patches: [...new Set(parts.flatMap(({ patches }) => patches ?? []))],
    rendered: new Set(parts.flatMap(({ rendered }) => [...(rendered ?? [])])),
    assumed: new Map(parts.flatMap(({ assumed }) => [...(assumed ?? [])])),
    silent: new Set(parts.flatMap(({ silent }) => [...(silent ?? [])])),
    unbuilt: new Set(parts.flatMap(({ unbuilt }) => [...(unbuilt ?? [])])),
  };
}

/** An environment out of what its roots contribute. Objects that deploy others are added to its opaque sources. */
export function assemble(
  identity: Pick<Environment, 'name' | 'roots' | 'because'>,
  parts: readonly Contribution[],
): Environment {
  const whole = merged(parts);
  return {
    ...identity,
    roots: [...new Set(identity.roots.map((root) => root || '.'))].sort(byText),
    resources: whole.resources,
    files: whole.files,
    charts: whole.charts,
    opaque: distinct([...opaqueResources(whole.resources), ...whole.opaque]),
    unchecked: whole.unchecked,
    ...(whole.builds && whole.builds.length > 0 ? { builds: whole.builds } : {}),
    ...(whole.twins && whole.twins.length > 0 ? { twins: whole.twins } : {}),
    ...(whole.patches && whole.patches.length > 0 ? { patches: whole.patches } : {}),
    ...(whole.rendered && whole.rendered.size > 0 ? { rendered: whole.rendered } : {}),
    ...(whole.assumed && whole.assumed.size > 0 ? { assumed: whole.assumed } : {}),
    ...(whole.silent && whole.silent.size > 0 ? { silent: whole.silent } : {}),
    ...(whole.unbuilt && whole.unbuilt.size > 0 ? { unbuilt: whole.unbuilt } : {}),
  };
}

function distinct(sources: readonly OpaqueSource[]): readonly OpaqueSource[] {
  const seen = new Map<string, OpaqueSource>();
  for (const source of sources) {
    const key = `${source.what}\n${source.namespaces?.join(',') ?? '*'}`;
    if (!seen.has(key)) seen.set(key, source);
  }
  return [...seen.values()];
}
