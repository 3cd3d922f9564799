import type { Settings } from '../config/settings.ts';
import { isKnown } from '../yaml/placeholders.ts';
import type { ResourceId } from '../vocabulary.ts';
import type { Build, OpaqueSource, Twins } from '../environments/environment.ts';
import type { ScriptLine } from '../environments/environment.ts';
import type { FileProblem } from '../render/repository.ts';
import type { Resource } from '../render/resource.ts';
import { AbsenceJudge } from './absence.ts';
import { Creators } from './creators.ts';
import type { IndexedEnvironment } from './creators.ts';
import { Externals } from './externals.ts';
import { HostRegistry } from './host-registry.ts';
import { HostLookup } from './hosts.ts';
import type { HostAnswer } from './hosts.ts';
import type { IngressStandIn } from './ingress-stand-in.ts';
import { chartValuesOf, type ChartValues } from './installations/chart-values.ts';
import type { KindName } from './kinds.ts';
import type {
  Absence,
  ControlPlane,
  Injection,
  Mesh,
  MeshComponent,
  NamespaceModel,
  RevisionTag,
  Selection,
} from './mesh.ts';
import { meshNetworksOf } from './mesh-networks.ts';
import type { WrittenNetworks } from './mesh-networks.ts';
import { namespaceModel, namespacesOf } from './namespaces.ts';
import { chartGatewayPods, podSourcesOf } from './pod-sources.ts';
import type { RevisionMeaning } from './revisions.ts';
import { servicesOf } from './services.ts';
import type { ServiceModel } from './services.ts';
import { StateBefore } from './state-before.ts';
import type { VersionStep } from './version-steps.ts';
import { WorkloadSelection } from './workload-selection.ts';
import type { PodsOfSide } from './workload-selection.ts';
import { workloadsOf } from './workloads.ts';
import type { Workload } from './workloads.ts';

/** What is read of Istio itself: its installations and what they do to namespaces and pods. */
export interface IstioSide {
  readonly controlPlanes: readonly ControlPlane[];
  readonly components: readonly MeshComponent[];
  readonly tags: readonly RevisionTag[];
  meaningOf(name: string): RevisionMeaning;
  forNamespace(namespace: NamespaceModel): Injection;
  forWorkload(namespace: NamespaceModel, workload: Workload): Injection;
  meshConfig(revision?: string): Readonly<Record<string, unknown>>;
}

/** What a mesh is built from. */
export interface MeshParts {
  readonly head: IndexedEnvironment;
  readonly base: IndexedEnvironment | undefined;
  readonly settings: Settings;
  readonly istio: () => IstioSide;
  /** What the change upgrades in place. */
  readonly upgrades: () => readonly VersionStep[];
  /** The mesh before the change; `undefined` when this is it, or when nothing is compared. */
  readonly before: () => Mesh | undefined;
  /** The ingress gateway that Istio's analyzers assume in a closed world. */
  readonly standIn: IngressStandIn | undefined;
}

/** The model of one environment. Every index is computed when it is first asked for, and kept. */
export class EnvironmentMesh implements Mesh {
  readonly environment: string;
  readonly world: 'open' | 'closed';
  readonly problems: readonly FileProblem[];
  readonly builds: readonly Build[];
  readonly twins: readonly Twins[];
  readonly remotes: readonly OpaqueSource[];
  readonly patches: readonly Resource[];
  readonly #parts: MeshParts;
  readonly #externals: Externals;
  readonly #absence: AbsenceJudge;
  #charts: readonly ChartValues[] | undefined;
  readonly #before: StateBefore;
  #upgrades: readonly VersionStep[] | undefined;
  #namespaces: ReadonlyMap<string, NamespaceModel> | undefined;
  #workloads: readonly Workload[] | undefined;
  #services: readonly ServiceModel[] | undefined;
  #hosts: HostLookup | undefined;
  #selection: WorkloadSelection | undefined;
  readonly #injections = new Map<Workload, Injection>();
  readonly #namespaceInjections = new Map<string, Injection>();

  constructor(parts: MeshParts) {
    this.environment = parts.head.environment.name;
    this.world = parts.settings.world;
    this.problems = parts.head.environment.problems ?? [];
    this.builds = parts.head.environment.builds ?? [];
    this.twins = parts.head.environment.twins ?? [];
    this.remotes = parts.head.environment.opaque;
    this.patches = parts.head.environment.patches ?? [];
    this.#parts = parts;
    this.#externals = new Externals(parts.settings.externals);
    this.#before = new StateBefore(parts.before);
    this.#absence = new AbsenceJudge(parts.head, parts.base, parts.settings);
  }

  get charts(): readonly ChartValues[] {
    this.#charts ??= chartValuesOf(this.#parts.head.environment);
    return this.#charts;
  }

