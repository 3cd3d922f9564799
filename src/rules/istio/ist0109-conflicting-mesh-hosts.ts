import { hostsOverlap } from '../../mesh/gateways.ts';
import type { Resource } from '../../render/resource.ts';
import { fields, hasPlaceholder, qualifiedName, texts } from '../body.ts';
import { defineRule } from '../rule.ts';
import { soleResources } from './sole-resources.ts';

/** A host as one scope sees it: `*` for an export to every namespace. */
interface ScopedHost {
  readonly scope: string;
  readonly host: string;
  readonly resources: Resource[];
}

/** IST0109 (all releases): sidecars merge no VirtualServices, so the older of two for one host wins. */
export default defineRule({
  id: 'IST0109',
  name: 'conflicting-mesh-hosts',
  level: 'error',
  inputs: ['VirtualService'],
  summary: 'Two VirtualServices for the sidecars define the same host.',
  messages: {
    conflict: 'The VirtualServices {resources} all define the host {host} for the sidecars of the mesh.',
  },
  advice:
    'Merge them into one VirtualService, or bind all but one of them to a gateway only. Of several, sidecars apply one alone.',
  check({ mesh, report }) {
    const reported = new Set<Resource>();
    const scoped = scopedHosts(soleResources(mesh, 'VirtualService').filter(appliesToSidecars), mesh.world);
    const wildcards = scoped.filter(({ scope }) => scope === '*');
    for (const entry of scoped) {
      const seen = entry.scope === '*' ? [] : wildcards.filter(({ host }) => hostsOverlap(host, entry.host));
      const candidates = [...entry.resources, ...seen.flatMap(({ resources }) => resources)];
      if (candidates.length < 2) continue;
      if (mesh.world === 'open' && new Set(candidates).size < 2) continue;
      const names = [...new Set(candidates.map(qualifiedName))].sort();
      for (const resource of candidates) {
        if (reported.has(resource)) continue;
        reported.add(resource);
        const data = { resources: names, host: entry.host };
        report(resource, ['metadata', 'name'], 'conflict', data, { evidence: others(candidates, resource) });
      }
    }
  },
});

function others(candidates: readonly Resource[], self: Resource) {
  return [...new Set(candidates)]
    .filter((resource) => resource !== self)
    .slice(0, 5)
    .map((resource) => ({
      says: `VirtualService ${qualifiedName(resource)} defines it too`,
      at: resource.origin.at(['spec', 'hosts']),
    }));
}

function appliesToSidecars(virtualService: Resource): boolean {
  const gateways = texts(fields(virtualService.body, 'spec'), 'gateways');
  return gateways.length === 0 || gateways.includes('mesh');
}

function scopedHosts(virtualServices: readonly Resource[], world: 'open' | 'closed'): ScopedHost[] {
  const index = new Map<string, ScopedHost>();
  for (const resource of virtualServices) {
    const spec = fields(resource.body, 'spec');
    for (const scope of scopesOf(texts(spec, 'exportTo'), resource.namespace)) {
      for (const written of texts(spec, 'hosts')) {
        const host = completeHost(written, resource.namespace);
        // A short name is a different host in every namespace, and a placeholder may be any.
        if (hasPlaceholder(host) || hasPlaceholder(scope)) continue;
        if (world === 'open' && resource.namespace === '' && !written.includes('.')) continue;
        const key = `${scope}/${host}`;
        const entry = index.get(key) ?? { scope, host, resources: [] };
        index.set(key, entry);
        entry.resources.push(resource);
      }
    }
  }
  return [...index.values()];
}

function scopesOf(exportTo: readonly string[], namespace: string): readonly string[] {
  if (exportTo.length === 0 || exportTo.includes('*')) return ['*'];
  return exportTo.map((scope) => (scope === '.' ? namespace : scope));
}

function completeHost(host: string, namespace: string): string {
  return host.startsWith('*') || host.includes('.') ? host : `${host}.${namespace}.svc.cluster.local`;
}
