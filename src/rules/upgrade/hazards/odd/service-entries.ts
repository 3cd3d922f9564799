import { fields, labels, texts } from '../../../body.ts';
import type { Mesh } from '../../../../mesh/mesh.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** ServiceEntries with the host of a Service of this environment. */
export const serviceEntryOverService: OddLook = {
  inputs: ['ServiceEntry', 'services'],
  hits: (mesh) => {
    const hosts = serviceHosts(mesh);
    return mesh
      .resources('ServiceEntry')
      .flatMap((entry) =>
        texts(fields(entry.body, 'spec'), 'hosts').flatMap((host, index) =>
          hosts.has(host) ? [objectHit(entry, ['spec', 'hosts', index])] : [],
        ),
      );
  },
};

function serviceHosts({ services }: Mesh): ReadonlySet<string> {
  return new Set(
    services
      .filter(({ namespace }) => namespace !== '')
      .flatMap(({ name, namespace }) => [
        `${name}.${namespace}.svc`,
        `${name}.${namespace}.svc.cluster.local`,
      ]),
  );
}

/** ServiceEntries whose workloadSelector selects something in other namespaces, and nothing in their own. */
export const serviceEntrySelectingElsewhere: OddLook = {
  inputs: ['ServiceEntry', 'WorkloadEntry', 'workloads'],
  hits: (mesh) => {
    const sources = [
      ...mesh.workloads.map((workload) => ({ namespace: workload.namespace, labels: workload.labels })),
      ...mesh.resources('WorkloadEntry').map((entry) => ({
        namespace: entry.namespace,
        labels: { ...entry.labels, ...labels(fields(entry.body, 'spec'), 'labels') },
      })),
    ];
    return mesh.resources('ServiceEntry').flatMap((entry) => {
      const wanted = Object.entries(labels(fields(fields(entry.body, 'spec'), 'workloadSelector'), 'labels'));
      if (wanted.length === 0 || entry.namespace === '') return [];
      const selected = sources.filter((source) =>
        wanted.every(([key, value]) => source.labels[key] === value),
      );
      const elsewhere =
        selected.length > 0 && selected.every(({ namespace }) => namespace !== entry.namespace);
      return elsewhere ? [objectHit(entry, ['spec', 'workloadSelector'])] : [];
    });
  },
};
