import type { Mesh } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { fields, hasPlaceholder, list, text } from '../body.ts';
import type { ReferenceContext } from './ist0101-reference-not-found.ts';
import { type Destination, destinationsOf, within } from './virtual-service-destinations.ts';

/** The subsets that DestinationRules define, by the host they are for. */
class Subsets {
  readonly #rules = new Map<string, Resource[]>();
  readonly #mesh: Mesh;

  constructor(mesh: Mesh) {
    this.#mesh = mesh;
    for (const rule of mesh.resources('DestinationRule')) {
      const key = this.#key(text(fields(rule.body, 'spec'), 'host'), rule.namespace);
      this.#rules.set(key, [...(this.#rules.get(key) ?? []), rule]);
    }
  }

  rulesFor(host: string, namespace: string): readonly Resource[] {
    return this.#rules.get(this.#key(host, namespace)) ?? [];
  }

  /** Istio's analyzers compare service names; a mesh compares complete hosts, which also tells external hosts apart. */
  #key(host: string, namespace: string): string {
    if (this.#mesh.world === 'open') return this.#mesh.lookupHost(host, namespace, []).fqdn;
    const parts = /^(.+)\.([^.]+)\.svc\.cluster\.local$/.exec(host);
    return parts ? `${parts[2] ?? ''}/${parts[1] ?? ''}` : `${namespace}/${host}`;
  }
}

/** Destinations that ask for a subset which no DestinationRule of their host defines. */
export function checkSubsets(context: ReferenceContext): void {
  const subsets = new Subsets(context.mesh);
  for (const virtualService of context.mesh.resources('VirtualService')) {
    for (const destination of destinationsOf(virtualService)) {
      checkSubset(context, virtualService, destination, subsets);
    }
  }
}

function checkSubset(
  context: ReferenceContext,
  virtualService: Resource,
  destination: Destination,
  subsets: Subsets,
): void {
  const host = text(destination.fields, 'host');
  const subset = text(destination.fields, 'subset');
  if (subset === '' || hasPlaceholder(subset) || hasPlaceholder(host)) return;
  const rules = subsets.rulesFor(host, virtualService.namespace);
  if (rules.some((rule) => mayDefine(rule, subset))) return;
  const path = within(destination, 'subset');
  const data = { host, subset, role: destination.role === 'mirror' ? 'mirror' : 'host' };
  const [rule] = rules;
  if (context.mesh.world === 'closed') {
    context.report(virtualService, within(destination, 'host'), 'subset', data);
  } else if (rule) {
    const says = `DestinationRule ${rule.name} is for this host and defines other subsets`;
    const at = rule.origin.at(['spec', 'subsets'], 'key');
    context.report(virtualService, path, 'subset', data, { evidence: [{ says, at }] });
  } else {
    checkRuleAbsent(context, virtualService, destination, data);
  }
}

/** No DestinationRule at all: it may live beside the client or beside the service. */
function checkRuleAbsent(
  context: ReferenceContext,
  virtualService: Resource,
  destination: Destination,
  data: { host: string; subset: string; role: string },
): void {
  const { mesh } = context;
  const [name = '', serviceNamespace = ''] = mesh
    .lookupHost(data.host, virtualService.namespace, [])
    .fqdn.split('.');
  const answers = [virtualService.namespace, serviceNamespace].map((namespace) =>
    mesh.absenceOf({ kind: 'DestinationRule', namespace, name }),
  );
  const unknown = answers.find((answer) => answer.absent === 'unknown');
  const path = within(destination, 'subset');
  if (unknown) {
    context.unchecked('references to a subset', unknown.because, virtualService, path);
    return;
  }
  const evidence = answers.slice(0, 1).map(({ because }) => ({ says: because }));
  context.report(virtualService, path, 'subset', data, { confidence: 'likely', evidence });
}

/** A subset whose name is a placeholder could be any. */
function mayDefine(rule: Resource, subset: string): boolean {
  return list(fields(rule.body, 'spec'), 'subsets').some((entry) => {
    const name = text(entry, 'name');
    return name === subset || hasPlaceholder(name);
  });
}
