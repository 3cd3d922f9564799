/** The parts of the model that rules may read besides resources of a kind. */
export const FACETS = [
  'namespaces',
  'workloads',
  'services',
  'controlPlanes',
  'components',
  'tags',
  'revisions',
  'injection',
  'hosts',
  'meshConfig',
  'meshNetworks',
  'absence',
  'problems',
  'charts',
  'builds',
  'twins',
  'remotes',
  'patches',
  'upgrades',
  'scripts',
] as const;

export type Facet = (typeof FACETS)[number];
