import { defineRule, type RuleContext } from '../rule.ts';
import { checkCredentials } from './ist0101-credentials.ts';
import { checkGateways } from './ist0101-gateways.ts';
import { checkHosts } from './ist0101-hosts.ts';
import { checkSelectors } from './ist0101-selectors.ts';
import { checkSourceNamespaces } from './ist0101-source-namespaces.ts';
import { checkSubsets } from './ist0101-subsets.ts';
import { SECRET_KINDS } from './secret-makers.ts';

export type ReferenceContext = RuleContext<
  | 'host'
  | 'hostSlip'
  | 'port'
  | 'gateway'
  | 'subset'
  | 'selector'
  | 'credential'
  | 'credentialElsewhere'
  | 'namespace'
>;

/** Istio's IST0101 (all releases): each part of the rule looks at one sort of reference. */
export default defineRule({
  id: 'IST0101',
  name: 'reference-not-found',
  level: 'error',
  inputs: [
    'VirtualService',
    'DestinationRule',
    'Gateway',
    'KubernetesGateway',
    'Sidecar',
    'Telemetry',
    'AuthorizationPolicy',
    ...SECRET_KINDS,
    'namespaces',
    'workloads',
    'components',
    'controlPlanes',
    'hosts',
    'absence',
  ],
  summary:
    'A resource refers to a host, port, subset, Gateway, workload, Secret or namespace that does not exist.',
  messages: {
    host: 'No service provides the {role} {host}.',
    hostSlip: 'No service provides the {role} {host}; there is one called {nearMiss}.',
    port: 'The {role} {host} does not expose port {port}; it exposes {ports}.',
    gateway: 'There is no Gateway {gateway}.',
    subset: 'No DestinationRule defines the subset {subset} of {role} {host}.',
    selector: 'The selector {selector} matches no workload in {where}.',
    credential:
      'The gateway reads its certificate from the Secret {namespace}/{credential}, which does not exist.',
    credentialElsewhere:
      'The gateway reads the Secret {credential} in namespace {namespace}, where its pods run, and here it is made in {elsewhere}.',
    namespace: 'No namespace matches {namespace}.',
  },
  advice: {
    host: 'Correct the host, or add the Service or ServiceEntry that provides it. A host with a dot is taken as it stands: a Service of another namespace is written name.namespace.svc.cluster.local.',
    hostSlip: 'Write {nearMiss}.',
    port: 'Route to one of the ports {ports}, or expose port {port} on the service.',
    gateway:
      'Correct the name (namespace/name for a Gateway of another namespace), or add the Gateway in the same change.',
    subset:
      'Add the subset to the DestinationRule of this host, or route to one that exists: requests to an undefined subset fail with 503.',
    selector: 'Correct the labels, so that they equal those of the pods (not of the Deployment).',
    credential: 'Create the Secret in the namespace of the gateway pods, not in that of the Gateway.',
    credentialElsewhere:
      'Make the Secret in namespace {namespace}: not that of the Gateway counts, but that of the pods.',
    namespace: 'Correct the name, or remove the entry.',
  },
  check(context) {
    checkHosts(context);
    checkSubsets(context);
    checkGateways(context);
    checkSelectors(context);
    checkCredentials(context);
    checkSourceNamespaces(context);
  },
});
