import { listAt, mappingAt, textAt } from '../untyped.ts';
import type { ContainerModel } from '../mesh/mesh.ts';
import type { Resource } from '../render/resource.ts';
import type { Path } from '../vocabulary.ts';

/** The ConfigMap of a name in the namespace of the pods, when the environment holds it. */
export type ConfigMaps = (name: string) => Resource | undefined;

/** An environment variable whose value is written in the repository. */
export interface Variable {
  readonly value: string;
  /** Of the entry that brings it, from the body of the workload's resource. */
  readonly path: Path;
  /** The ConfigMap that the value stands in, and where: `line` of its text, from 0, when it stands in a file. */
  readonly source?: { readonly resource: Resource; readonly path: Path; readonly line?: number };
}

export type Variables = ReadonlyMap<string, Variable>;

/** The variables of a container, as far as the repository tells. */
export interface ContainerVariables {
  readonly known: Variables;
  /** Names that are set to something that is not written here: from a Secret, a field of the pod, a ConfigMap from elsewhere. */
  readonly hidden: ReadonlySet<string>;
  /** Whether any variable may be set besides: `envFrom` of a Secret or of a ConfigMap from elsewhere. */
  readonly open: boolean;
}

/**
 * The variables of a container as Kubernetes sets them: `envFrom` in order, then `env`, each replacing what came before.
 */
export function variablesOf(container: ContainerModel, configMaps: ConfigMaps): ContainerVariables {
  const known = new Map<string, Variable>();
  const hidden = new Set<string>();
  const open = readEnvFrom(container, configMaps, known);
  const { body, path, env } = container;
  listAt(body, 'env').forEach((entry, index) => {
    const name = textAt(entry, 'name');
    const at = [...path, 'env', index];
    const literal = Object.hasOwn(mappingAt(entry), 'value') ? env[name] : undefined;
    const variable =
      literal === undefined
        ? fromConfigMap(entry, at, configMaps)
        : { value: literal, path: [...at, 'value'] };
    hidden.delete(name);
    if (variable) known.set(name, { ...variable, value: expanded(variable.value, known) });
    else {
      known.delete(name);
      hidden.add(name);
    }
  });
  return { known, hidden, open };
}

/** True when a source brings variables that are not written here. */
function readEnvFrom(
  { body, path }: ContainerModel,
  configMaps: ConfigMaps,
  known: Map<string, Variable>,
): boolean {
  let open = false;
  listAt(body, 'envFrom').forEach((entry, index) => {
    const name = textAt(entry, 'configMapRef', 'name');
    const resource = name === '' ? undefined : configMaps(name);
    if (!resource) {
      open = true;
      return;
    }
    const prefix = textAt(entry, 'prefix');
    for (const [key, value] of Object.entries(dataOf(resource))) {
      const source = { resource, path: ['data', key] };
      if (typeof value === 'string')
        known.set(prefix + key, { value, path: [...path, 'envFrom', index], source });
    }
  });
  return open;
}

function fromConfigMap(entry: unknown, at: Path, configMaps: ConfigMaps): Variable | undefined {
  const reference = mappingAt(entry, 'valueFrom', 'configMapKeyRef');
  const name = textAt(reference, 'name');
  const key = textAt(reference, 'key');
  const resource = name === '' ? undefined : configMaps(name);
  const data = resource ? dataOf(resource) : {};
  const value = Object.hasOwn(data, key) ? data[key] : undefined;
  if (!resource || typeof value !== 'string') return undefined;
  return { value, path: [...at, 'valueFrom'], source: { resource, path: ['data', key] } };
}

/** Longest text in which references are filled in, and longest value that is, in characters: they bound each other. */
const LONGEST_TEXT = 20_000;
const LONGEST_VALUE = 1_000;

/** Kubernetes fills in `$(NAME)`; what is not known stays, and so is no known address. `$$(NAME)` is an escape. */
export function expanded(text: string, variables: Variables): string {
  if (!text.includes('$(') || text.length > LONGEST_TEXT) return text;
  return text.replace(/(\$?)\$\(([A-Za-z_][A-Za-z0-9_.-]*)\)/g, (written, escape: string, name: string) => {
    const value = escape === '' ? variables.get(name)?.value : undefined;
    return value === undefined || value.length > LONGEST_VALUE ? written : value;
  });
}

/** The texts of a ConfigMap by key. */
export function dataOf({ body }: Resource): Readonly<Record<string, unknown>> {
  return mappingAt(body, 'data');
}
