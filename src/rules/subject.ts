import type { Origin } from '../render/resource.ts';
import type { Location, ResourceId } from '../vocabulary.ts';

/** What a finding is about: a resource, or something that has a name and a place but is no Kubernetes object. */
export interface Subject extends ResourceId {
  readonly annotations: Readonly<Record<string, string>>;
  readonly origin: Pick<Origin, 'file' | 'at'>;
}

/** A file, a chart, a revision: whatever `id` says, at one place. */
export function subjectAt({ kind, namespace, name }: ResourceId, at: Location): Subject {
  return { kind, namespace, name, annotations: {}, origin: { file: at.file, at: () => at } };
}

/** `owner`, for a finding whose place another reader has already looked up. */
export function placedAt(owner: Subject, at: Location): Subject {
  const { kind, namespace, name, annotations } = owner;
  return { kind, namespace, name, annotations, origin: { file: owner.origin.file, at: () => at } };
}
