import type { Settings } from '../config/settings.ts';
import { fieldAt, isMapping, listAt, mappingAt, textAt, textsAt, type Fields } from '../untyped.ts';
import type { ControlPlane } from './mesh.ts';

/** Istio's own defaults, as far as something depends on them (DefaultMeshConfig, 1.8 and later). */
const DEFAULTS: Fields = {
  rootNamespace: 'istio-system',
  trustDomain: 'cluster.local',
  ingressService: 'istio-ingressgateway',
  ingressSelector: 'ingressgateway',
  ingressControllerMode: 'STRICT',
  ingressClass: 'istio',
  enableAutoMtls: true,
  outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
  inboundTrafficPolicy: { mode: 'PASSTHROUGH' },
  defaultProviders: {},
  extensionProviders: [
    { name: 'prometheus', prometheus: {} },
    { name: 'stackdriver', stackdriver: {} },
    { name: 'envoy', envoyFileAccessLog: { path: '/dev/stdout' } },
  ],
  defaultConfig: { proxyMetadata: {} },
  discoverySelectors: [],
};

/** Fields whose mappings are merged by key; every other field replaces. */
const MERGED = new Set(['defaultConfig', 'defaultProviders']);

/**
 * The MeshConfig in force: `override` (given on the command line) over what the control plane of `revision` sets over
 * Istio's defaults. Without `revision`: the only control plane's, else the default one's; none when that is not clear.
 */
export function effectiveMeshConfig(
  controlPlanes: readonly ControlPlane[],
  override: Settings['meshConfig'],
  revision?: string,
): Record<string, unknown> {
  const own = chosen(controlPlanes, revision)?.meshConfig ?? {};
  return { ...apply(apply(DEFAULTS, own), override ?? {}) };
}

function chosen(
  controlPlanes: readonly ControlPlane[],
  revision: string | undefined,
): ControlPlane | undefined {
  if (revision !== undefined) return controlPlanes.findLast((one) => one.revision === revision);
  const [only, ...others] = controlPlanes;
  return others.length === 0 ? only : controlPlanes.findLast((one) => one.revision === 'default');
}

/** One layer over another by Istio's rules (ApplyMeshConfig). */
function apply(under: Fields, over: Fields): Fields {
  const result = Object.assign(Object.create(null), under) as Record<string, unknown>;
  for (const [field, value] of Object.entries(over)) {
    if (value === null || value === undefined) continue;
    if (field === 'extensionProviders') result[field] = mergedProviders(listAt(under, field), value);
    else if (field === 'trustDomainAliases')
      result[field] = union(textsAt(under, field), textsAt(over, field));
    else if (MERGED.has(field) && isMapping(value)) result[field] = merged(mappingAt(under, field), value);
    else result[field] = value;
  }
  return result;
}

/** Providers are appended; one of the same name is replaced. */
function mergedProviders(under: readonly unknown[], over: unknown): readonly unknown[] {
  if (!Array.isArray(over)) return under;
  const added: readonly unknown[] = over;
  const names = new Set(added.map((provider) => textAt(provider, 'name')));
  return [...under.filter((provider) => !names.has(textAt(provider, 'name'))), ...added];
}

function union(one: readonly string[], other: readonly string[]): readonly string[] {
  return [...new Set([...one, ...other])].sort();
}

/** Fields of the default proxy config replace each other, `proxyMetadata` merges by key. */
function merged(under: Fields, over: Fields): Fields {
  const result = Object.assign(Object.create(null), under, over) as Record<string, unknown>;
  if (fieldAt(under, 'proxyMetadata') !== undefined || fieldAt(over, 'proxyMetadata') !== undefined) {
    result['proxyMetadata'] = Object.assign(
      Object.create(null),
      mappingAt(under, 'proxyMetadata'),
      mappingAt(over, 'proxyMetadata'),
    );
  }
  return result;
}
