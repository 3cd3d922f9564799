import { MESH_GATEWAY } from '../../mesh/gateways.ts';
import { fieldName, fields, hasPlaceholder, qualifiedName, texts } from '../body.ts';
import { gatewayReferencesOf } from '../istio/gateway-references.ts';
import { workloadNamespaces } from '../istio/ist0101-credentials.ts';
import { defineRule } from '../rule.ts';

/** All releases: a gateway's pods see the VirtualServices that are exported to their own namespace, wherever the Gateway is. */
export default defineRule({
  id: 'route-not-exported-to-gateway',
  name: 'route-not-exported-to-gateway',
  level: 'warning',
  inputs: ['VirtualService', 'Gateway', 'workloads'],
  summary: 'A VirtualService is not exported to the namespace in which its gateway runs.',
  messages: {
    hidden:
      'It is exported to {exported}, and the pods of Gateway {gateway} run in {namespace}: they do not see these routes.',
  },
  advice: 'Add {namespace} to exportTo, or remove exportTo.',
  check({ mesh, report }) {
    for (const virtualService of mesh.resources('VirtualService')) {
      const spec = fields(virtualService.body, 'spec');
      const exportTo = texts(spec, 'exportTo');
      if (exportTo.length === 0 || exportTo.includes('*') || exportTo.some(hasPlaceholder)) continue;
      const seen = exportTo.map((scope) => (scope === '.' ? virtualService.namespace : scope));
      for (const { namespace, name, written, path } of gatewayReferencesOf(virtualService)) {
        const gateway = written === MESH_GATEWAY ? undefined : mesh.find('Gateway', namespace, name);
        const [first, ...others] = gateway ? workloadNamespaces(mesh, gateway) : [];
        if (!gateway || first === undefined || [first, ...others].some((one) => seen.includes(one))) continue;
        const evidence = [{ says: 'it is bound to this Gateway', at: virtualService.origin.at(path) }];
        const data = { exported: seen, gateway: qualifiedName(gateway), namespace: first };
        report(virtualService, ['spec', fieldName(spec, 'exportTo')], 'hidden', data, {
          confidence: 'likely',
          evidence,
          atKey: true,
        });
      }
    }
  },
});