  resources(kind: KindName): readonly Resource[] {
    return this.#parts.head.index.ofKind(kind);
  }

  find(kind: KindName, namespace: string, name: string): Resource | undefined {
    return this.#parts.head.index.find(kind, namespace, name);
  }

  get namespaces(): ReadonlyMap<string, NamespaceModel> {
    this.#namespaces ??= namespacesOf(this.#parts.head.index, this.world);
    return this.#namespaces;
  }

  get workloads(): readonly Workload[] {
    const { head, standIn } = this.#parts;
    this.#workloads ??= [...workloadsOf(head.index.all), ...(standIn ? [standIn.workload] : [])];
    return this.#workloads;
  }

  get services(): readonly ServiceModel[] {
    const { head, standIn } = this.#parts;
    this.#services ??= [...servicesOf(head.index.ofKind('Service')), ...(standIn ? [standIn.service] : [])];
    return this.#services;
  }

  get controlPlanes(): readonly ControlPlane[] {
    return this.#parts.istio().controlPlanes;
  }

  get upgrades(): readonly VersionStep[] {
    return (this.#upgrades ??= this.#parts.upgrades());
  }

  controlPlaneBefore(workload: Workload): ControlPlane | undefined {
    return this.#before.controlPlaneOf(workload);
  }

  injectionBefore(workload: Workload): Injection | undefined {
    return this.#before.injectionOf(workload);
  }

  get components(): readonly MeshComponent[] {
    return this.#parts.istio().components;
  }

  get scripts(): readonly ScriptLine[] {
    return this.#parts.head.environment.scripts ?? [];
  }

  get tags(): readonly RevisionTag[] {
    return this.#parts.istio().tags;
  }

  meaningOfRevision(name: string): RevisionMeaning {
    return this.#parts.istio().meaningOf(name);
  }

  injectionOf(workload: Workload): Injection {
    let injection = this.#injections.get(workload);
    if (!injection) {
      injection = this.#parts.istio().forWorkload(this.#namespace(workload.namespace), workload);
      this.#injections.set(workload, injection);
    }
    return injection;
  }

  namespaceInjection(namespace: string): Injection {
    let injection = this.#namespaceInjections.get(namespace);
    if (!injection) {
      injection = this.#parts.istio().forNamespace(this.#namespace(namespace));
      this.#namespaceInjections.set(namespace, injection);
    }
    return injection;
  }

  #namespace(name: string): NamespaceModel {
    return this.namespaces.get(name) ?? namespaceModel(name, undefined, this.world);
  }

  lookupHost(host: string, fromNamespace: string, exportTo: readonly string[]): HostAnswer {
    const { head, base } = this.#parts;
    this.#hosts ??= new HostLookup({
      world: this.world,
      index: head.index,
      registry: new HostRegistry(head.index.ofKind('ServiceEntry'), this.services),
      baseRegistry:
        base && new HostRegistry(base.index.ofKind('ServiceEntry'), servicesOf(base.index.ofKind('Service'))),
      absence: this.#absence,
      externals: this.#externals,
    });
    return this.#hosts.lookup(host, fromNamespace, exportTo);
  }

  meshConfig(revision?: string): Readonly<Record<string, unknown>> {
    return this.#parts.istio().meshConfig(revision);
  }

  get meshNetworks(): readonly WrittenNetworks[] {
    const { head, settings } = this.#parts;
    return meshNetworksOf(head.index.ofKind('ConfigMap'), settings.meshNetworks);
  }

  get rootNamespace(): string {
    const written = this.meshConfig()['rootNamespace'];
    return typeof written === 'string' && isKnown(written) && written !== '' ? written : 'istio-system';
  }

  absenceOf(target: ResourceId): Absence {
    return this.#absence.absenceOf(target);
  }

  select(labels: Readonly<Record<string, string>>, namespace: string | undefined): Selection {
    const { head, base } = this.#parts;
    this.#selection ??= new WorkloadSelection({
      ...podsOf(head, this.workloads, this.#absence.deployers),
      world: this.world,
      describes: (place) => this.#absence.describes(place),
      podsElsewhere: (place) => this.#absence.podsElsewhere(place),
      otherSide: () => base && podsOf(base, workloadsOf(base.index.all), new Creators(base).deployers),
    });
    return this.#selection.select(labels, namespace);
  }
}

function podsOf(
  { environment, index }: IndexedEnvironment,
  workloads: readonly Workload[],
  deployers: readonly OpaqueSource[],
): PodsOfSide {
  return {
    workloads,
    podSources: podSourcesOf(index.all),
    gatewayPods: chartGatewayPods(environment),
    deployers,
  };
}
