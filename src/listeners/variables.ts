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
  /** The ConfigMap that the value stands in, and where. */
  readonly source?: { readonly resource: Resource; readonly path: Path };
}

export type Variables = ReadonlyMap<string, Variable>;

/**
 * The variables of a container as Kubernetes sets them: `envFrom` in order, then `env`, each replacing what came before. One
 * whose value is not written here (a Secret, a field of the pod, a ConfigMap from elsewhere) is left out.
 */
export function variablesOf({ body, path, env }: ContainerModel, configMaps: ConfigMaps): Variables {
  const variables = new Map<string, Variable>();
  listOf(body['envFrom']).forEach((entry, index) => {
    const name = textOf(mappingOf(mappingOf(entry)['configMapRef'])['name']);
    const source = name === '' ? undefined : configMaps(name);
    if (!source) return;
    const prefix = textOf(mappingOf(entry)['prefix']);
    for (const [key, value] of Object.entries(dataOf(source))) {
      const place = { resource: source, path: ['data', key] };
      if (typeof value === 'string') {
        variables.set(prefix + key, { value, path: [...path, 'envFrom', index], source: place });
      }
    }
  });
  listOf(body['env']).forEach((entry, index) => {
    const name = textOf(mappingOf(entry)['name']);
    const at = [...path, 'env', index];
    const literal = Object.hasOwn(mappingOf(entry), 'value') ? env[name] : undefined;
    const variable =
      literal === undefined
        ? fromConfigMap(entry, at, configMaps)
        : { value: literal, path: [...at, 'value'] };
    if (variable) variables.set(name, { ...variable, value: expanded(variable.value, variables) });
    else variables.delete(name);
  });
  return variables;
}

function fromConfigMap(entry: unknown, at: Path, configMaps: ConfigMaps): Variable | undefined {
  const reference = mappingOf(mappingOf(mappingOf(entry)['valueFrom'])['configMapKeyRef']);
  const [name, key] = [textOf(reference['name']), textOf(reference['key'])];
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

function dataOf({ body }: Resource): Readonly<Record<string, unknown>> {
  return mappingOf(body['data']);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function mappingOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
