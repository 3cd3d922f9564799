import ambientLabelBesideRevision from './ambient/ambient-label-beside-revision.ts';
import ambientWithoutZtunnel from './ambient/ambient-without-ztunnel.ts';
import missingWaypoint from './ambient/missing-waypoint.ts';
import discoveryFiltersMore from './discovery/discovery-filters-more.ts';
import discoverySelectorWithoutEffect from './discovery/discovery-selector-without-effect.ts';
import discoverySelectorsDiffer from './discovery/discovery-selectors-differ.ts';
import gatewayOutsideDiscovery from './discovery/gateway-outside-discovery.ts';
import injectedButNotDiscovered from './discovery/injected-but-not-discovered.ts';
import systemNamespaceOutsideDiscovery from './discovery/system-namespace-outside-discovery.ts';
import proxySettingsOffThePod from './fields/proxy-settings-off-the-pod.ts';
import unknownField from './fields/unknown-field.ts';
import unreadableManifest from './files/unreadable-manifest.ts';
import duplicateResource from './gitops/duplicate-resource.ts';
import fluxSourceElsewhere from './gitops/flux-source-elsewhere.ts';
import crdTooOld from './live/crd-too-old.ts';
import proxyWithoutControlPlane from './live/proxy-without-control-plane.ts';
import restartPending from './live/restart-pending.ts';
import revisionUnavailable from './live/revision-unavailable.ts';
import runningProxySkew from './live/running-proxy-skew.ts';
import storedVersionNotServed from './live/stored-version-not-served.ts';
import webhookWithoutCa from './live/webhook-without-ca.ts';
import webhookWithoutService from './live/webhook-without-service.ts';
import danglingRevision from './revisions/dangling-revision.ts';
import defaultRevisionAmbiguous from './revisions/default-revision-ambiguous.ts';
import defaultValidatorWithoutRevision from './revisions/default-validator-without-revision.ts';
import duplicateTag from './revisions/duplicate-tag.ts';
import injectionLabelConflict from './revisions/injection-label-conflict.ts';
import proxyNewerThanControlPlane from './revisions/proxy-newer-than-control-plane.ts';
import revisionNameInvalid from './revisions/revision-name-invalid.ts';
import revisionSelectorMismatch from './revisions/revision-selector-mismatch.ts';
import tagShadowsRevision from './revisions/tag-shadows-revision.ts';
import tagWithoutRevision from './revisions/tag-without-revision.ts';
import trustDomainsDiffer from './revisions/trust-domains-differ.ts';
import doubleTls from './traffic/double-tls.ts';
import gatewayApiReference from './traffic/gateway-api-reference.ts';
import httpProtocolOn443 from './traffic/http-protocol-on-443.ts';
import plainTextToStrict from './traffic/plain-text-to-strict.ts';
import publicCaForClusterHost from './traffic/public-ca-for-cluster-host.ts';
import routeNotExportedToGateway from './traffic/route-not-exported-to-gateway.ts';
import routeOfOtherProtocol from './traffic/route-of-other-protocol.ts';
import chartImageMismatch from './upgrade/chart-image-mismatch.ts';
import compatibilityVersion from './upgrade/compatibility-version.ts';
import componentLagsBehind from './upgrade/component-lags-behind.ts';
import crosses110 from './upgrade/crosses-1.10.ts';
import downgrade from './upgrade/downgrade.ts';
import endOfLife from './upgrade/end-of-life.ts';
import firstPartyJwt from './upgrade/first-party-jwt.ts';
import floatingVersion from './upgrade/floating-version.ts';
import gatewayChartValueUnknown from './upgrade/gateway-chart-value-unknown.ts';
import installOrder from './upgrade/install-order.ts';
import kubernetesVersionUnsupported from './upgrade/kubernetes-version-unsupported.ts';
import meshConfigMisplaced from './upgrade/mesh-config-misplaced.ts';
import notLatestPatch from './upgrade/not-latest-patch.ts';
import operatorValueUnknown from './upgrade/operator-value-unknown.ts';
import sailValuesMisplaced from './upgrade/sail-values-misplaced.ts';
import skippedMinor from './upgrade/skipped-minor.ts';
import unknownProfile from './upgrade/unknown-profile.ts';
import variableWithoutEffect from './upgrade/variable-without-effect.ts';
import versionNotKnown from './upgrade/version-not-known.ts';
import versionSkew from './upgrade/version-skew.ts';
import writtenProxySkew from './upgrade/written-proxy-skew.ts';
import type { Rule } from './rule.ts';

/** Rules of our own about one mesh, in the order of their ids; those that hazards make are not among them. */
export const OWN_RULES: readonly Rule[] = [
  ambientLabelBesideRevision,
  ambientWithoutZtunnel,
  chartImageMismatch,
  compatibilityVersion,
  componentLagsBehind,
  crdTooOld,
  crosses110,
  danglingRevision,
  defaultRevisionAmbiguous,
  defaultValidatorWithoutRevision,
  discoveryFiltersMore,
  discoverySelectorWithoutEffect,
  discoverySelectorsDiffer,
  doubleTls,
  downgrade,
  duplicateResource,
  duplicateTag,
  endOfLife,
  firstPartyJwt,
  floatingVersion,
  fluxSourceElsewhere,
  gatewayApiReference,
  gatewayChartValueUnknown,
  gatewayOutsideDiscovery,
  httpProtocolOn443,
  injectedButNotDiscovered,
  injectionLabelConflict,
  installOrder,
  kubernetesVersionUnsupported,
  meshConfigMisplaced,
  missingWaypoint,
  notLatestPatch,
  operatorValueUnknown,
  plainTextToStrict,
  proxyNewerThanControlPlane,
  proxySettingsOffThePod,
  proxyWithoutControlPlane,
  publicCaForClusterHost,
  restartPending,
  revisionNameInvalid,
  revisionSelectorMismatch,
  revisionUnavailable,
  routeNotExportedToGateway,
  routeOfOtherProtocol,
  runningProxySkew,
  sailValuesMisplaced,
  skippedMinor,
  storedVersionNotServed,
  systemNamespaceOutsideDiscovery,
  tagShadowsRevision,
  tagWithoutRevision,
  trustDomainsDiffer,
  unknownField,
  unknownProfile,
  unreadableManifest,
  variableWithoutEffect,
  versionNotKnown,
  versionSkew,
  webhookWithoutCa,
  webhookWithoutService,
  writtenProxySkew,
];
