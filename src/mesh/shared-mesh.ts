import type { ResourceId } from '../vocabulary.ts';
import type { Resource } from '../render/resource.ts';
import type { ChangedInputs } from './changed-inputs.ts';
import { FACETS, type Facet } from './facets.ts';
import type { KindName, Mesh, Workload } from './mesh.ts';
import { once } from '../remember.ts';
import { versionSteps, type VersionStep } from './version-steps.ts';

/**
 * `own`, the head of a change, with every facet that did not change taken from `known`, its base, where most are worked out
 * already.
 */
export function sharing(own: Mesh, known: Mesh, changed: ChangedInputs): Mesh {
  return changed === 'everything' ? own : new SharedMesh(own, known, changed);
}

/** A mesh that differs little from another one. */
class SharedMesh implements Mesh {
  readonly environment: string;
  readonly world: 'open' | 'closed';
  readonly #own: Mesh;
  readonly #of: Readonly<Record<Facet, Mesh>>;
  readonly #upgrades: () => readonly VersionStep[];

  constructor(own: Mesh, known: Mesh, changed: ReadonlySet<string>) {
    this.environment = own.environment;
    this.world = own.world;
    this.#own = own;
    const sources = FACETS.map((facet) => [facet, changed.has(facet) ? own : known] as const);
    this.#of = Object.fromEntries(sources) as Record<Facet, Mesh>;
    this.#upgrades = once(() => versionSteps(known.components, this.components));
  }

  get problems() {
    return this.#of.problems.problems;
  }

  get charts() {
    return this.#of.charts.charts;
  }

  get builds() {
    return this.#of.builds.builds;
  }

  get twins() {
    return this.#of.twins.twins;
  }

  get remotes() {
    return this.#of.remotes.remotes;
  }

  get patches() {
    return this.#of.patches.patches;
  }

  get namespaces() {
    return this.#of.namespaces.namespaces;
  }

  get workloads() {
    return this.#of.workloads.workloads;
  }

  get services() {
    return this.#of.services.services;
  }

  get controlPlanes() {
    return this.#of.controlPlanes.controlPlanes;
  }

  get components() {
    return this.#of.components.components;
  }

  get tags() {
    return this.#of.tags.tags;
  }

  get scripts() {
    return this.#of.scripts.scripts;
  }

  get upgrades() {
    return this.#upgrades();
  }

  get meshNetworks() {
    return this.#of.meshNetworks.meshNetworks;
  }

  get rootNamespace() {
    return this.#of.meshConfig.rootNamespace;
  }

  resources(kind: KindName): readonly Resource[] {
    return this.#own.resources(kind);
  }

  find(kind: KindName, namespace: string, name: string): Resource | undefined {
    return this.#own.find(kind, namespace, name);
  }

  meaningOfRevision(name: string) {
    return this.#of.revisions.meaningOfRevision(name);
  }

  injectionOf(workload: Workload) {
    return this.#of.injection.injectionOf(workload);
  }

  controlPlaneBefore(workload: Workload) {
    return this.#own.controlPlaneBefore(workload);
  }

  injectionBefore(workload: Workload) {
    return this.#own.injectionBefore(workload);
  }

  namespaceInjection(namespace: string) {
    return this.#of.injection.namespaceInjection(namespace);
  }

  lookupHost(host: string, fromNamespace: string, exportTo: readonly string[]) {
    return this.#of.hosts.lookupHost(host, fromNamespace, exportTo);
  }

  meshConfig(revision?: string) {
    return this.#of.meshConfig.meshConfig(revision);
  }

  absenceOf(target: ResourceId) {
    return this.#of.absence.absenceOf(target);
  }

  select(labels: Readonly<Record<string, string>>, namespace: string | undefined) {
    return this.#of.workloads.select(labels, namespace);
  }
}
