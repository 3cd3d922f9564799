/**
 * What a field of MeshConfig decides, as the end of a sentence ("... , which ..."). Fields and meanings:
 * istio/api mesh/v1alpha1/config.proto and proxy.proto, 1.10 to 1.31. istiod reloads the config while it runs, so that they
 * hold for running proxies at once, except for `defaultConfig`.
 */
const EFFECTS: ReadonlyMap<string, string> = new Map([
  ['accessLogEncoding', 'changes how all proxies write their access log'],
  ['accessLogFile', 'decides where all proxies write their access log, and whether they write one'],
  ['accessLogFormat', 'changes how all proxies write their access log'],
  ['ca', 'decides who signs the certificates of workloads'],
  ['caCertificates', 'decides which roots proxies trust besides the own one'],
  ['connectTimeout', 'changes how long proxies wait for a connection'],
  ['defaultDestinationRuleExportTo', 'decides which namespaces see DestinationRules that do not say so'],
  ['defaultHttpRetryPolicy', 'changes how often requests without a retry policy are repeated'],
  ['defaultProviders', 'decides what logs, metrics and traces go to where no Telemetry says so'],
  ['defaultServiceExportTo', 'decides which namespaces see Services that do not say so'],
  ['defaultVirtualServiceExportTo', 'decides which namespaces see VirtualServices that do not say so'],
  ['discoverySelectors', 'decides which namespaces the control plane watches, for all its proxies at once'],
  ['enableAutoMtls', 'decides whether proxies use mutual TLS with each other unasked'],
  ['enablePrometheusMerge', 'decides whether metrics of the application are scraped through the proxy'],
  ['enableTracing', 'decides whether proxies report traces'],
  ['extensionProviders', 'changes the providers that Telemetry and AuthorizationPolicy refer to by name'],
  ['h2UpgradePolicy', 'decides whether HTTP/1.1 connections become HTTP/2'],
  ['inboundTrafficPolicy', 'decides where traffic to a port that no Service names goes'],
  ['ingressClass', 'decides which Ingress resources the gateway serves'],
  ['ingressControllerMode', 'decides which Ingress resources the gateway serves'],
  ['ingressSelector', 'decides which gateway serves Ingress resources'],
  ['ingressService', 'decides which Service stands for the ingress gateway'],
  ['localityLbSetting', 'changes how traffic is spread over zones and regions'],
  ['meshMTLS', 'changes the TLS versions and ciphers between proxies'],
  ['meshNetworks', 'changes how networks reach each other'],
  ['outboundTrafficPolicy', 'decides whether calls to hosts that nobody declares pass or are refused'],
  ['pathNormalization', 'changes the paths that routes and policies are compared with'],
  ['protocolDetectionTimeout', 'changes how long proxies wait to recognise a protocol on unnamed ports'],
  ['rootNamespace', 'decides which namespace holds the policies for the whole mesh'],
  ['serviceSettings', 'decides which Services stay inside their cluster'],
  ['tcpKeepalive', 'changes when idle connections are probed and dropped'],
  ['tlsDefaults', 'changes the TLS versions and ciphers of traffic from outside the mesh'],
  ['trustDomain', 'renames every identity in the mesh, also in policies that name the old one'],
  ['trustDomainAliases', 'decides which other trust domains count as this one'],
  ['verifyCertificateAtClient', 'decides whether proxies check the certificates of servers outside the mesh'],
]);

/** What a change of the field under `meshConfig` means; `undefined` for one that is not known here. */
export function meshConfigEffect([field, ...rest]: readonly string[]): string | undefined {
  if (field === 'defaultConfig') {
    return rest.length > 0 ? 'proxies take when their pods are next created' : undefined;
  }
  return field === undefined ? undefined : EFFECTS.get(field);
}
