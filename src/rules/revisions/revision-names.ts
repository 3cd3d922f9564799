import { decidingLabel, namespaceLabelPath } from '../../mesh/deciding-label.ts';
import type { ControlPlane, Mesh, RevisionTag } from '../../mesh/mesh.ts';
import type { Location } from '../../vocabulary.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { type Subject, subjectAt } from '../subject.ts';

const REVISION = 'istio.io/rev';

/** Something that names a revision or tag. */
export interface NameUse {
  /** The revision or tag it names; `default` for `istio-injection=enabled`. */
  readonly name: string;
  /** `namespace shop`, `Deployment shop/cart`, `tag prod`, `gateway istio-ingress`. */
  readonly by: string;
  /** A tag is no user of its own: what follows it is. */
  readonly kind: 'namespace' | 'workload' | 'tag' | 'gateway';
  readonly subject: Subject;
  readonly at: () => Location;
}

/** Everything in a mesh that names a revision or tag, as far as its label decides. */
export function nameUses(mesh: Mesh): NameUse[] {
  return [...namespaceUses(mesh), ...workloadUses(mesh), ...gatewayUses(mesh), ...mesh.tags.map(tagUse)];
}

function namespaceUses(mesh: Mesh): NameUse[] {
  return [...mesh.namespaces.values()].flatMap(({ name, labels, resource }) => {
    const label = resource && decidingLabel(labels, {});
    if (!resource || label?.asksFor === undefined) return [];
    const at = () => resource.origin.at(namespaceLabelPath(label.key));
    return [{ name: label.asksFor, by: `namespace ${name}`, kind: 'namespace', subject: resource, at }];
  });
}

/** Pods whose own label decides. */
function workloadUses(mesh: Mesh): NameUse[] {
  return mesh.workloads.flatMap(({ kind, namespace, name, labels, resource, metadataPath }) => {
    const around = mesh.namespaces.get(namespace)?.labels ?? {};
    const label = decidingLabel(around, labels);
    if (label?.on !== 'pod' || label.key !== REVISION || label.asksFor === undefined) return [];
    const at = () => resource.origin.at([...metadataPath, 'labels', REVISION]);
    const by = `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
    return [{ name: label.asksFor, by, kind: 'workload', subject: resource, at }];
  });
}

/** Gateways that a chart makes: their pods carry the label, in no manifest. */
function gatewayUses(mesh: Mesh): NameUse[] {
  return mesh.components.flatMap(({ component, installer, revision, name, namespace, at }) => {
    if (component !== 'gateway' || installer === 'manifests' || revision === undefined) return [];
    if (decidingLabel(mesh.namespaces.get(namespace)?.labels ?? {}, {})) return [];
    const subject = subjectAt({ kind: 'Component', namespace, name: `gateway ${name}` }, at);
    return [{ name: revision, by: `gateway ${name}`, kind: 'gateway', subject, at: () => at }];
  });
}

function tagUse(tag: RevisionTag): NameUse {
  return {
    name: tag.revision,
    by: `tag ${tag.name}`,
    kind: 'tag',
    subject: tagSubject(tag),
    at: () => tag.at,
  };
}

/** A tag of its own manifest is that object; one that a chart's values create has only a name. */
export function tagSubject({ name, at }: RevisionTag): Subject {
  return subjectAt({ kind: 'RevisionTag', namespace: '', name }, at);
}

export function controlPlaneSubject({ release, namespace, at }: ControlPlane): Subject {
  return subjectAt({ kind: 'ControlPlane', namespace, name: release ?? 'istiod' }, at);
}

/**
 * The revisions of two sides, compared. Empty where a side has none, or one whose name is filled in later. What istioctl
 * installed stays until somebody uninstalls it, so it is never removed.
 */
export interface RevisionChange {
  readonly added: readonly ControlPlane[];
  readonly removed: readonly ControlPlane[];
}

export function revisionChange(before: Mesh, after: Mesh): RevisionChange {
  const sides = [before.controlPlanes, after.controlPlanes];
  const clear = sides.every((side) => side.length > 0 && side.every(({ revision }) => isKnown(revision)));
  if (!clear) return { added: [], removed: [] };
  const has = ({ controlPlanes }: Mesh, name: string) =>
    controlPlanes.some(({ revision }) => revision === name);
  return {
    added: after.controlPlanes.filter(({ revision }) => !has(before, revision)),
    removed: before.controlPlanes.filter(
      ({ revision, installer }) => installer !== 'istioctl' && !has(after, revision),
    ),
  };
}

/** Installers that delete what a release no longer holds. */
const PRUNING = new Set<ControlPlane['installer']>(['helm', 'argocd', 'flux']);

/** The control planes that the same release, under another revision, replaces: everything it installed is renamed. */
export function renamedInPlace({
  added,
  removed,
}: RevisionChange): (readonly [ControlPlane, ControlPlane])[] {
  return removed.flatMap((gone) => {
    const successor = added.find(
      ({ installer, release, namespace }) =>
        PRUNING.has(installer) &&
        installer === gone.installer &&
        release !== undefined &&
        release === gone.release &&
        namespace === gone.namespace,
    );
    return successor ? [[gone, successor] as const] : [];
  });
}

/** What named an older revision at base and names one of `added` now, by itself or through a tag. */
export function movedTo(added: readonly ControlPlane[], before: Mesh, after: Mesh): NameUse[] {
  if (added.length === 0) return [];
  const names = new Set(added.map(({ revision }) => revision));
  const earlier = new Map(nameUses(before).map(({ by, name }) => [by, name]));
  return nameUses(after).filter(({ by, name }) => {
    const was = earlier.get(by);
    return was !== undefined && was !== name && names.has(name);
  });
}
