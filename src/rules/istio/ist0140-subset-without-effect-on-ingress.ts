import type { Resource } from '../../render/resource.ts';
import { fields, hasPlaceholder, list, qualifiedName, text, texts } from '../body.ts';
import { defineRule } from '../rule.ts';
import { destinationsOf, within } from './virtual-service-destinations.ts';

/** IST0140 (all releases): a gateway applies its own VirtualService, not the one that splits the service for sidecars. */
export default defineRule({
  id: 'IST0140',
  name: 'subset-without-effect-on-ingress',
  level: 'warning',
  inputs: ['VirtualService'],
  summary: 'A gateway routes to a host whose subsets are chosen by a VirtualService for the sidecars only.',
  messages: {
    ineffective:
      'The subsets that {splitter} chooses for {host} have no effect on what this VirtualService routes.',
  },
  advice: 'Name the subset in this destination too, or bind the splitting VirtualService to the gateway.',
  check({ mesh, report }) {
    const splitters = new Map<string, Resource>();
    for (const virtualService of mesh.resources('VirtualService')) {
      const own = texts(fields(virtualService.body, 'spec'), 'hosts');
      for (const { protocol, role, fields: target } of destinationsOf(virtualService)) {
        const host = text(target, 'host');
        if (protocol !== 'http' || role !== 'destination' || text(target, 'subset') === '') continue;
        if (own.includes(host) && !hasPlaceholder(host)) splitters.set(host, virtualService);
      }
    }
    for (const virtualService of mesh.resources('VirtualService')) {
      const gateways = list(fields(virtualService.body, 'spec'), 'gateways');
      if (gateways.length === 0 || (mesh.world === 'open' && gateways.every((name) => name === 'mesh')))
        continue;
      for (const destination of destinationsOf(virtualService)) {
        const host = text(destination.fields, 'host');
        const splitter = splitters.get(host);
        const plain = destination.protocol === 'http' && destination.role === 'destination';
        // One VirtualService for both says itself what goes to no subset.
        if (!splitter || splitter === virtualService || !plain) continue;
        if (text(destination.fields, 'subset') !== '') continue;
        const data = { host, splitter: qualifiedName(splitter) };
        report(virtualService, within(destination, 'host'), 'ineffective', data);
      }
    }
  },
});
