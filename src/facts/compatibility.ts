/**
 * The compatibility profiles that the charts of each minor ship: an older minor whose defaults they can keep
 * (manifests/helm-profiles at each `.0` tag). Any other value makes the chart fail.
 */
const PROFILES: Readonly<Record<number, readonly number[]>> = {
  21: [20],
  22: [20, 21],
  23: [20, 21, 22],
  24: [21, 22, 23],
  25: [22, 23, 24],
  26: [23, 24, 25],
  27: [24, 25, 26],
  28: [25, 26, 27],
  29: [25, 26, 27, 28],
  30: [25, 26, 27, 28, 29],
  31: [25, 26, 27, 28, 29, 30],
};

/** The first minor with compatibility profiles. */
export const FIRST_WITH_PROFILES = 21;

/** The profiles of a minor; `undefined` for one that is not known. */
export function compatibilityProfiles(minor: number): readonly number[] | undefined {
  return minor < FIRST_WITH_PROFILES ? [] : PROFILES[minor];
}

/** The first known minor without the profile; `undefined` while it is still shipped. */
export function profileEnds(profile: number): number | undefined {
  const minors = Object.keys(PROFILES).map(Number);
  return minors.find((minor) => minor > profile && !PROFILES[minor]?.includes(profile));
}

/** Settings that a profile writes, by profile, and so must not be set to something else at once. */
export const PROFILE_SETTINGS: Readonly<Record<string, number>> = {
  ENABLE_EXTERNAL_NAME_ALIAS: 20,
  PERSIST_OLDEST_FIRST_HEURISTIC_FOR_VIRTUAL_SERVICE_HOST_MATCHING: 20,
  VERIFY_CERTIFICATE_AT_CLIENT: 20,
  ENABLE_AUTO_SNI: 20,
  ENABLE_ENHANCED_RESOURCE_SCOPING: 21,
  ENABLE_RESOLUTION_NONE_TARGET_PORT: 21,
  ENABLE_DELIMITED_STATS_TAG_REGEX: 22,
  ENABLE_ENHANCED_DESTINATIONRULE_MERGE: 23,
  PILOT_UNIFIED_SIDECAR_SCOPE: 23,
  ENABLE_INBOUND_RETRY_POLICY: 23,
  EXCLUDE_UNSAFE_503_FROM_DEFAULT_RETRY: 23,
  PREFER_DESTINATIONRULE_TLS_FOR_EXTERNAL_SERVICES: 23,
  PILOT_ENABLE_IP_AUTOALLOCATE: 24,
  ENABLE_NATIVE_SIDECARS: 26,
  DISABLE_SHADOW_HOST_SUFFIX: 27,
  PILOT_SPAWN_UPSTREAM_SPAN_FOR_GATEWAY: 27,
  DISABLE_TRACK_REMAINING_CB_METRICS: 28,
  PILOT_SIDECAR_PICK_BEST_SERVICE_NAMESPACE: 29,
  PILOT_AUTO_SEND_UNHEALTHY_ENDPOINTS: 30,
  PILOT_ENABLE_STRICT_GATEWAY_MERGING: 30,
};
