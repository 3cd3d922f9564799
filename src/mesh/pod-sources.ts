import type { Environment } from '../environments/environment.ts';
import type { Resource } from '../render/resource.ts';
import type { Location } from '../vocabulary.ts';
import { mayCreateObjects } from './deployers.ts';
import { listAt, textMapAt } from '../untyped.ts';
import { chartWorkloads } from './installations/gateway-chart.ts';
import { kindName } from './kinds.ts';
import type { Labelled } from './label-index.ts';
import type { Labels } from './selectors.ts';
import { makesPods } from './workloads.ts';

/** Something that is no workload itself but brings pods, or endpoints that count like pods. */
export interface PodSource extends Labelled {
  /** `Kind namespace/name`. */
  readonly what: string;
  readonly namespace: string;
}

/** The pods of a gateway chart's release; `at` is the release. */
export interface GatewayPods extends PodSource {
  readonly at: Location;
}

/** The pods that the environment's releases of Istio's gateway chart make. */
export function chartGatewayPods(environment: Environment): GatewayPods[] {
  return chartWorkloads(environment).map(({ what, namespace, labels, at }) => ({
    what,
    namespace,
    at,
    labels: labels ?? {},
    ...(labels === undefined ? { templateElsewhere: 'some values stand outside this repository' } : {}),
  }));
}

/** Everything among the resources, besides workloads, that may stand behind a selector. */
export function podSourcesOf(resources: readonly Resource[]): PodSource[] {
  const sources: PodSource[] = [];
  for (const resource of resources) {
    const { kind, namespace, name } = resource;
    for (const labels of labelsOfPods(resource)) {
      sources.push({
        what: `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`,
        namespace,
        labels: labels ?? {},
        ...(labels === undefined ? { templateElsewhere: 'an operator decides' } : {}),
      });
    }
  }
  return sources;
}

const ANY_PODS: readonly undefined[] = [undefined];
const NO_PODS: readonly undefined[] = [];

/** One label set for each sort of pod the object brings; `undefined` for pods with any labels. */
function labelsOfPods(resource: Resource): readonly (Labels | undefined)[] {
  const { body, name } = resource;
  switch (kindName(resource.group, resource.kind)) {
    // Istio deploys a proxy for each Gateway API Gateway, named and labelled after it (automated deployment, since 1.6).
    case 'KubernetesGateway':
      return [
        {
          ...resource.labels,
          ...textMapAt(body, 'spec', 'infrastructure', 'labels'),
          'gateway.networking.k8s.io/gateway-name': name,
          'istio.io/gateway-name': name,
        },
      ];
    case 'WorkloadEntry':
      return [{ ...resource.labels, ...textMapAt(body, 'spec', 'labels') }];
    case 'WorkloadGroup':
      return [
        {
          ...textMapAt(body, 'spec', 'metadata', 'labels'),
          ...textMapAt(body, 'spec', 'template', 'labels'),
        },
      ];
    case 'ServiceEntry':
      return listAt(body, 'spec', 'endpoints').map((endpoint) => textMapAt(endpoint, 'labels'));
    default:
      return mayCreateObjects(resource) && !makesPods(resource) ? ANY_PODS : NO_PODS;
  }
}
