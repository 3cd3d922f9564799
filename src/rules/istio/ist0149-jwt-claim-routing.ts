import type { Mesh, Workload } from '../../mesh/mesh.ts';
import { matchesLabels } from '../../mesh/selectors.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { field, fieldName, fields, labels, list, qualifiedName } from '../body.ts';
import { defineRule } from '../rule.ts';
import { gatewayReferencesOf } from './gateway-references.ts';
import { isClaim } from './jwt-claim.ts';

/** IST0149 (since 1.14): claims are there to route by only after a RequestAuthentication has verified the token. */
export default defineRule({
  id: 'IST0149',
  name: 'jwt-claim-routing',
  level: 'error',
  inputs: ['VirtualService', 'Gateway', 'RequestAuthentication', 'workloads', 'absence'],
  summary:
    'A VirtualService routes by a JWT claim, and no RequestAuthentication verifies tokens at its gateway.',
  messages: {
    unverified:
      'Routing by {claim} needs a RequestAuthentication for {workload}, which serves the Gateway {gateway}.',
  },
  advice: 'Add a RequestAuthentication that selects the gateway pods, in their namespace.',
  check({ mesh, report, unchecked }) {
    for (const virtualService of mesh.resources('VirtualService')) {
      const claim = firstClaim(virtualService);
      if (!claim) continue;
      for (const reference of gatewayReferencesOf(virtualService)) {
        const gateway = mesh.find('Gateway', reference.namespace, reference.name);
        if (!gateway) continue;
        const selector = labels(fields(gateway.body, 'spec'), 'selector');
        for (const workload of mesh.select(selector, undefined).selected) {
          if (mesh.world === 'closed' && workload.kind !== 'Pod') continue;
          if (isVerified(mesh, workload)) continue;
          const absence = mesh.absenceOf({
            kind: 'RequestAuthentication',
            namespace: workload.namespace,
            name: gateway.name,
          });
          if (absence.absent === 'unknown') {
            unchecked('token verification at a gateway', absence.because, virtualService, claim.path);
            continue;
          }
          const data = { claim: claim.key, workload: workload.name, gateway: qualifiedName(gateway) };
          report(virtualService, claim.path, 'unverified', data, { confidence: absence.confidence });
        }
      }
    }
  },
});

function firstClaim(virtualService: Resource): { key: string; path: Path } | undefined {
  for (const [index, route] of list(fields(virtualService.body, 'spec'), 'http').entries()) {
    for (const [position, match] of list(route, 'match').entries()) {
      for (const name of ['headers', 'withoutHeaders']) {
        const key = Object.keys(fields(match, name)).sort().find(isClaim);
        const path = ['spec', 'http', index, 'match', position, fieldName(match, name)];
        if (key !== undefined) return { key, path: [...path, key] };
      }
    }
  }
  return undefined;
}

function isVerified(mesh: Mesh, workload: Workload): boolean {
  return mesh.resources('RequestAuthentication').some((request) => {
    if (request.namespace !== 'istio-system' && request.namespace !== workload.namespace) return false;
    const selector = labels(field(fields(request.body, 'spec'), 'selector'), 'matchLabels');
    return matchesLabels(selector, workload.labels) !== 'no';
  });
}
