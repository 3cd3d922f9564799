import type { MetadataSignal, ObjectSignal, PodSignal } from '../../../facts/hazards/hazard.ts';
import { ambientOf } from '../../../mesh/ambient.ts';
import { parseImage } from '../../../mesh/installations/image-reference.ts';
import type { Mesh, Workload } from '../../../mesh/mesh.ts';
import type { Answer, Path } from '../../../vocabulary.ts';
import { isShippedByIstio } from '../../shipped-by-istio.ts';
import { holds, partsMeeting } from './condition.ts';
import { type Hit, objectHit, podHit } from './hit.ts';
import { perObject } from '../../../remember.ts';
import { madePods } from './pod-metadata.ts';

/** Objects, or parts of them, of some kinds. */
export function objectHits(mesh: Mesh, { kinds, api, each, where }: ObjectSignal): Hit[] {
  return kinds.flatMap((kind) =>
    mesh.resources(kind).flatMap((resource) => {
      if (isShippedByIstio(resource)) return [];
      if (api && !api.includes(resource.apiVersion.split('/').at(-1) ?? '')) return [];
      return partsMeeting(resource.body, each, where).map(({ path }) =>
        objectHit(resource, path.length === 0 ? ['kind'] : path),
      );
    }),
  );
}

/** Pod templates of workloads that are, or may be, in the mesh. */
export function podHits(mesh: Mesh, { each, where, pods = 'injected' }: PodSignal): Hit[] {
  return mesh.workloads.flatMap((workload) => {
    const parts = partsMeeting(workload.spec, each, where);
    if (parts.length === 0) return [];
    const meant = isMeant(mesh, workload, pods);
    if (meant === 'no') return [];
    return parts.map(({ path }) => podHit(workload, path, meant === 'unknown'));
  });
}

function isMeant(mesh: Mesh, workload: Workload, pods: NonNullable<PodSignal['pods']>): Answer {
  if (pods === 'any') return 'yes';
  if (pods === 'injected') return mesh.injectionOf(workload).injected;
  const namespace = mesh.namespaces.get(workload.namespace);
  return namespace ? ambientOf(namespace, workload, mesh.injectionOf(workload)).ambient : 'unknown';
}

const ISTIO_ITSELF = /^(?:pilot|install-cni|ztunnel|operator)(?:-|$)/;

/**
 * Workloads whose labels and annotations people write: Istio's own manifests carry those of its charts. A gateway's
 * annotations are people's, its labels the chart's. Those without any are left out.
 */
const applications = {
  annotation: perObject(({ workloads }: Mesh) =>
    workloads.filter((one) => hasAny(one.annotations) && isOwn(one, false)),
  ),
  label: perObject(({ workloads }: Mesh) =>
    workloads.filter((one) => hasAny(one.labels) && isOwn(one, true)),
  ),
};

function hasAny(entries: Readonly<Record<string, string>>): boolean {
  return Object.keys(entries).length > 0;
}

function isOwn({ containers }: Workload, exceptGateways: boolean): boolean {
  return containers.every(({ name, image }) => {
    const program = parseImage(image).name;
    const isGateway = exceptGateways && program === 'proxyv2' && containers.length === 1;
    return name !== 'discovery' && !ISTIO_ITSELF.test(program) && !isGateway;
  });
}

/** Annotations or labels of objects and of pod templates. */
export function metadataHits(mesh: Mesh, { look, key, is, on = ['pods'] }: MetadataSignal): Hit[] {
  const holder = `${look}s` as const;
  const keysOf = (entries: Readonly<Record<string, unknown>>): string[] =>
    typeof key === 'string'
      ? Object.hasOwn(entries, key)
        ? [key]
        : []
      : Object.keys(entries).filter((one) => key.test(one));
  const matching = (entries: Readonly<Record<string, string>>, path: Path): Path[] => {
    const keys = keysOf(entries);
    if (is.test === 'absent') return keys.length === 0 ? [path] : [];
    return keys.filter((one) => holds(entries[one], is)).map((one) => [...path, holder, one]);
  };
  const made = (): Hit[] =>
    is.test === 'absent'
      ? []
      : madePods[holder](mesh).flatMap(({ entries, hit }) =>
          keysOf(entries)
            .filter((one) => holds(entries[one], is))
            .map(hit),
        );
  return on.flatMap((kind) =>
    kind === 'pods'
      ? [
          ...applications[look](mesh).flatMap((workload) =>
            matching(workload[holder], workload.metadataPath).map((path) =>
              objectHit(workload.resource, path),
            ),
          ),
          ...made(),
        ]
      : mesh
          .resources(kind)
          .flatMap((resource) =>
            matching(resource[holder], ['metadata']).map((path) => objectHit(resource, path)),
          ),
  );
}
