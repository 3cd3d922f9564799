import type { Cluster } from './cluster.ts';
import { installPlane, removePlane } from './charts.ts';
import { at, text, type Manifest } from './manifests.ts';

/** Brings control planes and tags to what the operator's objects say; old revisions stay while something uses them. */
export function reconcileSail(cluster: Cluster): void {
  const objects = [...cluster.objects.values()] as unknown as Manifest[];
  const wanted = new Map<string, string>();
  for (const one of objects) {
    if (one.kind === 'IstioRevision') wanted.set(one.metadata.name, text(one, 'spec', 'version').slice(1));
    if (one.kind === 'Istio') wanted.set(activeRevision(one), text(one, 'spec', 'version').slice(1));
    if (one.kind === 'IstioCNI') cluster.nodes.set('cni', { version: text(one, 'spec', 'version').slice(1) });
  }
  for (const [revision, version] of wanted) {
    if (cluster.planes.get(revision) !== version) installPlane(cluster, revision, version);
  }
  tagsOf(cluster, objects);
  const short = objects.every((one) => one.kind !== 'Istio' || graceOf(one) < 3600);
  for (const revision of [...cluster.planes.keys()]) {
    if (!wanted.has(revision) && short && !inUse(cluster, revision)) removePlane(cluster, revision);
  }
}

export function activeRevision({ metadata, ...rest }: Manifest): string {
  const versioned = text(rest, 'spec', 'updateStrategy', 'type') === 'RevisionBased';
  return versioned ? `${metadata.name}-${text(rest, 'spec', 'version').replaceAll('.', '-')}` : metadata.name;
}

function graceOf(istio: Manifest): number {
  return Number(at(istio, 'spec', 'updateStrategy', 'inactiveRevisionDeletionGracePeriodSeconds') ?? 30);
}

function tagsOf(cluster: Cluster, objects: readonly Manifest[]): void {
  const tags = objects.filter(({ kind }) => kind === 'IstioRevisionTag');
  for (const name of [...cluster.webhooks.keys()]) {
    if (
      name.startsWith('istio-revision-tag-') &&
      !tags.some(({ metadata }) => name.endsWith(`-${metadata.name}`))
    )
      cluster.webhooks.delete(name);
  }
  for (const { metadata, ...rest } of tags) {
    const [kind, target] = [text(rest, 'spec', 'targetRef', 'kind'), text(rest, 'spec', 'targetRef', 'name')];
    const istio = objects.find((one) => one.kind === 'Istio' && one.metadata.name === target);
    const revision = kind === 'Istio' && istio ? activeRevision(istio) : target;
    const answers = [metadata.name];
    const service = `istiod-${revision}`;
    cluster.webhooks.set(`istio-revision-tag-${metadata.name}`, {
      answers,
      service,
      revision,
      tag: metadata.name,
    });
  }
}

function inUse(cluster: Cluster, revision: string): boolean {
  const asked = [...cluster.namespaces.values()].some((labels) => labels['istio.io/rev'] === revision);
  const tagged = [...cluster.webhooks.values()].some(
    (webhook) => webhook.tag !== undefined && webhook.revision === revision,
  );
  return asked || tagged || [...cluster.workloads.values()].some(({ proxy }) => proxy?.revision === revision);
}
