import type { Path } from '../../vocabulary.ts';
import type { Resource } from '../../render/resource.ts';
import { fieldAt, listAt, mappingAt, textAt, type Fields } from '../../untyped.ts';
import type { ControlPlane, MeshComponent } from '../mesh.ts';
import type { Found, ValuesLayer } from './installation.ts';
import { istiodSettings, revisionOf, tagNames } from './istiod-values.ts';
import { mergeLayers, nested } from './merge-values.ts';
import { imageVersion } from './version-fact.ts';
import { writtenValues } from './written-values.ts';

/** Profiles that install no istiod of their own. */
const WITHOUT_ISTIOD = new Set(['empty']);

/** IstioOperator objects (`install.istio.io`), as istioctl and the in-cluster operator translate them (1.6 to 1.31). */
export function readIstioOperators(resources: readonly Resource[]): Found[] {
  return resources
    .filter(({ group, kind }) => group === 'install.istio.io' && kind === 'IstioOperator')
    .map(installationOf);
}

function installationOf(resource: Resource): Found {
  const spec = mappingAt(resource.body, 'spec');
  const values = translated(resource, spec);
  const revision = revisionOf(values.values);
  const namespace = textAt(values.values, 'global', 'istioNamespace') || 'istio-system';
  const fact = imageVersion(
    values,
    [
      ['pilot', 'tag'],
      ['global', 'tag'],
    ],
    { version: undefined, versionText: '', at: objectAt(resource, spec), confidence: 'certain' },
  );
  const gateways = gatewaysOf(resource, spec, values, namespace);
  const written = writtenValues('operator', values, false);
  const components = [...nodeAgents(resource, spec, values, namespace), ...gateways].map((component) => ({
    ...component,
    values: written,
  }));
  if (!installsIstiod(spec)) return { components };
  const controlPlane: ControlPlane = {
    revision,
    ...fact,
    installer: 'istioctl',
    release: resource.name,
    namespace,
    resource,
    ...istiodSettings(values),
    values: written,
  };
  return {
    controlPlanes: [controlPlane],
    components,
    tags: tagNames(values.values).map(({ name, path }) => ({
      name,
      revision,
      at: values.at(path),
      resource,
    })),
  };
}

function installsIstiod(spec: Fields): boolean {
  const enabled = fieldAt(spec, 'components', 'pilot', 'enabled');
  if (typeof enabled === 'boolean') return enabled;
  return !WITHOUT_ISTIOD.has(textAt(spec, 'profile'));
}

/** The object itself, at the line that says most about its version. */
function objectAt(resource: Resource, spec: Fields): ControlPlane['at'] {
  const written = ['revision', 'profile'].find((field) => fieldAt(spec, field) !== undefined);
  return resource.origin.at(written === undefined ? ['metadata', 'name'] : ['spec', written]);
}

/** The fields of `spec` as Helm values; `spec.values` is merged last and wins. */
function translated(resource: Resource, spec: Fields): ValuesLayer {
  const layers: ValuesLayer[] = [];
  const take = (field: Path, target: readonly string[]): void => {
    const value = fieldAt(spec, ...field);
    if (value === undefined || value === null) return;
    const at = (path: Path) => resource.origin.at(['spec', ...field, ...path.slice(target.length)]);
    layers.push({ values: nested(target, value), at });
  };
  take(['namespace'], ['global', 'istioNamespace']);
  take(['hub'], ['global', 'hub']);
  take(['tag'], ['global', 'tag']);
  take(['revision'], ['revision']);
  take(['compatibilityVersion'], ['compatibilityVersion']);
  take(['meshConfig'], ['meshConfig']);
  take(['components', 'pilot', 'tag'], ['pilot', 'tag']);
  take(['components', 'cni', 'tag'], ['cni', 'tag']);
  take(['components', 'ztunnel', 'tag'], ['ztunnel', 'tag']);
  layers.push(...envOf(resource, spec));
  layers.push({
    values: mappingAt(spec, 'values'),
    at: (path) => resource.origin.at(['spec', 'values', ...path]),
  });
  return mergeLayers(layers, resource.origin.at(['spec']));
}

/** Each variable of `components.pilot.k8s.env` at its own line. */
function envOf(resource: Resource, spec: Fields): ValuesLayer[] {
  const path = ['components', 'pilot', 'k8s', 'env'];
  return listAt(spec, ...path).flatMap((entry, index) => {
    const name = textAt(entry, 'name');
    const value = fieldAt(entry, 'value');
    if (name === '' || typeof value !== 'string') return [];
    const at = () => resource.origin.at(['spec', ...path, index]);
    return [{ values: nested(['pilot', 'env', name], value), at }];
  });
}

/** Gateways that are switched on here; those of a profile alone are left out, since overlays often switch them off. */
function gatewaysOf(
  resource: Resource,
  spec: Fields,
  values: ValuesLayer,
  namespace: string,
): MeshComponent[] {
  return ['ingressGateways', 'egressGateways'].flatMap((field) =>
    listAt(spec, 'components', field).flatMap((gateway, index) => {
      if (fieldAt(gateway, 'enabled') !== true) return [];
      const path = ['spec', 'components', field, index];
      const own: ValuesLayer = {
        values: mappingAt(gateway),
        at: (inner) => resource.origin.at([...path, ...inner]),
      };
      const nothing = {
        version: undefined,
        versionText: '',
        at: own.at(['name']),
        confidence: 'certain',
      } as const;
      const fact = imageVersion(own, [['tag']], imageVersion(values, [['global', 'tag']], nothing));
      const where = textAt(gateway, 'namespace') || namespace;
      return [component(resource, 'gateway', textAt(gateway, 'name'), where, fact)];
    }),
  );
}

/** istio-cni and ztunnel: switched on here, or by the profile ambient (1.20 and later) and not switched off. */
function nodeAgents(
  resource: Resource,
  spec: Fields,
  values: ValuesLayer,
  namespace: string,
): MeshComponent[] {
  return (['cni', 'ztunnel'] as const).flatMap((kind) => {
    const enabled = fieldAt(spec, 'components', kind, 'enabled');
    const ambient = textAt(spec, 'profile') === 'ambient' && enabled !== false;
    if (enabled !== true && !ambient) return [];
    const at = resource.origin.at(['spec', ...(enabled === true ? ['components', kind] : ['profile'])]);
    const nothing = { version: undefined, versionText: '', at, confidence: 'certain' } as const;
    const fact = imageVersion(
      values,
      [
        [kind, 'tag'],
        ['global', 'tag'],
      ],
      nothing,
    );
    const where = textAt(spec, 'components', kind, 'namespace') || namespace;
    return [component(resource, kind, kind === 'cni' ? 'istio-cni' : 'ztunnel', where, fact)];
  });
}

function component(
  resource: Resource,
  kind: MeshComponent['component'],
  name: string,
  namespace: string,
  fact: Pick<MeshComponent, 'version' | 'versionText' | 'at' | 'confidence'>,
): MeshComponent {
  return {
    component: kind,
    name: name === '' ? resource.name : name,
    namespace,
    revision: undefined,
    ...fact,
    installer: 'istioctl',
  };
}
