import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import type { Settings } from '../../src/config/settings.ts';
import type { Environment, OpaqueSource } from '../../src/environments/environment.ts';
import type { Resource } from '../../src/render/resource.ts';
import { buildMesh } from '../../src/mesh/build.ts';
import type { Mesh } from '../../src/mesh/mesh.ts';

type Body = Record<string, unknown>;

interface Options {
  readonly namespace?: string;
  readonly labels?: Record<string, string>;
  readonly annotations?: Record<string, string>;
  readonly file?: string;
}

/** A resource as the reader of manifests would hand it over; `rest` is what stands beside metadata. */
export function object(
  apiVersion: string,
  kind: string,
  name: string,
  rest: Body,
  options: Options = {},
): Resource {
  const { namespace = '', labels = {}, annotations = {}, file = 'manifests.yaml' } = options;
  const metadata = { name, ...(namespace === '' ? {} : { namespace }), labels, annotations };
  return {
    apiVersion,
    group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '',
    kind,
    namespace,
    name,
    labels,
    annotations,
    body: { apiVersion, kind, metadata, ...rest },
    origin: { file, at: () => ({ file, line: 1, column: 1, endLine: 1 }), through: [] },
    digest: `${file}:${kind}:${namespace}/${name}`,
  };
}

export function service(namespace: string, name: string, spec: Body = {}, options: Options = {}): Resource {
  return object('v1', 'Service', name, { spec }, { ...options, namespace });
}

export function deployment(
  namespace: string,
  name: string,
  labels: Record<string, string> = { app: name },
): Resource {
  const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'x' }] } };
  return object('apps/v1', 'Deployment', name, { spec: { template } }, { namespace });
}

export function serviceEntry(namespace: string, name: string, spec: Body): Resource {
  return object('networking.istio.io/v1', 'ServiceEntry', name, { spec }, { namespace });
}

export function gateway(namespace: string, name: string, spec: Body = {}): Resource {
  return object('networking.istio.io/v1', 'Gateway', name, { spec }, { namespace });
}

export function namespaceManifest(name: string, labels: Record<string, string> = {}): Resource {
  return object('v1', 'Namespace', name, {}, { labels });
}

export function environment(
  resources: readonly Resource[],
  opaque: readonly OpaqueSource[] = [],
): Environment {
  return {
    name: 'default',
    roots: [''],
    because: 'the whole repository',
    resources,
    charts: [],
    opaque,
    files: new Set<string>(),
    unchecked: [],
  };
}

export interface MeshOptions extends Partial<Settings> {
  readonly opaque?: readonly OpaqueSource[];
  readonly base?: readonly Resource[];
  readonly baseOpaque?: readonly OpaqueSource[];
}

export function meshOf(resources: readonly Resource[], options: MeshOptions = {}): Mesh {
  const { opaque, base, baseOpaque, ...settings } = options;
  return buildMesh(
    environment(resources, opaque),
    { ...DEFAULT_SETTINGS, ...settings },
    base && environment(base, baseOpaque),
  );
}
