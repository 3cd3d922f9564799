import type { ControlPlane, Injection, Mesh, NamespaceModel } from '../../mesh/mesh.ts';
import { isProxyAlone } from '../../mesh/gateway-workloads.ts';
import type { Resource } from '../../render/resource.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { placedAt } from '../subject.ts';
import { narrowed, selectorsEvidence, watches } from './watchers.ts';

type Context = RuleContext<'namespace' | 'workload'>;

/**
 * Webhooks do not look at discovery selectors (1.10 and later): such pods get a proxy, and wait for the ConfigMap
 * istio-ca-root-cert, which goes to selected namespaces only (1.16 with scoping, all since 1.22), or run without their routes.
 * A warning: installers often add such labels by hand. What provably was watched before is namespace-leaves-discovery.
 */
export default defineRule({
  id: 'injected-but-not-discovered',
  name: 'injected-but-not-discovered',
  level: 'warning',
  inputs: ['namespaces', 'workloads', 'injection', 'controlPlanes', 'meshConfig'],
  summary: 'Pods get a sidecar of a control plane that does not watch their namespace.',
  messages: {
    namespace:
      'Pods of namespace {namespace} get a sidecar of revision {revision}, which does not watch the namespace: {because}.',
    workload:
      '{workload} gets a sidecar of revision {revision}, which does not watch namespace {namespace}: {because}.',
  },
  advice:
    'Give the namespace a label that the selectors ask for, or take it out of the mesh. Until then new pods hang without the root certificate, or know nothing of their own Services.',
  check(context) {
    const { mesh } = context;
    const watchers = new Map(narrowed(mesh).map((one) => [one.revision, one]));
    if (watchers.size === 0) return;
    for (const namespace of mesh.namespaces.values()) checkNamespace(context, watchers, namespace);
  },
});

function checkNamespace(
  context: Context,
  watchers: ReadonlyMap<string, ControlPlane>,
  namespace: NamespaceModel,
): void {
  const told = new Set<string>();
  for (const { injection, owner, workload } of injected(context.mesh, namespace)) {
    const watcher = watchers.get(injection.revision);
    if (!watcher || told.has(watcher.revision)) continue;
    told.add(watcher.revision);
    const { discovered, because } = watches(context.mesh, watcher, namespace.name);
    if (discovered === 'unknown')
      context.unchecked('whether injected namespaces are watched', because, owner);
    if (discovered !== 'no') continue;
    const data = { namespace: namespace.name, revision: watcher.revision, because, workload };
    const at = injection.at ?? owner.origin.at(['metadata', 'name']);
    context.report(placedAt(owner, at), [], workload === '' ? 'namespace' : 'workload', data, {
      confidence: watcher.confidence,
      evidence: [selectorsEvidence(watcher), { says: injection.because, at }],
    });
  }
}

interface Injected {
  readonly injection: Injection;
  readonly owner: Resource;
  /** '' for the namespace's own label. */
  readonly workload: string;
}

/** What is injected in a namespace: by its own label first, then workloads by theirs. Gateways have a rule of their own. */
function injected(mesh: Mesh, { name, resource }: NamespaceModel): Injected[] {
  const whole = resource ? [{ injection: mesh.namespaceInjection(name), owner: resource, workload: '' }] : [];
  const single = mesh.workloads
    .filter((workload) => workload.namespace === name && !isProxyAlone(workload))
    .map((workload) => ({
      injection: mesh.injectionOf(workload),
      owner: workload.resource,
      workload: `${workload.kind} ${workload.name}`,
    }));
  return [...whole, ...single].filter(({ injection }) => injection.injected === 'yes');
}
