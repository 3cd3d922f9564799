import type { Resource } from '../render/resource.ts';
import { listAt, numberAt, textAt, textMapAt, textsAt } from '../untyped.ts';
import { serviceHost, toFqdn } from './host-names.ts';
import type { ServiceModel } from './services.ts';

/** A Service or ServiceEntry as the provider of one host. */
export interface HostProvider {
  readonly resource: Resource;
  /** As the provider writes it, completed. */
  readonly host: string;
  /** 0 for a port that is no number. */
  readonly ports: readonly number[];
  readonly workloadSelector: Readonly<Record<string, string>>;
}

/** What is exported to one namespace, or to all: by host, and the wildcards by what follows their `*`. */
interface Scope {
  readonly hosts: Map<string, HostProvider>;
  readonly suffixes: Map<string, HostProvider>;
}

const EVERYWHERE = '*';
/** DNS names end at 253 characters; longer hosts match nothing but themselves. */
const LONGEST_HOST = 253;

/**
 * The service registry as Istio's analyzers build it: hosts by the scope they are exported to. ServiceEntries come first,
 * Services replace equal entries.
 */
export class HostRegistry {
  readonly #scopes = new Map<string, Scope>();
  readonly #providers: HostProvider[] = [];

  constructor(serviceEntries: readonly Resource[], services: readonly ServiceModel[]) {
    for (const entry of serviceEntries) this.#addServiceEntry(entry);
    for (const service of services) this.#addService(service);
  }

  /** Every provider once per host, in document order; ServiceEntries before Services. */
  get providers(): readonly HostProvider[] {
    return this.#providers;
  }

  /**
   * Istio's lookup for a host written in a resource of namespace `from` that is exported to `exportTo`: exported to all;
   * exported to the referrer's namespace or scopes; a wildcard entry. Of several wildcards the longest wins (Istio picks
   * one at random).
   */
  find(host: string, from: string, exportTo: readonly string[]): HostProvider | undefined {
    const fqdn = toFqdn(host, from);
    const scopes = exportTo.length === 0 ? [from] : exportTo.map((scope) => (scope === '.' ? from : scope));
    for (const scope of [EVERYWHERE, ...scopes]) {
      const found = this.#scopes.get(scope)?.hosts.get(fqdn);
      if (found) return found;
    }
    return this.#findWildcard(host.startsWith('*') ? host.slice(1) : host, from);
  }

  #findWildcard(host: string, from: string): HostProvider | undefined {
    const scopes = [this.#scopes.get(EVERYWHERE), this.#scopes.get(from)].filter(
      (scope) => scope !== undefined && scope.suffixes.size > 0,
    );
    if (scopes.length === 0 || host.length > LONGEST_HOST) return undefined;
    for (let start = 0; start <= host.length; start++) {
      const suffix = host.slice(start);
      for (const scope of scopes) {
        const found = scope?.suffixes.get(suffix);
        if (found) return found;
      }
    }
    return undefined;
  }

  #addServiceEntry(entry: Resource): void {
    const exportTo = textsAt(entry.body, 'spec', 'exportTo');
    const ports = listAt(entry.body, 'spec', 'ports').map((port) => numberAt(port, 'number') ?? 0);
    const workloadSelector = textMapAt(entry.body, 'spec', 'workloadSelector', 'labels');
    // After the first `*` in exportTo, Istio's index takes the later hosts as exported to all as well.
    let everywhere = exportTo.length === 0;
    for (const written of textsAt(entry.body, 'spec', 'hosts')) {
      const host = toFqdn(written, entry.namespace);
      const provider = { resource: entry, host, ports, workloadSelector };
      this.#providers.push(provider);
      for (const scope of everywhere ? [EVERYWHERE] : exportTo) {
        this.#add(scope === '.' ? entry.namespace : scope, provider);
        if (scope === EVERYWHERE) {
          everywhere = true;
          break;
        }
      }
    }
  }

  #addService(service: ServiceModel): void {
    const provider = {
      resource: service.resource,
      host: serviceHost(service.name, service.namespace),
      ports: service.ports.map(({ port }) => port),
      workloadSelector: {},
    };
    this.#providers.push(provider);
    for (const scope of serviceScopes(service)) this.#add(scope, provider);
  }

  #add(name: string, provider: HostProvider): void {
    let scope = this.#scopes.get(name);
    if (!scope) {
      scope = { hosts: new Map(), suffixes: new Map() };
      this.#scopes.set(name, scope);
    }
    scope.hosts.set(provider.host, provider);
    if (provider.host.startsWith('*')) scope.suffixes.set(provider.host.slice(1), provider);
  }
}

/** The annotation `networking.istio.io/exportTo`: a comma list of namespaces, `.` for the Service's own. */
function serviceScopes(service: ServiceModel): string[] {
  const written = textAt(service.resource.annotations, 'networking.istio.io/exportTo').trim();
  if (written === '') return [EVERYWHERE];
  return written.split(',').map((scope) => (scope.trim() === '.' ? service.namespace : scope.trim()));
}
