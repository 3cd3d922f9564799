import { parseIstioVersion } from '../../facts/versions.ts';
import type { Resource } from '../../render/resource.ts';
import { mappingAt, textAt } from '../../untyped.ts';
import type { ControlPlane, MeshComponent, RevisionTag } from '../mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { UNKNOWN_REVISION } from './installation.ts';
import type { Found, ValuesLayer } from './installation.ts';
import { istiodSettings } from './istiod-values.ts';
import { versionTextAt } from './version-fact.ts';
import type { VersionFact } from './version-fact.ts';
import { writtenValues } from './written-values.ts';

const SAIL = 'sailoperator.io';

/** Objects of the Sail Operator (also OpenShift Service Mesh 3): Istio, IstioRevision, IstioRevisionTag, IstioCNI, ZTunnel. */
export function readSail(resources: readonly Resource[]): Found[] {
  const objects = resources.filter(({ group }) => group === SAIL);
  return objects.map((resource) => {
    switch (resource.kind) {
      case 'Istio':
      case 'IstioRevision':
        return istiod(resource);
      case 'IstioRevisionTag':
        return { tags: [tag(resource, objects)] };
      case 'IstioCNI':
        return { components: [component(resource, 'cni')] };
      case 'ZTunnel':
        return { components: [component(resource, 'ztunnel')] };
      default:
        return {};
    }
  });
}

function istiod(resource: Resource): Found {
  const values = valuesOf(resource);
  const revision = activeRevision(resource);
  const controlPlane: ControlPlane = {
    revision,
    ...versionOf(resource),
    installer: 'sail',
    release: resource.name,
    namespace: systemNamespace(resource),
    resource,
    ...istiodSettings(values),
    values: { ...values, elsewhere: false },
  };
  return { controlPlanes: [controlPlane] };
}

/** `spec.values`, and `spec.profile`, which is laid under them. */
function valuesOf(resource: Resource): ValuesLayer {
  const written = mappingAt(resource.body, 'spec', 'values');
  const profile = textAt(resource.body, 'spec', 'profile');
  const isApart = profile !== '' && written['profile'] === undefined;
  return {
    values: isApart ? { profile, ...written } : written,
    at: (path) =>
      isApart && path[0] === 'profile'
        ? resource.origin.at(['spec', ...path])
        : resource.origin.at(['spec', 'values', ...path]),
  };
}

/**
 * The revision an Istio object runs under: its name when it updates in place, else `NAME-` and the version with dashes
 * for dots. The operator turns the name `default` into the empty revision.
 */
export function activeRevision(resource: Resource): string {
  const inPlace = textAt(resource.body, 'spec', 'updateStrategy', 'type') !== 'RevisionBased';
  if (resource.kind === 'IstioRevision' || inPlace) return resource.name;
  const version = versionTextAt(resource.body, 'spec', 'version');
  if (version === '') return UNKNOWN_REVISION;
  return isKnown(version) ? `${resource.name}-${version.replaceAll('.', '-')}` : UNKNOWN_REVISION;
}

/** A tag on an Istio object follows its active revision at once; one on an IstioRevision stays. */
function tag(resource: Resource, objects: readonly Resource[]): RevisionTag {
  const target = mappingAt(resource.body, 'spec', 'targetRef');
  const name = textAt(target, 'name');
  const istio = objects.find((candidate) => candidate.kind === 'Istio' && candidate.name === name);
  const followed = istio ? activeRevision(istio) : UNKNOWN_REVISION;
  const revision = textAt(target, 'kind') === 'Istio' ? followed : name;
  return { name: resource.name, revision, at: resource.origin.at(['spec', 'targetRef', 'name']), resource };
}

function component(resource: Resource, kind: MeshComponent['component']): MeshComponent {
  return {
    component: kind,
    name: resource.name,
    namespace: systemNamespace(resource),
    revision: undefined,
    ...versionOf(resource),
    installer: 'sail',
    values: writtenValues(kind, valuesOf(resource), false),
  };
}

/** `spec.version`; without one the operator takes the newest it knows. */
function versionOf(resource: Resource): VersionFact {
  const versionText = versionTextAt(resource.body, 'spec', 'version');
  return {
    version: parseIstioVersion(versionText),
    versionText,
    at: resource.origin.at(versionText === '' ? ['metadata', 'name'] : ['spec', 'version']),
    confidence: 'certain',
  };
}

const DEFAULT_NAMESPACES: ReadonlyMap<string, string> = new Map([
  ['IstioCNI', 'istio-cni'],
  ['ZTunnel', 'ztunnel'],
]);

function systemNamespace(resource: Resource): string {
  return (
    textAt(resource.body, 'spec', 'namespace') || (DEFAULT_NAMESPACES.get(resource.kind) ?? 'istio-system')
  );
}
