import { ambientOf } from '../../mesh/ambient.ts';
import { fieldAt, textAt } from '../../untyped.ts';
import type { Mesh, MeshComponent, NamespaceModel } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule } from '../rule.ts';

const LABEL = ['metadata', 'labels', 'istio.io/dataplane-mode'];

/** Ambient mode is the work of istio-cni, told so (`profile: ambient` or `ambient.enabled`), and of ztunnel (1.18 and later). */
export default defineRule({
  id: 'ambient-without-ztunnel',
  name: 'ambient-without-ztunnel',
  level: 'warning',
  inputs: ['namespaces', 'components', 'controlPlanes'],
  summary: 'A namespace asks for ambient mode, and the installation here has no part that provides it.',
  messages: {
    ztunnel:
      'Namespace {namespace} asks for ambient mode, and the installation described here has no ztunnel: its pods stay outside the mesh.',
    cni: 'Namespace {namespace} asks for ambient mode, and istio-cni is not installed for it: its pods stay outside the mesh.',
  },
  advice: {
    ztunnel:
      'Install the ztunnel chart, and istio-cni with profile: ambient, before namespaces are labelled.',
    cni: 'Install istio-cni with profile: ambient or ambient.enabled: true, before namespaces are labelled.',
  },
  check({ mesh, report, unchecked }) {
    const enrolled = ambientNamespaces(mesh);
    const [first] = enrolled;
    if (!first || mesh.controlPlanes.length === 0) return;
    const cni = mesh.components.filter(({ component }) => component === 'cni');
    const hasZtunnel = mesh.components.some(({ component }) => component === 'ztunnel');
    const hidden = whyHidden(mesh, cni);
    if (!hasZtunnel && hidden !== undefined)
      unchecked('whether ambient mode is installed', hidden, first.resource, LABEL);
    const missing = !hasZtunnel
      ? 'ztunnel'
      : cni.length > 0 && cni.every(isWithoutAmbient)
        ? 'cni'
        : undefined;
    if (missing === undefined || (!hasZtunnel && hidden !== undefined)) return;
    const evidence = (missing === 'cni' ? cni : mesh.controlPlanes).map(({ at }) => ({
      says: 'the installation',
      at,
    }));
    for (const { name, resource } of enrolled) {
      const options = { confidence: 'likely', evidence: evidence.slice(0, 3) } as const;
      report(resource, LABEL, missing, { namespace: name }, options);
    }
  },
});

function ambientNamespaces(mesh: Mesh): (NamespaceModel & { readonly resource: Resource })[] {
  return [...mesh.namespaces.values()].flatMap((namespace) => {
    const { resource } = namespace;
    return resource && ambientOf(namespace).ambient === 'yes' ? [{ ...namespace, resource }] : [];
  });
}

/** Why ztunnel may be installed where we cannot see: by istioctl's profile, by values elsewhere, or by hand beside manifests. */
function whyHidden({ controlPlanes }: Mesh, cni: readonly MeshComponent[]): string | undefined {
  if (!controlPlanes.every(({ revision, confidence }) => isKnown(revision) && confidence === 'certain')) {
    return 'it is not certain what is installed here';
  }
  if (controlPlanes.some(({ installer }) => installer === 'istioctl')) {
    return 'istioctl installs ztunnel by its profile';
  }
  // An installation of which only istiod is here has its other parts somewhere else.
  return cni.length === 0 ? 'the other parts of the installation are not in this repository' : undefined;
}

function isWithoutAmbient({ values }: MeshComponent): boolean {
  if (!values || values.elsewhere) return false;
  const own = values.values;
  const profile = textAt(own, 'profile') || textAt(own, 'cni', 'profile');
  if (profile !== '' || textAt(own, 'global', 'platform') !== '')
    return profile !== '' && !/ambient/.test(profile) && isKnown(profile);
  return fieldAt(own, 'cni', 'ambient', 'enabled') !== true && fieldAt(own, 'ambient', 'enabled') !== true;
}
