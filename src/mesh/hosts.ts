import type { Answer, Confidence, ResourceId } from '../vocabulary.ts';
import type { Resource } from '../render/resource.ts';
import { isKnown } from '../yaml/placeholders.ts';
import type { AbsenceJudge } from './absence.ts';
import { labelOf } from './creators.ts';
import type { Externals } from './externals.ts';
import { serviceHost, serviceOfHost, subsetOf, toFqdn } from './host-names.ts';
import type { HostProvider, HostRegistry } from './host-registry.ts';
import { remembered } from '../remember.ts';
import type { ResourceIndex } from './resource-index.ts';

/** What the service registry of an environment knows about a host. */
export interface HostAnswer {
  /** `no` only where the repository plainly owns the answer; then `because` says why. */
  readonly known: Answer;
  /** The Service or ServiceEntry that provides it. */
  readonly provider: Resource | undefined;
  /** Port numbers the provider exposes; [] when unknown. In a closed world as Istio counts: [] is no port, 0 no number. */
  readonly ports: readonly number[];
  /** Labels a ServiceEntry's workloadSelector asks for. */
  readonly workloadSelector: Readonly<Record<string, string>>;
  /** The host after short names are completed. */
  readonly fqdn: string;
  readonly confidence: Confidence;
  readonly because: string;
  /** A known host that differs by a slip of the finger, when there is one. */
  readonly nearMiss: string | undefined;
}

/** Top-level domains that are popular namespace names too: `example.dev` may well be a host outside the mesh. */
const COMMON_TOP_LEVEL_DOMAINS = new Set(
  (
    'ai app art auto bank biz blog bot build cafe chat city cloud club co codes com community company data design dev ' +
    'digital direct earth edu email events exchange express finance foundation fun games global gmbh group health host ' +
    'house inc info insure int io it jobs legal life link live llc local ltd market marketing me media mobi money name ' +
    'net network news ngo one online org page partners pay photos plus press pro pub report reviews run sale school ' +
    'science search security services sh shop site social software solutions space store studio support systems taxi ' +
    'team tech test tools top town trade training travel tv university video vip wiki work works world xyz zone'
  ).split(' '),
);

/** What a HostLookup needs of the mesh. */
export interface HostSources {
  readonly world: 'open' | 'closed';
  readonly index: ResourceIndex;
  readonly registry: HostRegistry;
  /** The registry of the base environment; `undefined` when there is no base. */
  readonly baseRegistry: HostRegistry | undefined;
  readonly absence: AbsenceJudge;
  readonly externals: Externals;
}

/** A host as it is asked for: as written, in a resource of namespace `from` that is exported to `exportTo`. */
interface Question {
  readonly host: string;
  readonly from: string;
  readonly exportTo: readonly string[];
  readonly fqdn: string;
}

/**
 * Answers whether the registry knows a host: first as Istio's analyzers look it up, then, in an open world, with what the
 * repository plainly owns.
 */
export class HostLookup {
  readonly #sources: HostSources;

  constructor(sources: HostSources) {
    this.#sources = sources;
  }

  lookup(host: string, from: string, exportTo: readonly string[]): HostAnswer {
    return exportTo.length > 0 ? this.#lookup(host, from, exportTo) : this.#unexported(from)(host);
  }

  /** Several rules ask for the host of the same route: it is worked out once. */
  readonly #unexported = remembered((from) => remembered((host) => this.#lookup(host, from, [])));

