import type { OddSignal } from '../../../facts/hazards/hazard.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import type { Input } from '../../rule.ts';
import type { Hit } from './hit.ts';
import { ambientInUse, ambientNamespacesExcluded, hostNetworkInAmbient } from './odd/ambient.ts';
import { duplicateSubsets } from './odd/duplicate-subsets.ts';
import { envoyFilterPriorities } from './odd/envoyfilter-priorities.ts';
import { gatewayApiBelow, gatewayApiFrom } from './odd/gateway-api-below.ts';
import { gatewaysWithoutRevision } from './odd/gateway-revisions.ts';
import { gatewayChartsInAmbient, ztunnelOfAnotherName } from './odd/releases.ts';
import { crdsWithoutV1 } from './odd/crds-without-v1.ts';
import { servicesToInjectedPods } from './odd/injected-services.ts';
import { chartsFrom, remoteBase } from './odd/remotes.ts';
import { tlsRoutesWiderThanListener } from './odd/tls-routes.ts';
import { outsideDiscovery } from './odd/outside-discovery.ts';
import { serviceEntryOverService, serviceEntrySelectingElsewhere } from './odd/service-entries.ts';
import { ingressesOfOneName } from './odd/ingresses.ts';
import { revisionWithoutDefault } from './odd/default-revision.ts';
import { tcpProbesOfUndeclaredPorts } from './odd/tcp-probes.ts';
import { portLevelMtlsWithoutService } from './odd/port-level-mtls.ts';
import { twoAuthoritiesForClients } from './odd/client-authorities.ts';
import { extensionsWithoutType, filtersWithUntypedConfig } from './odd/envoy-extensions.ts';
import { routesOfTheDefaultGateway } from './odd/default-gateway.ts';
import { overlappingWildcardHosts } from './odd/overlapping-hosts.ts';
import { managedGateways, managedGatewaysWithoutNames } from './odd/managed-gateways.ts';
import { partOlderThan } from './odd/parts.ts';
import { podsAskingInUnlabelledNamespaces } from './odd/pods-asking.ts';
import { gatewaysMergedAcrossNamespaces, httpAndGrpcOfOneHostname } from './odd/shared-gateways.ts';
import {
  hostsInSeveralNamespaces,
  ruleAndBackendPolicy,
  rulesExportedDifferently,
} from './odd/shared-hosts.ts';
import { noneWithTargetPort } from './odd/target-ports.ts';
import { waypointsNobodyUses } from './odd/waypoints.ts';

/** A look that no declarative signal can express. */
export interface OddLook {
  /** What of the mesh it reads. */
  readonly inputs: readonly Input[];
  readonly hits: (mesh: Mesh, args: readonly string[]) => Hit[];
}

/** Each by the name that hazards use. */
const ODD: Readonly<Record<string, OddLook>> = {
  'ambient-in-use': ambientInUse,
  'ambient-namespaces-excluded': ambientNamespacesExcluded,
  'destination-rule-and-backend-policy': ruleAndBackendPolicy,
  'destination-rules-exported-differently': rulesExportedDifferently,
  'charts-from': chartsFrom,
  'crds-without-v1': crdsWithoutV1,
  'duplicate-subsets': duplicateSubsets,
  'envoyfilter-priorities': envoyFilterPriorities,
  'extensions-without-type': extensionsWithoutType,
  'filters-with-untyped-config': filtersWithUntypedConfig,
  'gateway-api-below': gatewayApiBelow,
  'gateway-api-from': gatewayApiFrom,
  'gateway-charts-in-ambient-namespaces': gatewayChartsInAmbient,
  'gateways-without-revision': gatewaysWithoutRevision,
  'tls-routes-wider-than-listener': tlsRoutesWiderThanListener,
  'ztunnel-release-of-another-name': ztunnelOfAnotherName,
  'gateways-merged-across-namespaces': gatewaysMergedAcrossNamespaces,
  'host-network-in-ambient': hostNetworkInAmbient,
  'hosts-in-several-namespaces': hostsInSeveralNamespaces,
  'http-and-grpc-routes-of-one-hostname': httpAndGrpcOfOneHostname,
  'none-with-target-port': noneWithTargetPort,
  'overlapping-wildcard-hosts': overlappingWildcardHosts,
  'outside-discovery': outsideDiscovery,
  'part-older-than': partOlderThan,
  'pods-asking-in-unlabelled-namespaces': podsAskingInUnlabelledNamespaces,
  'routes-of-the-default-gateway': routesOfTheDefaultGateway,
  'service-entry-over-service': serviceEntryOverService,
  'service-entry-selecting-elsewhere': serviceEntrySelectingElsewhere,
  'remote-base': remoteBase,
  'services-to-injected-pods': servicesToInjectedPods,
  'ingresses-of-one-name': ingressesOfOneName,
  'port-level-mtls-without-service': portLevelMtlsWithoutService,
  'revision-without-default': revisionWithoutDefault,
  'tcp-probes-of-undeclared-ports': tcpProbesOfUndeclaredPorts,
  'managed-gateways': managedGateways,
  'managed-gateways-without-names': managedGatewaysWithoutNames,
  'two-authorities-for-clients': twoAuthoritiesForClients,
  'waypoints-nobody-uses': waypointsNobodyUses,
};

export const ODD_NAMES: readonly string[] = Object.keys(ODD);

export function oddHits(mesh: Mesh, { name, with: args }: OddSignal): Hit[] {
  return ODD[name]?.hits(mesh, args) ?? [];
}

export function oddInputs(name: string): readonly Input[] {
  return ODD[name]?.inputs ?? [];
}
