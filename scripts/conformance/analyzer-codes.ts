/** The codes that each of Istio's analyzers reports (Istio 1.31). */
const CODES: Readonly<Record<string, readonly string[]>> = {
  'annotations.K8sAnalyzer': ['IST0107', 'IST0108', 'IST0125', 'IST0135'],
  'annotations.AlphaAnalyzer': ['IST0136'],
  'authn.BlockedCIDRsAnalyzer': ['IST0175'],
  'auth.AuthorizationPoliciesAnalyzer': ['IST0127', 'IST0101'],
  'conditions.ConditionAnalyzer': ['IST0171'],
  'deployment.MultiServiceAnalyzer': ['IST0116', 'IST0137'],
  'applicationUID.Analyzer': ['IST0144'],
  'destinationrule.CaCertificateAnalyzer': ['IST0128', 'IST0129'],
  'destinationrule.SubsetSelectPodAnalyzer': ['IST0173', 'IST0174'],
  'deprecation.DeprecationAnalyzer': ['IST0002'],
  'envoyfilter.EnvoyPatchAnalyzer': ['IST0151', 'IST0152', 'IST0153', 'IST0154', 'IST0155'],
  'externalcontrolplane.ExternalControlPlaneAnalyzer': ['IST0163', 'IST0164'],
  'gateway.IngressGatewayPortAnalyzer': ['IST0101', 'IST0162'],
  'gateway.CertificateAnalyzer': ['IST0138'],
  'gateway.SecretAnalyzer': ['IST0101', 'IST0161'],
  'gateway.ConflictingGatewayAnalyzer': ['IST0145', 'IST0101'],
  'injection.Analyzer': ['IST0102', 'IST0103', 'IST0123', 'IST0148'],
  'injection.ImageAnalyzer': ['IST0158'],
  'injection.ImageAutoAnalyzer': ['IST0146', 'IST0147'],
  'k8sgateway.SelectorAnalyzer': ['IST0166'],
  'k8sgateway.CRDVersionAnalyzer': ['IST0176'],
  'meshnetworks.MeshNetworksAnalyzer': ['IST0126'],
  'services.MultiClusterServiceAnalyzer': ['IST0170'],
  'service.PortNameAnalyzer': ['IST0118', 'IST0150'],
  'sidecar.SelectorAnalyzer': ['IST0101', 'IST0110', 'IST0111', 'IST0167'],
  'virtualservice.ConflictingMeshGatewayHostsAnalyzer': ['IST0109'],
  'virtualservice.DestinationHostAnalyzer': ['IST0101', 'IST0112', 'IST0140'],
  'virtualservice.DestinationRuleAnalyzer': ['IST0101'],
  'virtualservice.GatewayAnalyzer': ['IST0101', 'IST0132', 'IST0165'],
  'virtualservice.JWTClaimRouteAnalyzer': ['IST0149'],
  'serviceentry.Analyzer': ['IST0134'],
  'serviceentry.ConflictingServiceEntryProtocolAnalyzer': ['IST0177'],
  'webhook.Analyzer': ['IST0139'],
  'telemetry.ProviderAnalyzer': ['IST0157'],
  'telemetry.SelectorAnalyzer': ['IST0101', 'IST0159'],
  'telemetry.DefaultSelectorAnalyzer': ['IST0160'],
  'telemetry.LightstepAnalyzer': ['IST0002'],
};

/** What IST0101 is about, for the analyzers that share it: the messages of our one rule. */
const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  'auth.AuthorizationPoliciesAnalyzer': ['namespace'],
  'gateway.IngressGatewayPortAnalyzer': ['selector'],
  'gateway.SecretAnalyzer': ['selector', 'credential'],
  'gateway.ConflictingGatewayAnalyzer': [],
  'sidecar.SelectorAnalyzer': ['selector'],
  'telemetry.SelectorAnalyzer': ['selector'],
  'virtualservice.DestinationHostAnalyzer': ['host', 'hostSlip', 'port'],
  'virtualservice.DestinationRuleAnalyzer': ['subset'],
  'virtualservice.GatewayAnalyzer': ['gateway'],
};

export function codesOf(analyzer: string): readonly string[] {
  return CODES[analyzer] ?? [];
}

/** Whether a message of a rule is one that this analyzer reports. */
export function reports(analyzer: string, rule: string, message: string): boolean {
  const references = REFERENCES[analyzer];
  return rule !== 'IST0101' || references === undefined || references.includes(message);
}