  #lookup(host: string, from: string, exportTo: readonly string[]): HostAnswer {
    const question = { host, from, exportTo, fqdn: toFqdn(host, from) };
    const { registry, world } = this.#sources;
    if (!isKnown(host)) return answer(question, 'unknown', 'the host is filled in later');
    const provider = registry.find(host, from, exportTo);
    if (provider) return provided(question, provider, world);
    if (world === 'closed')
      return answer(question, 'no', 'no Service or ServiceEntry of the mesh provides it');
    // A template language in comments (ytt) leaves the field empty, so this is no proof of a mistake.
    if (host === '') return answer(question, 'unknown', 'no host is written');
    const declared = this.#sources.externals.covering(`host ${host}`, `host ${question.fqdn}`);
    if (declared !== undefined) {
      return answer(question, 'unknown', `declared as existing elsewhere (${declared})`);
    }
    return this.#taken(question) ?? this.#openWorld(question);
  }

  /** The base's ServiceEntry provided the host, and this change takes it away. */
  #taken(question: Question): HostAnswer | undefined {
    const { baseRegistry, index, absence } = this.#sources;
    const before = baseRegistry?.find(question.host, question.from, question.exportTo);
    if (before?.resource.kind !== 'ServiceEntry') return undefined;
    const target = idOf(before.resource);
    if (index.find(target.kind, target.namespace, target.name)) {
      return answer(question, 'no', `this change takes the host out of ${labelOf(target)}`);
    }
    const { absent, confidence, because } = absence.absenceOf(target);
    if (absent === 'unknown') return answer(question, 'unknown', `${labelOf(target)}: ${because}`);
    return answer(question, 'no', `${labelOf(target)}, which provided it: ${because}`, { confidence });
  }

  #openWorld(question: Question): HostAnswer {
    const { host, from } = question;
    if (host.startsWith('*')) return this.#wildcard(question);
    const { namespace, name } = serviceOfHost(host, from);
    if (!name.includes('.')) return this.#service(question, { kind: 'Service', namespace, name });
    return this.#uncompleted(question) ?? this.#outside(question);
  }

  /** A wildcard of a DestinationRule stands for the hosts it covers. */
  #wildcard(question: Question): HostAnswer {
    const covered = this.#sources.registry.providers.find(({ host }) => subsetOf(host, question.host));
    if (!covered) return answer(question, 'unknown', 'no host of this repository is covered by it');
    return answer(question, 'yes', `it covers ${covered.host}`, { confidence: 'likely' });
  }

  #service(question: Question, target: ResourceId): HostAnswer {
    const { index, absence } = this.#sources;
    if (index.find(target.kind, target.namespace, target.name)) {
      const because = `${labelOf(target)} is not exported to namespace ${question.from}`;
      return answer(question, 'no', because, { confidence: 'likely' });
    }
    const near = absence.nearMissOf(target);
    const nearHost = near === undefined ? undefined : serviceHost(near, target.namespace);
    const { absent, confidence, because } = absence.absenceOf(target);
    if (absent === 'yes') {
      return answer(question, 'no', `${labelOf(target)}: ${because}`, { confidence, nearMiss: nearHost });
    }
    if (near !== undefined && absence.describes(target.namespace)) {
      const slip = `namespace ${target.namespace} has a Service ${near}, and none of this name`;
      return answer(question, 'no', slip, { confidence: 'likely', nearMiss: nearHost });
    }
    return answer(question, 'unknown', `${labelOf(target)}: ${because}`, { nearMiss: nearHost });
  }

  /** `svc.ns`, `svc.ns.svc`: Istio completes no host with a dot, so these name no Service. */
  #uncompleted(question: Question): HostAnswer | undefined {
    const { index } = this.#sources;
    const [name = '', namespace = '', ...rest] = question.host.split('.');
    const tail = rest.join('.');
    if (tail !== '' && tail !== 'svc' && tail !== 'svc.cluster') return undefined;
    const because = 'Istio completes only host names without a dot';
    if (index.find('Service', namespace, name)) {
      return answer(question, 'no', because, { nearMiss: serviceHost(name, namespace) });
    }
    const known = index.inNamespace(namespace).length > 0 || index.find('Namespace', '', namespace);
    if (!known || (tail === '' && COMMON_TOP_LEVEL_DOMAINS.has(namespace))) return undefined;
    return answer(question, 'no', because, { confidence: 'likely' });
  }

  #outside(question: Question): HostAnswer {
    const because = 'no ServiceEntry of this repository names it; one may exist elsewhere';
    return answer(question, 'unknown', because);
  }
}

function provided(question: Question, provider: HostProvider, world: 'open' | 'closed'): HostAnswer {
  const { resource, ports, workloadSelector } = provider;
  const vague = world === 'open' && ports.includes(0);
  // Two resources without a namespace are taken to stand in the same one: most often they share a folder.
  const confidence = resource.namespace === '' && world === 'open' ? 'likely' : 'certain';
  return answer(question, 'yes', `${labelOf(idOf(resource))} provides it`, {
    provider: resource,
    ports: vague ? [] : ports,
    workloadSelector,
    confidence,
  });
}

function idOf({ kind, namespace, name }: Resource): ResourceId {
  return { kind, namespace, name };
}

function answer(
  { fqdn }: Question,
  known: Answer,
  because: string,
  rest: Partial<Pick<HostAnswer, 'provider' | 'ports' | 'workloadSelector' | 'confidence' | 'nearMiss'>> = {},
): HostAnswer {
  return {
    known,
    because,
    fqdn,
    provider: undefined,
    ports: [],
    workloadSelector: {},
    confidence: 'certain',
    nearMiss: undefined,
    ...rest,
  };
}
