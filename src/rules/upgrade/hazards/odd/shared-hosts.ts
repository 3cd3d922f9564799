import { serviceOfHost } from '../../../../mesh/host-names.ts';
import type { Mesh } from '../../../../mesh/mesh.ts';
import type { Resource } from '../../../../render/resource.ts';
import type { Path } from '../../../../vocabulary.ts';
import { isKnown } from '../../../../yaml/placeholders.ts';
import { fields, list, text, texts } from '../../../body.ts';
import { type Hit, objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

interface Claim {
  readonly host: string;
  readonly resource: Resource;
  readonly path: Path;
}

/** Hosts that ServiceEntries of several namespaces claim, or a ServiceEntry and a Kubernetes Service elsewhere. */
export const hostsInSeveralNamespaces: OddLook = {
  inputs: ['ServiceEntry', 'services'],
  hits: (mesh) => {
    const services = new Map(
      mesh.services.map(({ name, namespace }) => [`${name}.${namespace}.svc.cluster.local`, namespace]),
    );
    return [...groups(claims(mesh)).values()].flatMap((group) => {
      const places = new Set(group.map(({ resource }) => resource.namespace));
      const home = services.get(group[0]?.host ?? '');
      if (home !== undefined) places.add(home);
      if (places.size < 2 && home === undefined) return [];
      return group.map(({ resource, path }) => objectHit(resource, path));
    });
  },
};

/** What a ServiceEntry shows to other namespaces; one that keeps to its own is in nobody's way. */
function claims(mesh: Mesh): Claim[] {
  return mesh.resources('ServiceEntry').flatMap((resource) => {
    const spec = fields(resource.body, 'spec');
    const exported = texts(spec, 'exportTo');
    if (exported.length === 1 && exported[0] === '.') return [];
    return texts(spec, 'hosts').flatMap((host, index) =>
      isKnown(host) && isKnown(resource.namespace)
        ? [{ host, resource, path: ['spec', 'hosts', index] }]
        : [],
    );
  });
}

function groups(all: readonly Claim[]): Map<string, Claim[]> {
  const byHost = new Map<string, Claim[]>();
  for (const claim of all) {
    const known = byHost.get(claim.host);
    if (known) known.push(claim);
    else byHost.set(claim.host, [claim]);
  }
  return byHost;
}

/** DestinationRules of one namespace for one host that are exported to different places. */
export const rulesExportedDifferently: OddLook = {
  inputs: ['DestinationRule'],
  hits: (mesh) => {
    const byHost = new Map<string, Resource[]>();
    for (const resource of mesh.resources('DestinationRule')) {
      const { namespace, name } = serviceOfHost(
        text(fields(resource.body, 'spec'), 'host'),
        resource.namespace,
      );
      const key = JSON.stringify([resource.namespace, namespace, name]);
      byHost.set(key, [...(byHost.get(key) ?? []), resource]);
    }
    return [...byHost.values()].flatMap((rules) =>
      new Set(rules.map(exportOf)).size > 1
        ? rules.map((resource): Hit => objectHit(resource, ['spec', 'exportTo']))
        : [],
    );
  },
};

function exportOf({ body }: Resource): string {
  const written = texts(fields(body, 'spec'), 'exportTo');
  return JSON.stringify(written.length === 0 ? ['*'] : [...written].sort());
}

const BACKEND_POLICIES = ['BackendTLSPolicy', 'XBackendTrafficPolicy.gateway.networking.x-k8s.io'];

/** DestinationRules for a Service that a BackendTLSPolicy speaks of too. */
export const ruleAndBackendPolicy: OddLook = {
  inputs: ['DestinationRule', ...BACKEND_POLICIES],
  hits: (mesh) => {
    const policed = new Set(
      BACKEND_POLICIES.flatMap((kind) => mesh.resources(kind)).flatMap(({ body, namespace }) =>
        list(fields(body, 'spec'), 'targetRefs')
          .filter((target) => text(target, 'kind') === 'Service')
          .map((target) => `${text(target, 'name')}.${namespace}`),
      ),
    );
    return mesh.resources('DestinationRule').flatMap((resource) => {
      const [name = '', namespace = resource.namespace] = text(fields(resource.body, 'spec'), 'host').split(
        '.',
      );
      return policed.has(`${name}.${namespace}`) ? [objectHit(resource, ['spec', 'host'])] : [];
    });
  },
};
