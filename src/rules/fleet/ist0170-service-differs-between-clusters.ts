import type { Mesh, ServiceModel } from '../../mesh/mesh.ts';
import { defineFleetRule } from '../fleet-rule.ts';

/**
 * IST0170 (since 1.22): clusters of one mesh see a Service of the same name as one. Only where the clusters are named, for
 * the environments of a repository are seldom one mesh.
 */
export default defineFleetRule({
  id: 'IST0170',
  name: 'service-differs-between-clusters',
  level: 'warning',
  inputs: ['services'],
  summary: 'A Service is not the same in all clusters of a mesh (closed world only).',
  messages: {
    differs: 'Service {service} is not the same in the clusters {clusters}: {reasons}.',
  },
  advice: 'Write it alike in every cluster: the mesh takes Services of the same name and namespace for one.',
  check({ environment, others, report }) {
    const { after: mesh, name } = environment;
    if (!mesh || mesh.world === 'open') return;
    const all = [{ name, mesh }, ...others.map((other) => ({ name: other.name, mesh: other.member().after }))]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((cluster) => ({ name: cluster.name, services: byName(cluster.mesh) }));
    for (const service of mesh.services) {
      const key = keyOf(service);
      const found = all.flatMap((cluster) => {
        const one = cluster.services.get(key);
        return one ? [{ cluster: cluster.name, service: one }] : [];
      });
      const [first, ...rest] = found;
      // It is told of the first cluster that has it.
      if (first?.cluster !== name || rest.length === 0) continue;
      const reasons = differences(
        service,
        rest.map((other) => other.service),
      );
      if (reasons.length === 0) continue;
      const clusters = found.map(({ cluster }) => cluster);
      const evidence = rest.slice(0, 3).map((other) => ({
        says: `the Service in ${other.cluster}`,
        at: other.service.resource.origin.at(['metadata', 'name']),
      }));
      const data = { service: service.name, clusters, reasons };
      report(service.resource, ['metadata', 'name'], 'differs', data, { evidence });
    }
  },
});

function byName(mesh: Mesh | undefined): ReadonlyMap<string, ServiceModel> {
  return new Map((mesh?.services ?? []).map((service) => [keyOf(service), service]));
}

function keyOf({ namespace, name }: ServiceModel): string {
  return `${namespace}/${name}`;
}

function differences(service: ServiceModel, others: readonly ServiceModel[]): string[] {
  const differ = (of: (one: ServiceModel) => unknown) => others.some((other) => of(other) !== of(service));
  return [
    ...(differ(({ headless }) => headless) ? ['it is headless in some of them only'] : []),
    ...(differ(({ type }) => type) ? ['its type differs'] : []),
    ...(differ(portsText) ? ['its ports differ'] : []),
  ];
}

function portsText({ ports }: ServiceModel): string {
  return ports
    .map(({ name, port, targetPort, protocol, appProtocol }) =>
      JSON.stringify([name, port, targetPort, protocol, appProtocol]),
    )
    .sort()
    .join();
}
