import { createHash } from 'node:crypto';
import { toResource } from '../render/plain.ts';
import type { Origin, Resource } from '../render/resource.ts';
import { fieldAt, listAt, mappingAt, textAt, textMapAt, type Fields } from '../untyped.ts';
import type { ListedKind } from './kinds.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Metadata that the API server keeps for itself. */
const SERVER_METADATA = new Set([
  'managedFields',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'selfLink',
]);

/** Groups whose `status` rules read: what istiod and the Gateway API say of an object. */
const TELLING_STATUS = /(?:^|\.)(?:istio\.io|gateway\.networking\.k8s\.io)$/;

/**
 * An object of the cluster as a resource: without what the API server and kubectl keep in it for themselves, and in the
 * API version it was written in, which is what deprecations are about.
 */
export function liveResource(object: Fields, kind: ListedKind): Resource | undefined {
  const metadata = mappingAt(object, 'metadata');
  const annotations = without(mappingAt(metadata, 'annotations'), (key) => key === LAST_APPLIED);
  const body: Fields = {
    ...without(object, (key) => key === 'status' && !TELLING_STATUS.test(kind.group)),
    apiVersion: writtenVersion(object, kind),
    kind: kind.kind,
    metadata: { ...without(metadata, (key) => SERVER_METADATA.has(key)), annotations },
  };
  return resourceIn(body, digestOf(object));
}

/**
 * The labels of an object that no applied manifest set: they stay when one is applied that does not have them. What Helm
 * or a server-side apply set, and what the last client-side apply set, goes with its manifest.
 */
export function labelsSetByHand(object: Fields): Readonly<Record<string, string>> {
  const owned = new Set([
    ...Object.keys(mappingAt(lastApplied(object), 'metadata', 'labels')),
    ...listAt(object, 'metadata', 'managedFields')
      .filter((entry) => textAt(entry, 'operation') === 'Apply' || textAt(entry, 'manager') === 'helm')
      .flatMap((entry) => Object.keys(mappingAt(entry, 'fieldsV1', 'f:metadata', 'f:labels')))
      .map((key) => key.replace(/^f:/, '')),
  ]);
  return Object.fromEntries(
    Object.entries(textMapAt(object, 'metadata', 'labels')).filter(([key]) => !owned.has(key)),
  );
}

/** A resource at its place in the cluster. No line of a file stands behind it, so nobody is offered an edit. */
export function resourceIn(
  body: Fields,
  digest: string,
  through: readonly string[] = [],
): Resource | undefined {
  const [namespace, name] = [textAt(body, 'metadata', 'namespace'), textAt(body, 'metadata', 'name')];
  const path = [namespace, textAt(body, 'kind'), name].filter((part) => part !== '').map(encodeURIComponent);
  const at = { file: `cluster/${path.join('/')}`, line: 1, column: 1, endLine: 1 };
  const origin: Origin = { file: at.file, through, at: () => at };
  return toResource(body, origin, digest);
}

/** Content and identity change together with the resource version. */
function digestOf(object: Fields): string {
  const uid = textAt(object, 'metadata', 'uid');
  const version = textAt(object, 'metadata', 'resourceVersion');
  if (uid !== '' && version !== '') return `live:${uid}:${version}`;
  return `live:${createHash('sha256').update(JSON.stringify(object)).digest('hex')}`;
}

/** The API version its author used: the API server converts, and shows every object in whatever version is asked for. */
function writtenVersion(object: Fields, { group, version }: ListedKind): string {
  const listed = group === '' ? version : `${group}/${version}`;
  const spoken = [
    lastAppliedVersion(object),
    ...listAt(object, 'metadata', 'managedFields')
      .filter((entry) => fieldAt(entry, 'fieldsV1', 'f:spec') !== undefined)
      .map((entry) => textAt(entry, 'apiVersion')),
  ];
  return spoken.find((text) => group !== '' && text.startsWith(`${group}/`)) ?? listed;
}

function lastAppliedVersion(object: Fields): string {
  const text = textAt(object, 'metadata', 'annotations', LAST_APPLIED);
  return /^\s*\{\s*"apiVersion"\s*:\s*"([^"\\]{1,100})"/.exec(text)?.[1] ?? '';
}

function lastApplied(object: Fields): unknown {
  try {
    return JSON.parse(textAt(object, 'metadata', 'annotations', LAST_APPLIED)) as unknown;
  } catch {
    return undefined;
  }
}

function without(fields: Fields, isLeftOut: (key: string) => boolean): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !isLeftOut(key)));
}
