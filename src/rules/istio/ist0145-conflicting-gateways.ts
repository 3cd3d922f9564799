import { PLAIN_HTTP } from '../../mesh/gateways.ts';
import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import {
  field,
  fields,
  hasPlaceholder,
  integer,
  labels,
  list,
  qualifiedName,
  selectorText,
  text,
  texts,
} from '../body.ts';
import { defineRule } from '../rule.ts';
import { soleResources } from './sole-resources.ts';

interface Server {
  readonly gateway: Resource;
  readonly selector: Readonly<Record<string, string>>;
  readonly selectorText: string;
  readonly port: number;
  readonly bind: string;
  readonly hosts: readonly string[];
  readonly serves: 'plain' | 'redirect' | 'other';
  readonly index: number;
}

/**
 * IST0145 (all releases): of two Gateways with the same host on the same port of the same pods, one is ignored. Not so for
 * plain HTTP, where istiod merges the servers (`mergeGateways`, all releases); Istio's analyzer says it there too.
 */
export default defineRule({
  id: 'IST0145',
  name: 'conflicting-gateways',
  level: 'error',
  inputs: ['Gateway', 'workloads'],
  summary: 'Two Gateways define the same host on the same port of the same gateway workload.',
  messages: {
    conflict: 'Also served by {others}: {hosts} on port {port} of the pods selected by {selector}.',
    merged:
      'Also served by {others}: {hosts} on port {port} of the pods selected by {selector}. Nothing is lost, as plain HTTP is merged.',
  },
  advice: {
    conflict: 'Give each host to one Gateway only, or let the Gateways select different workloads.',
    merged: 'Only see to it that their VirtualServices do not route the same host.',
  },
  check({ mesh, report }) {
    const byPort = new Map<number, Server[]>();
    for (const server of soleResources(mesh, 'Gateway').flatMap(serversOf)) {
      const sharing = byPort.get(server.port);
      if (sharing) sharing.push(server);
      else byPort.set(server.port, [server]);
    }
    const related = new SelectorRelation(mesh);
    for (const servers of byPort.values()) {
      const byHost = indexByHost(servers);
      for (const server of servers) {
        const conflicting = new Set(server.hosts.flatMap((host) => byHost.get(hostKey(server, host)) ?? []));
        const others = [...conflicting].filter(
          (other) => other.gateway !== server.gateway && related.has(server, other),
        );
        const [first] = others;
        if (first === undefined) continue;
        const at = first.gateway.origin.at(['spec', 'servers', first.index]);
        const data = {
          others: [...new Set(others.map(({ gateway }) => qualifiedName(gateway)))].sort(),
          hosts: server.hosts,
          port: server.port,
          selector: server.selectorText,
        };
        const evidence = [{ says: `Gateway ${qualifiedName(first.gateway)} serves it here`, at }];
        const path = ['spec', 'servers', server.index, 'hosts'];
        if (mesh.world === 'open' && others.every((other) => isMerged(server, other))) {
          report(server.gateway, path, 'merged', data, { evidence, level: 'info' });
        } else report(server.gateway, path, 'conflict', data, { evidence });
      }
    }
  },
});

function serversOf(gateway: Resource): Server[] {
  const spec = fields(gateway.body, 'spec');
  const selector = labels(spec, 'selector');
  return list(spec, 'servers').flatMap((server, index) => {
    const hosts = texts(server, 'hosts');
    const port = integer(field(server, 'port'), 'number') ?? 0;
    const unknown = [...hosts, ...Object.values(selector)].some(hasPlaceholder);
    const bind = text(server, 'bind');
    return unknown
      ? []
      : [
          {
            gateway,
            selector,
            selectorText: selectorText(selector),
            port,
            bind,
            hosts,
            serves: servedBy(server),
            index,
          },
        ];
  });
}

function servedBy(server: unknown): Server['serves'] {
  if (!PLAIN_HTTP.has(text(field(server, 'port'), 'protocol').toUpperCase())) return 'other';
  const tls = field(server, 'tls');
  if (tls === undefined) return 'plain';
  return field(tls, 'httpsRedirect') === true ? 'redirect' : 'other';
}

/** Requests for the hosts of both are served as both say: their routes are joined, or both redirect the same. */
function isMerged(a: Server, b: Server): boolean {
  if (a.serves !== b.serves || a.serves === 'other') return false;
  return a.serves === 'plain' || [...a.hosts].sort().join() === [...b.hosts].sort().join();
}

function hostKey({ bind }: Server, host: string): string {
  return `${bind} ${host}`;
}

function indexByHost(servers: readonly Server[]): ReadonlyMap<string, Server[]> {
  const index = new Map<string, Server[]>();
  for (const server of servers) {
    for (const host of server.hosts) {
      const key = hostKey(server, host);
      const sharing = index.get(key);
      if (sharing) sharing.push(server);
      else index.set(key, [server]);
    }
  }
  return index;
}

/** Whether two selectors choose a common workload: equal ones do; otherwise one must extend the other and share a pod. */
class SelectorRelation {
  readonly #mesh: Mesh;
  readonly #answers = new Map<string, boolean>();

  constructor(mesh: Mesh) {
    this.#mesh = mesh;
  }

  has(a: Server, b: Server): boolean {
    if (a.selectorText === b.selectorText) return true;
    const [short, long] = a.selectorText.length < b.selectorText.length ? [a, b] : [b, a];
    if (!long.selectorText.includes(short.selectorText)) return false;
    const key = `${short.selectorText} ${long.selectorText}`;
    const answer =
      this.#answers.get(key) ??
      this.#mesh.select({ ...short.selector, ...long.selector }, undefined).selected.length > 0;
    this.#answers.set(key, answer);
    return answer;
  }
}
