/** The parts of a container image reference; '' for a missing one. */
export interface ImageReference {
  /** Registry and folders, without the last part. */
  readonly hub: string;
  /** The last part: `pilot`, `proxyv2`. */
  readonly name: string;
  readonly tag: string;
  readonly digest: string;
}

/** Splits `docker.io/istio/pilot:1.28.0-distroless@sha256:...`; a port of the registry is no tag. */
export function parseImage(image: string): ImageReference {
  const [reference = '', digest = ''] = image.split('@', 2);
  const slash = reference.lastIndexOf('/');
  const last = reference.slice(slash + 1);
  const colon = last.indexOf(':');
  return {
    hub: slash < 0 ? '' : reference.slice(0, slash),
    name: colon < 0 ? last : last.slice(0, colon),
    tag: colon < 0 ? '' : last.slice(colon + 1),
    digest,
  };
}
