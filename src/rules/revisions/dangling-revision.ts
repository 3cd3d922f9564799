import { MANAGED } from '../../mesh/deciding-label.ts';
import type { Injection, Mesh, Workload } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import type { Evidence, Path } from '../../vocabulary.ts';
import { hasPlaceholder } from '../body.ts';
import { defineRule, type RuleContext } from '../rule.ts';

const REVISION = 'istio.io/rev';

type Context = RuleContext<'namespace' | 'workload' | 'gateway'>;

/**
 * A label that names a revision nobody provides matches no webhook: pods are created without a sidecar, and no event says
 * so. Holds for all releases with revisions (1.6 and later).
 */
export default defineRule({
  id: 'dangling-revision',
  name: 'dangling-revision',
  level: 'error',
  inputs: ['namespaces', 'workloads', 'injection', 'controlPlanes', 'tags'],
  summary: 'A namespace, pod template or gateway asks for a revision or tag that no control plane provides.',
  messages: {
    namespace:
      'Namespace {namespace} asks for the revision {revision}, which no control plane and no tag provides.',
    workload: '{kind} {name} asks for the revision {revision}, which no control plane and no tag provides.',
    gateway:
      'The gateway {name} asks for the revision {revision}, which no control plane and no tag provides: its pods will not start.',
  },
  advice:
    'Name one of {known}, or install the revision or tag before anything asks for it. Until then new pods start without a sidecar, silently.',
  check(context) {
    const { mesh } = context;
    // Without any control plane in view, revisions are somebody else's: there is nothing to compare with.
    if (mesh.controlPlanes.length === 0) {
      noteUnseen(context);
      return;
    }
    for (const { name, resource, managedBy } of mesh.namespaces.values()) {
      const holder =
        resource && Object.hasOwn(resource.labels, REVISION) ? resource : (managedBy ?? resource);
      if (holder === undefined) continue;
      const injection = mesh.namespaceInjection(name);
      const path = [...(holder === managedBy ? MANAGED : ['metadata', 'labels']), REVISION];
      reportDangling(context, holder, path, 'namespace', injection, { namespace: name });
    }
    for (const workload of mesh.workloads) {
      // The namespace's label decides before the pod's, and is reported once, on the namespace.
      if (!Object.hasOwn(workload.labels, REVISION)) continue;
      if (mesh.namespaceInjection(workload.namespace).dangling !== undefined) continue;
      const path = [...workload.metadataPath, 'labels', REVISION];
      const message = isGateway(workload) ? 'gateway' : 'workload';
      const data = { kind: workload.kind, name: workload.name };
      reportDangling(context, workload.resource, path, message, mesh.injectionOf(workload), data);
    }
  },
});

/** Gateways run the proxy itself, with an image that only injection fills in. */
function isGateway(workload: Workload): boolean {
  return workload.containers.some(({ name, image }) => name === 'istio-proxy' && image === 'auto');
}

function reportDangling(
  context: Context,
  resource: Resource,
  path: Path,
  message: 'namespace' | 'workload' | 'gateway',
  injection: Injection,
  data: Readonly<Record<string, string>>,
): void {
  const revision = injection.dangling;
  if (revision === undefined || revision === '' || hasPlaceholder(revision)) return;
  const known = knownNames(context.mesh);
  if (known.some(hasPlaceholder)) {
    context.unchecked(
      'revisions that a label asks for',
      'a control plane here has a revision to be filled in',
      resource,
      path,
    );
    return;
  }
  const evidence = providers(context.mesh);
  context.report(resource, path, message, { ...data, revision, known }, { evidence });
}

function knownNames(mesh: Mesh): string[] {
  return [
    ...new Set([...mesh.controlPlanes.map(({ revision }) => revision), ...mesh.tags.map(({ name }) => name)]),
  ].sort();
}

/** What the environment does provide, and where: the reader sees at once what was meant. */
function providers(mesh: Mesh): Evidence[] {
  return [
    ...mesh.controlPlanes.map(({ revision, at }) => ({
      says: `a control plane provides the revision ${revision}`,
      at,
    })),
    ...mesh.tags.map(({ name, revision, at }) => ({ says: `the tag ${name} stands for ${revision}`, at })),
  ].slice(0, 5);
}

function noteUnseen({ mesh, unchecked }: Context): void {
  for (const { labels, resource } of mesh.namespaces.values()) {
    if (resource === undefined || (labels[REVISION] ?? '') === '') continue;
    const why = 'no control plane is described in this repository';
    unchecked('revisions that a label asks for', why, resource, ['metadata', 'labels', REVISION]);
  }
}
