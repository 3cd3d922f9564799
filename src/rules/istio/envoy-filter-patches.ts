import { isMapping } from '../../untyped.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import type { ReportOptions } from '../rule.ts';
import { isShippedByIstio } from '../shipped-by-istio.ts';
import { field, fieldName, fields, integer, list, text } from '../body.ts';

/** One entry of an EnvoyFilter's `configPatches`. */
export interface EnvoyPatch {
  readonly filter: Resource;
  readonly applyTo: string;
  readonly operation: string;
  /** The EnvoyFilter has a priority, so its order among others is settled. */
  readonly prioritised: boolean;
  readonly proxyVersion: string;
  /** What identifies the filter that the patch brings; '' without one. */
  readonly key: string;
  /** Whether the filter that the patch is placed by, if any, is one that Istio itself always puts there. */
  readonly besideOwn: boolean;
  /** Of the operation. */
  readonly path: Path;
}

/** All patches of all EnvoyFilters, in document order. An entry without `patch` ends its EnvoyFilter's list, as in Istio. */
export function envoyPatches(mesh: Mesh): EnvoyPatch[] {
  return mesh.resources('EnvoyFilter').flatMap((filter) => {
    const spec = fields(filter.body, 'spec');
    const entries = list(spec, 'configPatches');
    const end = entries.findIndex((entry) => !isMapping(field(entry, 'patch')));
    return entries.slice(0, end < 0 ? entries.length : end).map((entry, index) => ({
      filter,
      applyTo: text(entry, 'applyTo'),
      operation: text(fields(entry, 'patch'), 'operation'),
      prioritised: (integer(spec, 'priority') ?? 0) !== 0,
      proxyVersion: text(fields(fields(entry, 'match'), 'proxy'), 'proxyVersion'),
      key: filterKey(entry),
      besideOwn: isBesideOwn(entry),
      path: ['spec', fieldName(spec, 'configPatches'), index, 'patch', 'operation'],
    }));
  });
}

function filterKey(entry: unknown): string {
  const value = fields(fields(entry, 'patch'), 'value');
  if (Object.keys(value).length === 0) return '';
  const name = field(value, 'name');
  if (name !== undefined) return JSON.stringify(name);
  const listener = fields(fields(entry, 'match'), 'listener');
  const matched = field(fields(fields(listener, 'filterChain'), 'filter'), 'name');
  return matched === undefined ? '' : JSON.stringify(matched);
}

/** The filters that end each of Istio's chains, by their present names and those until Envoy 1.22. */
const OWN_FILTERS = new Set([
  '',
  'envoy.filters.http.router',
  'envoy.router',
  'envoy.filters.network.http_connection_manager',
  'envoy.http_connection_manager',
  'envoy.filters.network.tcp_proxy',
  'envoy.tcp_proxy',
]);

/** INSERT_BEFORE the router of an HTTP chain is how Istio's documentation adds a filter: nothing else can be in its way. */
function isBesideOwn(entry: unknown): boolean {
  if (!text(fields(entry, 'patch'), 'operation').startsWith('INSERT_')) return false;
  const match = fields(fields(fields(entry, 'match'), 'listener'), 'filterChain');
  const filter = fields(match, 'filter');
  return OWN_FILTERS.has(text(filter, 'name')) && OWN_FILTERS.has(text(fields(filter, 'subFilter'), 'name'));
}

const ROUTES = new Set(['ROUTE_CONFIGURATION', 'HTTP_ROUTE']);
const REPLACEABLE = new Set(['NETWORK_FILTER', 'HTTP_FILTER', 'VIRTUAL_HOST']);

export function addsToRoutes({ applyTo, operation }: EnvoyPatch): boolean {
  return operation === 'ADD' && ROUTES.has(applyTo);
}

export function removesRoutes({ applyTo, operation }: EnvoyPatch): boolean {
  return operation === 'REMOVE' && ROUTES.has(applyTo);
}

export function replacesInVain({ applyTo, operation }: EnvoyPatch): boolean {
  return operation === 'REPLACE' && !REPLACEABLE.has(applyTo);
}

/** A patch placed relative to others, which depends on the order in which EnvoyFilters apply. */
export function isRelative(patch: EnvoyPatch): boolean {
  if (patch.prioritised) return false;
  if (patch.operation === 'INSERT_BEFORE' || patch.operation === 'INSERT_AFTER') return true;
  return (
    (patch.operation === 'REMOVE' && !removesRoutes(patch)) ||
    (patch.operation === 'REPLACE' && !replacesInVain(patch))
  );
}

export interface RelativePatch {
  readonly patch: EnvoyPatch;
  /** Whether an earlier patch for a certain proxy version brought the same filter. */
  readonly versioned: boolean;
}

/**
 * Relative patches, one of each sort for an EnvoyFilter: a priority mends them all. In an open world without those that
 * Istio ships.
 */
export function relativePatches(mesh: Mesh): RelativePatch[] {
  const seen = new Set<string>();
  const found: RelativePatch[] = [];
  for (const patch of envoyPatches(mesh)) {
    if (isRelative(patch)) found.push({ patch, versioned: seen.has(patch.key) });
    if (patch.proxyVersion !== '') seen.add(patch.key);
  }
  return firstOfEach(found.filter(({ patch }) => mesh.world === 'closed' || !isShippedByIstio(patch.filter)));
}

/** The patches to tell of: each, or, as Istio's analyzers fold equal messages, one of an EnvoyFilter in a closed world. */
export function toldOf(mesh: Mesh, patches: readonly EnvoyPatch[]): readonly EnvoyPatch[] {
  if (mesh.world === 'open') return patches;
  const filters = new Set<Resource>();
  return patches.filter(({ filter }) => !filters.has(filter) && filters.add(filter));
}

/** In an open world a relative patch beside a filter of Istio's own is a matter of taste. */
export function levelOf(mesh: Mesh, { besideOwn }: EnvoyPatch): ReportOptions {
  return mesh.world === 'open' && besideOwn ? { level: 'info' } : {};
}

function firstOfEach(patches: readonly RelativePatch[]): RelativePatch[] {
  const told = { true: new Set<Resource>(), false: new Set<Resource>() };
  return patches.filter(({ patch: { filter }, versioned }) => {
    const filters = told[`${versioned}`];
    return !filters.has(filter) && filters.add(filter);
  });
}
