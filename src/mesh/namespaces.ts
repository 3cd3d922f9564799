import type { Resource } from '../render/resource.ts';
import { isKnown } from '../yaml/placeholders.ts';
import { mappingAt, textAt, textMapAt } from '../untyped.ts';
import type { NamespaceModel } from './mesh.ts';
import { isPlace } from './resource-index.ts';
import type { ResourceIndex } from './resource-index.ts';
import type { Labels } from './selectors.ts';

/** Kubernetes puts this label, with the namespace's own name, on every namespace (since 1.21). */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The namespaces of an environment, sorted by name: those with a manifest, and those that objects live in. */
export function namespacesOf(
  index: ResourceIndex,
  world: 'open' | 'closed',
): ReadonlyMap<string, NamespaceModel> {
  const managed = managedLabels(index);
  const names = new Set([...index.namespaceNames(), ...managed.keys()]);
  for (const manifest of index.ofKind('Namespace')) if (isKnown(manifest.name)) names.add(manifest.name);
  return new Map(
    [...names]
      .sort()
      .map((name) => [
        name,
        namespaceModel(name, index.find('Namespace', '', name), world, managed.get(name)),
      ]),
  );
}

/**
 * A namespace as far as it is known. `managed` are labels that a GitOps tool puts on it. In a closed world one without a
 * manifest has no labels, as Istio counts it.
 */
export function namespaceModel(
  name: string,
  manifest: Resource | undefined,
  world: 'open' | 'closed',
  managed?: Managed,
): NamespaceModel {
  const labels = Object.assign(Object.create(null), manifest?.labels, managed?.labels) as Record<
    string,
    string
  >;
  if (name !== '') labels[NAME_LABEL] = name;
  const written = manifest !== undefined || managed !== undefined;
  return {
    name,
    resource: manifest,
    ...(managed ? { managedBy: managed.by } : {}),
    labels,
    labelsKnown: written || world === 'closed' ? 'yes' : 'unknown',
  };
}

/** Labels that a GitOps tool puts on a namespace, and the object that says so. */
interface Managed {
  readonly by: Resource;
  readonly labels: Labels;
}

/** Labels that Argo CD keeps on the namespaces it creates (`managedNamespaceMetadata`, Argo CD 2.6 and later). */
function managedLabels(index: ResourceIndex): ReadonlyMap<string, Managed> {
  const labels = new Map<string, Managed>();
  for (const application of index.ofKind('Application.argoproj.io')) {
    const namespace = textAt(application.body, 'spec', 'destination', 'namespace');
    const metadata = mappingAt(application.body, 'spec', 'syncPolicy', 'managedNamespaceMetadata');
    if (isPlace(namespace) && Object.keys(metadata).length > 0) {
      const all = { ...labels.get(namespace)?.labels, ...textMapAt(metadata, 'labels') };
      labels.set(namespace, { by: application, labels: all });
    }
  }
  return labels;
}
