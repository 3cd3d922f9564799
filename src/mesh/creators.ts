import type { Environment, OpaqueSource } from '../environments/environment.ts';
import type { Resource } from '../render/resource.ts';
import type { Location, ResourceId } from '../vocabulary.ts';
import { deployersOf, mayCreateObjects, sourceKey } from './deployers.ts';
import { chartReleases, chartWorkloads } from './installations/gateway-chart.ts';
import type { ChartWorkload } from './installations/gateway-chart.ts';
import { remembered } from '../remember.ts';
import type { ResourceIndex } from './resource-index.ts';

/** An environment with its resources indexed. */
export interface IndexedEnvironment {
  readonly environment: Environment;
  readonly index: ResourceIndex;
}

/** Something that may create an object that the repository does not hold. */
export interface Creator {
  readonly what: string;
  readonly at: Location | undefined;
  /** Equal on both sides of a change for the same creator with the same reach. */
  readonly key: string;
}

/** Everything in one environment that may create objects we cannot see. */
export class Creators {
  readonly #indexed: IndexedEnvironment;
  #deployers: readonly OpaqueSource[] | undefined;
  #gatewayCharts: readonly ChartWorkload[] | undefined;
  #istioCharts: readonly (Creator & { readonly namespace: string })[] | undefined;

  constructor(indexed: IndexedEnvironment) {
    this.#indexed = indexed;
  }

  /** Sources that deploy objects we cannot see. */
  get deployers(): readonly OpaqueSource[] {
    this.#deployers ??= deployersOf(this.#indexed.environment, this.#indexed.index);
    return this.#deployers;
  }

  /** Everything that may create the target. */
  of(target: ResourceId): Creator[] {
    const deployers = this.deployers.filter((source) => reaches(source, target.namespace));
    return [
      ...deployers.map(asCreator),
      ...this.#chartOf(target),
      ...this.#objectsFor(target).map(objectCreator),
    ];
  }

  /** Releases of Istio's own charts into a namespace: they create few objects, but may create those that others lose. */
  istioChartsIn(namespace: string): readonly Creator[] {
    this.#istioCharts ??= chartReleases(this.#indexed.environment).map((release) => ({
      what: `chart ${release.chart} (release ${release.releaseName})`,
      at: release.versionAt,
      key: `${release.chart}\0${release.releaseName}\0${release.namespace}`,
      namespace: release.namespace,
    }));
    return this.#istioCharts.filter((chart) => chart.namespace === namespace || chart.namespace === '');
  }

  /** Does something fill this very namespace, be it a source that names it or an operator in it? */
  fills(namespace: string): boolean {
    return (
      this.deployers.some((source) => source.namespaces?.includes(namespace)) ||
      this.#operatorsIn(namespace).length > 0
    );
  }

  /** Istio's gateway chart creates a Service and a Deployment of its release's name. */
  #chartOf({ namespace, name }: ResourceId): Creator[] {
    this.#gatewayCharts ??= chartWorkloads(this.#indexed.environment);
    return this.#gatewayCharts
      .filter((made) => made.name === name && (made.namespace === namespace || made.namespace === ''))
      .map(({ what, at }) => ({ what, at, key: what }));
  }

  /** Objects in the target's namespace that may create it: those of operators, and a Gateway for its own Service. */
  #objectsFor({ namespace, name }: ResourceId): readonly Resource[] {
    const gateways = this.#indexed.index.ofKindIn('KubernetesGateway', namespace);
    return [...this.#operatorsIn(namespace), ...gateways.filter((gateway) => name.startsWith(gateway.name))];
  }

  readonly #operatorsIn = remembered((namespace) =>
    this.#indexed.index.inNamespace(namespace).filter(mayCreateObjects),
  );
}

function asCreator(source: OpaqueSource): Creator {
  return { what: source.what, at: source.at, key: sourceKey(source) };
}

function objectCreator(resource: Resource): Creator {
  const what = labelOf(resource);
  return { what, at: resource.origin.at(['metadata', 'name']), key: what };
}

function reaches(source: OpaqueSource, namespace: string): boolean {
  return source.namespaces === undefined || namespace === '' || source.namespaces.includes(namespace);
}

/** `Kind namespace/name`, or `Kind name`. */
export function labelOf({ kind, namespace, name }: ResourceId): string {
  return namespace === '' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}
