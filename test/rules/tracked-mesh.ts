import type { Mesh } from '../../src/mesh/mesh.ts';
import type { Input } from '../../src/rules/rule.ts';

/** A view of a mesh that remembers which inputs were read through it. */
export function trackedMesh(mesh: Mesh): { mesh: Mesh; read: Set<Input> } {
  const read = new Set<Input>();
  const reading = <T>(input: Input, value: () => T): T => {
    read.add(input);
    return value();
  };
  return {
    read,
    mesh: {
      environment: mesh.environment,
      world: mesh.world,
      get problems() {
        return reading('problems', () => mesh.problems);
      },
      get charts() {
        return reading('charts', () => mesh.charts);
      },
      get builds() {
        return reading('builds', () => mesh.builds);
      },
      get twins() {
        return reading('twins', () => mesh.twins);
      },
      get remotes() {
        return reading('remotes', () => mesh.remotes);
      },
      get patches() {
        return reading('patches', () => mesh.patches);
      },
      resources: (kind) => reading(kind, () => mesh.resources(kind)),
      find: (kind, namespace, name) => reading(kind, () => mesh.find(kind, namespace, name)),
      get namespaces() {
        return reading('namespaces', () => mesh.namespaces);
      },
      get workloads() {
        return reading('workloads', () => mesh.workloads);
      },
      get services() {
        return reading('services', () => mesh.services);
      },
      get controlPlanes() {
        return reading('controlPlanes', () => mesh.controlPlanes);
      },
      get components() {
        return reading('components', () => mesh.components);
      },
      get tags() {
        return reading('tags', () => mesh.tags);
      },
      get scripts() {
        return reading('scripts', () => mesh.scripts);
      },
      get upgrades() {
        return reading('upgrades', () => mesh.upgrades);
      },
      meaningOfRevision: (name) => reading('revisions', () => mesh.meaningOfRevision(name)),
      injectionOf: (workload) => reading('injection', () => mesh.injectionOf(workload)),
      controlPlaneBefore: (workload) => reading('upgrades', () => mesh.controlPlaneBefore(workload)),
      injectionBefore: (workload) => reading('injection', () => mesh.injectionBefore(workload)),
      namespaceInjection: (namespace) => reading('injection', () => mesh.namespaceInjection(namespace)),
      lookupHost: (host, from, exportTo) => reading('hosts', () => mesh.lookupHost(host, from, exportTo)),
      meshConfig: (revision) => reading('meshConfig', () => mesh.meshConfig(revision)),
      get meshNetworks() {
        return reading('meshNetworks', () => mesh.meshNetworks);
      },
      get rootNamespace() {
        return reading('meshConfig', () => mesh.rootNamespace);
      },
      absenceOf: (target) => reading('absence', () => mesh.absenceOf(target)),
      select: (labels, namespace) => reading('workloads', () => mesh.select(labels, namespace)),
    },
  };
}
