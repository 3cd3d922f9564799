import type { Answer } from '../vocabulary.ts';
import { atLeast } from '../facts/versions.ts';
import { listAt } from '../untyped.ts';
import type { ControlPlane, Mesh, NamespaceModel } from './mesh.ts';
import { matchesLabelSelector, selectorFault } from './selectors.ts';
import type { Labels } from './selectors.ts';

/** Whether a control plane watches a namespace, and by which rule. */
export interface Discovery {
  readonly discovered: Answer;
  readonly because: string;
}

/** What of a control plane's mesh config the repository shows. */
type Watcher = Pick<ControlPlane, 'revision' | 'version' | 'installer' | 'meshConfigAt' | 'values' | 'env'>;

/**
 * Does this control plane watch the namespace? By `meshConfig.discoverySelectors` of its revision (1.10 and later), which
 * the charts leave empty: then it watches all. Where the selectors may stand out of sight, nothing is said.
 */
export function discoveryOf(
  mesh: Pick<Mesh, 'meshConfig'>,
  controlPlane: Watcher,
  namespace: NamespaceModel,
): Discovery {
  if (atLeast(controlPlane.version, 10) === false) {
    return { discovered: 'yes', because: 'releases before 1.10 know no discovery selectors' };
  }
  const selectors = selectorsOf(mesh, controlPlane);
  if (selectors.length === 0) {
    const hidden = whyMeshConfigHidden(controlPlane);
    if (hidden !== undefined) return { discovered: 'unknown', because: hidden };
  }
  return selection(selectors, namespace);
}

/** The discovery selectors in force for a control plane, as far as they are written here. */
export function selectorsOf(mesh: Pick<Mesh, 'meshConfig'>, { revision }: Watcher): readonly unknown[] {
  return listAt(mesh.meshConfig(revision), 'discoverySelectors');
}

/** Why fields of the mesh config may be set that are not in this repository. */
export function whyMeshConfigHidden({
  installer,
  meshConfigAt,
  values,
  env,
}: Omit<Watcher, 'revision' | 'version'>): string | undefined {
  if (env['SHARED_MESH_CONFIG'] !== undefined) return 'part of the mesh config stands in a shared ConfigMap';
  if (values?.elsewhere === true) return 'some values of the control plane stand outside this repository';
  const withoutConfig = installer === 'manifests' && !meshConfigAt;
  return withoutConfig ? 'the mesh config of the control plane is not in this repository' : undefined;
}

/** Does a control plane with this mesh config watch the namespace? */
export function isDiscovered(
  meshConfig: Readonly<Record<string, unknown>>,
  namespace: NamespaceModel,
): Answer {
  return selection(listAt(meshConfig, 'discoverySelectors'), namespace).discovered;
}

/**
 * Selectors are alternatives over the namespace's labels; nothing is exempt, not even the system namespace. An invalid one
 * makes istiod keep what it had, which nobody can see from here.
 */
function selection(selectors: readonly unknown[], namespace: NamespaceModel): Discovery {
  if (selectors.length === 0) return { discovered: 'yes', because: 'there are no discovery selectors' };
  const faulty = selectors.findIndex((selector) => selectorFault(selector) !== undefined);
  if (faulty >= 0) {
    const because = `discovery selector ${faulty + 1} is invalid, and istiod keeps the ones it had`;
    return { discovered: 'unknown', because };
  }
  const labels = visibleLabels(namespace);
  const answers = selectors.map((selector) => matchesLabelSelector(selector, labels));
  const match = answers.indexOf('yes');
  if (match >= 0) return { discovered: 'yes', because: `discovery selector ${match + 1} matches it` };
  if (answers.includes('unknown')) return { discovered: 'unknown', because: whyOpen(namespace) };
  const because =
    selectors.length === 1 ? 'the discovery selector does not match it' : 'no discovery selector matches it';
  return { discovered: 'no', because };
}

function whyOpen({ name, labelsKnown }: NamespaceModel): string {
  return labelsKnown === 'yes'
    ? 'a label or selector is filled in later'
    : `the labels of namespace ${name} are set elsewhere`;
}

/** A label of unknown name beside those that are known leaves every other key open, as it should be. */
function visibleLabels({ labels, labelsKnown }: NamespaceModel): Labels {
  return labelsKnown === 'yes' ? labels : { ...labels, '${elsewhere}': '' };
}
