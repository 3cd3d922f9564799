/**
 * Fields that Istio's API had and no longer describes: they are not misspelt. From the API's protos of 1.0 to 1.10; names
 * alone, for none of them means something else today.
 */
export const FORMER_FIELDS: ReadonlySet<string> = new Set([
  'appendHeaders',
  'appendRequestHeaders',
  'appendResponseHeaders',
  'removeRequestHeaders',
  'removeResponseHeaders',
  'websocketUpgrade',
  'configScope',
  'percent',
  'sourceSubnet',
  'localhostClientTls',
  'localhostServerTls',
  'localhost',
  'user',
  'groups',
  'subjects',
  'peers',
  'peerIsOptional',
  'origins',
  'originIsOptional',
  'principalBinding',
  'jwt',
  'triggerRules',
  'trigger_rules',
]);

/** The EnvoyFilter of Istio 1.0 to 1.5; 1.6 removed these from its API (envoy_filter.proto of release-1.6). */
export const FORMER_ENVOY_FILTER_FIELDS: ReadonlySet<string> = new Set(['filters', 'workloadLabels']);
export const ENVOY_FILTER_CHANGED_IN_MINOR = 6;
