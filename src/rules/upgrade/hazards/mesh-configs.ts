import type { Fields } from '../../../untyped.ts';
import { embeddedYaml } from '../../../mesh/installations/embedded-yaml.ts';
import type { Location, Path, ResourceId } from '../../../vocabulary.ts';
import { fields, text } from '../../body.ts';
import { perResource } from '../../per-resource.ts';
import type { Mesh } from '../../../mesh/mesh.ts';
import { perObject } from '../../../remember.ts';
import { madePods } from './pod-metadata.ts';
import { controlPlaneSubject } from '../../revisions/revision-names.ts';

/** A MeshConfig, or a ProxyConfig inside or outside one, and where its fields stand. */
export interface ConfigSource {
  readonly config: Fields;
  readonly at: (path: Path) => Location;
  readonly id: ResourceId;
  /** Of the control plane that reads it. */
  readonly revision: string | undefined;
  /** It holds for the whole mesh, not for one workload. */
  readonly setting: boolean;
}

const MESH_CONFIG_MAP = /^istio(?:-[a-z0-9-]+)?$/;

/** Every MeshConfig that the environment writes: of control planes, and in ConfigMaps whose istiod is elsewhere. */
export const meshConfigs = perObject((mesh: Mesh): readonly ConfigSource[] => {
  const ofPlanes = mesh.controlPlanes.map((plane) => ({
    config: plane.meshConfig,
    at: plane.meshConfigAt ?? (() => plane.at),
    id: controlPlaneSubject(plane),
    revision: plane.revision,
    setting: true,
  }));
  const known = new Set(
    mesh.controlPlanes
      .filter(({ installer }) => installer === 'manifests')
      .map(({ namespace, revision }) => `${namespace}/${revision}`),
  );
  return [
    ...ofPlanes,
    ...mesh.resources('ConfigMap').flatMap((resource) => {
      if (!MESH_CONFIG_MAP.test(resource.name)) return [];
      const revision = resource.name === 'istio' ? 'default' : resource.name.slice('istio-'.length);
      const layer = meshOf(resource)[0];
      if (!layer || known.has(`${resource.namespace || 'istio-system'}/${revision}`)) return [];
      return [{ config: layer.values, at: layer.at, id: resource, revision, setting: true }];
    }),
  ];
});

const meshOf = perResource((resource) => {
  const content = text(fields(resource.body, 'data'), 'mesh');
  const layer = content === '' ? undefined : embeddedYaml(content, resource.origin.at(['data', 'mesh']));
  return layer ? [layer] : [];
});

const ANNOTATION = 'proxy.istio.io/config';

/** Every ProxyConfig: the default one of each MeshConfig, and the annotation of pods. */
export const proxyConfigs = perObject((mesh: Mesh): readonly ConfigSource[] => {
  const defaults = meshConfigs(mesh).map((source) => ({
    ...source,
    config: fields(source.config, 'defaultConfig'),
    at: (path: Path) => source.at(['defaultConfig', ...path]),
  }));
  const annotated = mesh.workloads.flatMap(({ annotations, resource, metadataPath }): ConfigSource[] => {
    const content = annotations[ANNOTATION];
    if (content === undefined) return [];
    const block = resource.origin.at([...metadataPath, 'annotations', ANNOTATION]);
    const layer = embeddedYaml(content, block);
    if (!layer) return [];
    return [{ config: layer.values, at: layer.at, id: resource, revision: undefined, setting: false }];
  });
  const made = madePods.annotations(mesh).flatMap(({ entries, hit }): ConfigSource[] => {
    const content = text(entries, ANNOTATION);
    if (content === '') return [];
    const { subject, at } = hit(ANNOTATION);
    const layer = embeddedYaml(content, at());
    return layer
      ? [{ config: layer.values, at: layer.at, id: subject, revision: undefined, setting: false }]
      : [];
  });
  return [...defaults, ...annotated, ...made];
});
