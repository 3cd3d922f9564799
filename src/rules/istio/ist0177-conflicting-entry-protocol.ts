import type { Resource } from '../../render/resource.ts';
import { fields, hasPlaceholder, integer, list, qualifiedName, text, texts } from '../body.ts';
import { defineRule } from '../rule.ts';
import { soleResources } from './sole-resources.ts';

interface EntryPort {
  readonly entry: Resource;
  readonly scope: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly index: number;
}

/** IST0177 (since 1.28): a port of a host can be served with one protocol only. */
export default defineRule({
  id: 'IST0177',
  name: 'conflicting-entry-protocol',
  level: 'warning',
  inputs: ['ServiceEntry'],
  summary: 'ServiceEntries give the same port of the same host different protocols.',
  messages: {
    conflict: '{entries} give port {port} of {host} different protocols: {protocols}.',
  },
  advice: 'Agree on one protocol, or merge the ServiceEntries.',
  check({ mesh, report }) {
    const ports = soleResources(mesh, 'ServiceEntry').flatMap(portsOf);
    const groups = new Map<string, EntryPort[]>();
    for (const port of ports) {
      const key = groupKey(port.scope, port);
      groups.set(key, [...(groups.get(key) ?? []), port]);
    }
    const reported = new Set<Resource>();
    for (const group of groups.values()) {
      const [first] = group;
      if (!first) continue;
      const everywhere = first.scope === '*' ? [] : (groups.get(groupKey('*', first)) ?? []);
      const sharing = [...group, ...everywhere];
      const protocols = [...new Set(sharing.map(({ protocol }) => protocol))].sort();
      if (protocols.length < 2) continue;
      const entries = [...new Set(sharing.map(({ entry }) => qualifiedName(entry)))].sort();
      for (const { entry, index, host, port } of sharing) {
        if (reported.has(entry)) continue;
        reported.add(entry);
        report(entry, ['spec', 'ports', index], 'conflict', { entries, host, port, protocols });
      }
    }
  },
});

function groupKey(scope: string, { host, port }: EntryPort): string {
  return JSON.stringify([scope, host, port]);
}

function portsOf(entry: Resource): EntryPort[] {
  const spec = fields(entry.body, 'spec');
  const exportTo = texts(spec, 'exportTo');
  const scopes =
    exportTo.length === 0 || exportTo.includes('*')
      ? ['*']
      : exportTo.map((scope) => (scope === '.' ? entry.namespace : scope));
  const hosts = texts(spec, 'hosts').filter((host) => !hasPlaceholder(host));
  return list(spec, 'ports').flatMap((written, index) => {
    const port = integer(written, 'number') ?? 0;
    const protocol = text(written, 'protocol').toUpperCase();
    if (hasPlaceholder(protocol)) return [];
    return scopes.flatMap((scope) => hosts.map((host) => ({ entry, scope, host, port, protocol, index })));
  });
}
