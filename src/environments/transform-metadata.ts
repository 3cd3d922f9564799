import type { Location, Path } from '../vocabulary.ts';
import type { Resource } from '../render/resource.ts';
import { asList, asMap, asText, fieldAt, scalarText, valueAt } from '../untyped.ts';
import { isClusterScoped, podTemplatePath } from './kubernetes-kinds.ts';
import { withField, type Transformer } from './derived-resource.ts';

/** A value that a transformer writes into objects, and the place that says so. */
export interface Written {
  readonly value: string;
  readonly at: Location;
}

/**
 * Kustomize's namespace transformer: every namespaced object moves, whatever it said before, and a Namespace object takes
 * the name. Equal to Flux's `targetNamespace`.
 */
export function withNamespace(resource: Resource, { value, at }: Written, through: string): Resource {
  const transformer = { name: through, signature: `namespace=${value}@${at.file}:${at.line}` };
  if (resource.kind === 'Namespace' && resource.group === '') {
    return withField(resource, ['metadata', 'name'], value, transformer, () => at);
  }
  if (isClusterScoped(resource)) return withSubjects(resource, value, transformer, at);
  const moved = withField(resource, ['metadata', 'namespace'], value, transformer, () => at);
  return withSubjects(moved, value, transformer, at);
}

/** Role bindings follow: subjects named `default` or written without a namespace mean accounts of this namespace. */
function withSubjects(
  resource: Resource,
  namespace: string,
  transformer: Transformer,
  at: Location,
): Resource {
  if (resource.kind !== 'RoleBinding' && resource.kind !== 'ClusterRoleBinding') return resource;
  return asList(fieldAt(resource.body, 'subjects')).reduce<Resource>((current, subject, index) => {
    const moves = fieldAt(subject, 'kind') === 'ServiceAccount' && fieldAt(subject, 'name') === 'default';
    if (!moves) return current;
    return withField(current, ['subjects', index, 'namespace'], namespace, transformer, () => at);
  }, resource);
}

/** A namespace for an object that has none, as `kubectl -n` and Argo CD's destination give it. */
export function withDefaultNamespace(resource: Resource, { value, at }: Written, through: string): Resource {
  if (resource.namespace !== '' || isClusterScoped(resource)) return resource;
  const transformer = { name: through, signature: `default-namespace=${value}@${at.file}:${at.line}` };
  return withField(resource, ['metadata', 'namespace'], value, transformer, () => at);
}

/** Kustomize leaves the names of these alone when it adds a prefix or suffix. */
const NAMES_STAY = new Set(['CustomResourceDefinition', 'APIService', 'Namespace']);

export interface Affixes {
  readonly prefix: string;
  readonly suffix: string;
  readonly at: Location;
}

export function withAffixes(resource: Resource, { prefix, suffix, at }: Affixes, through: string): Resource {
  if ((prefix === '' && suffix === '') || NAMES_STAY.has(resource.kind)) return resource;
  const transformer = { name: through, signature: `name=${prefix}*${suffix}@${at.file}:${at.line}` };
  const name = `${prefix}${resource.name}${suffix}`;
  return withField(resource, ['metadata', 'name'], name, transformer, () => at);
}

/** Labels or annotations that a transformer adds: a mapping, and the place of each key. */
export interface Pairs {
  readonly values: unknown;
  readonly at: (key: string) => Location;
}

/** Which places of an object a set of labels goes to, besides `metadata.labels`. */
export interface LabelScope {
  readonly selectors: boolean;
  readonly templates: boolean;
}

/** Kinds whose `spec.selector` is a plain label map. */
const PLAIN_SELECTORS = new Set(['Service', 'ReplicationController', 'DeploymentConfig']);
const MATCH_LABELS = new Set(['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet']);
/** Kinds whose selector takes common labels only when they have one. */
const OPTIONAL_SELECTORS = new Set(['Job', 'PodDisruptionBudget']);

/** `commonLabels`, `labels` and Flux's `commonMetadata.labels`. */
export function withLabels(resource: Resource, labels: Pairs, scope: LabelScope, through: string): Resource {
  const paths = [
    ['metadata', 'labels'],
    ...selectorPaths(resource, scope),
    ...templatePaths(resource, scope, 'labels'),
  ];
  return writeAll(resource, labels, paths, through);
}

/** `commonAnnotations`, which also go to pod templates, and Flux's `commonMetadata.annotations`, which do not. */
export function withAnnotations(
  resource: Resource,
  annotations: Pairs,
  templates: boolean,
  through: string,
): Resource {
  const scope = { selectors: false, templates };
  const paths = [['metadata', 'annotations'], ...templatePaths(resource, scope, 'annotations')];
  return writeAll(resource, annotations, paths, through);
}

function selectorPaths(resource: Resource, scope: LabelScope): string[][] {
  if (!scope.selectors) return [];
  if (PLAIN_SELECTORS.has(resource.kind)) {
    return valueAt(resource.body, ['spec', 'selector']) === undefined && resource.kind !== 'Service'
      ? []
      : [['spec', 'selector']];
  }
  const path = ['spec', 'selector', 'matchLabels'];
  if (MATCH_LABELS.has(resource.kind)) return [path];
  return OPTIONAL_SELECTORS.has(resource.kind) && valueAt(resource.body, path) !== undefined ? [path] : [];
}

function templatePaths(resource: Resource, scope: LabelScope, name: string): string[][] {
  const template = podTemplatePath(resource.kind);
  if (!template || template.length === 0 || !(scope.templates || scope.selectors)) return [];
  return asMap(valueAt(resource.body, template)) ? [[...template, 'metadata', name]] : [];
}

function writeAll(
  resource: Resource,
  { values, at }: Pairs,
  paths: readonly Path[],
  through: string,
): Resource {
  let current = resource;
  for (const [key, raw] of Object.entries(asMap(values) ?? {})) {
    const value = scalarText(raw);
    if (value === undefined) continue;
    const place = at(key);
    const transformer = { name: through, signature: `${key}=${value}@${place.file}:${place.line}` };
    for (const path of paths) {
      current = withField(current, [...path, key], value, transformer, () => place);
    }
  }
  return current;
}

/** The text of a kustomization field with the place that sets it; `undefined` when it is not set. */
export function written(
  holder: { readonly value: unknown; at(path: Path): Location },
  key: string,
): Written | undefined {
  const value = asText(fieldAt(holder.value, key));
  return value === '' ? undefined : { value, at: holder.at([key]) };
}
