import type { Location } from '../vocabulary.ts';
import type { Resource } from '../render/resource.ts';
import { fieldAt, listAt, textAt } from '../untyped.ts';
import { renderedSelectors } from './injector-selectors.ts';
import type { SelectorOwner } from './injector-selectors.ts';
import type { Installations } from './installations/installation.ts';
import type { ControlPlane, RevisionTag } from './mesh.ts';

/** One entry of an injector's MutatingWebhookConfiguration: the API server calls it when both selectors match. */
export interface InjectorWebhook {
  /** `default` for the empty revision. */
  readonly revision: string;
  /** The tag whose object holds the entry. */
  readonly tag: string | undefined;
  readonly namespaceSelector: unknown;
  readonly objectSelector: unknown;
  readonly at: Location;
}

const REVISION = 'istio.io/rev';

/**
 * The webhooks of an environment: those written as manifests as they stand, and for every other control plane and tag
 * those its chart renders at its version.
 */
export function injectorWebhooks(
  { controlPlanes, tags }: Installations,
  manifests: readonly Resource[],
): InjectorWebhook[] {
  const written = manifests.flatMap(writtenWebhooks);
  const has = (revision: string, tag: string | undefined): boolean =>
    written.some((webhook) => webhook.tag === tag && (tag !== undefined || webhook.revision === revision));
  const rendered = controlPlanes
    .filter(({ revision, webhooksElsewhere }) => !has(revision, undefined) && webhooksElsewhere !== true)
    .flatMap((controlPlane) => renderedWebhooks(controlPlane, undefined));
  const ofTags = tags
    .filter(({ name, revision }) => !has(revision, name))
    .flatMap((tag) => renderedWebhooks(targetOf(tag, controlPlanes), tag));
  return [...written, ...rendered, ...ofTags];
}

/** Entries of a manifest that call an injector for new pods. */
function writtenWebhooks(manifest: Resource): InjectorWebhook[] {
  return listAt(manifest.body, 'webhooks').flatMap((entry, index) => {
    if (!/(?:^|\.)sidecar-injector\.istio\.io$/.test(textAt(entry, 'name'))) return [];
    return [
      {
        revision: manifest.labels[REVISION] ?? 'default',
        tag: manifest.labels['istio.io/tag'],
        namespaceSelector: fieldAt(entry, 'namespaceSelector'),
        objectSelector: fieldAt(entry, 'objectSelector'),
        at: manifest.origin.at(['webhooks', index]),
      },
    ];
  });
}

type Renderer = SelectorOwner & Pick<ControlPlane, 'at'>;

/** The control plane that a tag points to; one that is not here renders as a recent one would. */
function targetOf(tag: RevisionTag, controlPlanes: readonly ControlPlane[]): Renderer {
  const target = controlPlanes.findLast(({ revision }) => revision === tag.revision);
  if (target) return { ...target, at: tag.at };
  return { revision: tag.revision, version: undefined, injectsByDefault: false, at: tag.at };
}

/** The webhooks of a control plane, or of a tag on it, as its chart renders them. */
export function renderedWebhooks(
  owner: Renderer,
  tag: Pick<RevisionTag, 'name'> | undefined,
): InjectorWebhook[] {
  const { revision, at } = owner;
  return renderedSelectors(owner, tag?.name).map(([namespaceSelector, objectSelector]) => ({
    revision,
    tag: tag?.name,
    namespaceSelector,
    objectSelector,
    at,
  }));
}
