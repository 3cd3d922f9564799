import type { Resource } from '../render/resource.ts';
import { assemble, NOTHING, type Contribution } from './assemble.ts';
import { chartContribution } from './chart-contribution.ts';
import type { Environment, OpaqueSource } from './environment.ts';
import type { FluxCluster } from './flux-clusters.ts';
import {
  commonMetadata,
  fluxKustomization,
  instructionsOf,
  isFluxKustomization,
  type FluxKustomization,
} from './flux-kustomization.ts';
import { fluxRelease } from './flux-helm-release.ts';
import { FluxVariables } from './flux-variables.ts';
import { transformItems } from './kustomize-transform.ts';
import { isManifestFile } from './manifest-files.ts';
import { Notes } from './notes.ts';
import { PendingKustomizations } from './pending-kustomizations.ts';
import { parentOf } from './repository-path.ts';
import { substituted } from './substitution.ts';
import { withAnnotations, withLabels } from './transform-metadata.ts';
import { asText, valueAt } from '../untyped.ts';
import { renderingOf, type Workspace } from './workspace.ts';

/** Everything the Kustomizations of one Flux cluster apply, followed from its entry points. */
export function fluxEnvironment(cluster: FluxCluster, workspace: Workspace): Environment {
  const variables = new FluxVariables(workspace, cluster.entries);
  const pending = new PendingKustomizations(cluster.entries);
  const parts: Contribution[] = [];
  for (let next = pending.take(); next !== undefined; next = pending.take()) {
    const part = contributionOf(next, workspace, variables);
    parts.push(part);
    const children = part.resources.filter(isFluxKustomization).map(fluxKustomization);
    pending.add(children.map((child) => cluster.sources.place(child)));
  }
  const roots = cluster.entries.flatMap(({ dir }) => dir ?? []);
  const because = cluster.entries.map(({ resource }) => resource.origin.file).join(', ');
  return assemble({ name: cluster.name, roots, because: `Flux Kustomization in ${because}` }, [
    ...parts,
    bootstrapOf(cluster, parts, workspace),
    ...releasedCharts(parts, cluster, workspace),
  ]);
}

/** Charts of this repository that HelmReleases install: what is in them belongs to the environment. */
function releasedCharts(
  parts: readonly Contribution[],
  { sources }: FluxCluster,
  workspace: Workspace,
): Contribution[] {
  const objects = parts.flatMap(({ resources }) => resources);
  return objects.flatMap((resource) => {
    const deployed = fluxRelease(resource, { sources, objects, repository: workspace.repository });
    if (!deployed || !workspace.charts.has(deployed.release.path)) return [];
    const { path, namespace } = deployed.release;
    return [chartContribution(path, workspace, namespace === '' ? undefined : [namespace], deployed)];
  });
}

/**
 * Who applies an entry object by hand applies its directory: the manifests beside it (`istio-version.yaml` beside
 * `istio.yaml`) belong to the cluster. Usually all of it is applied again by what it reaches.
 */
function bootstrapOf(
  { entries }: FluxCluster,
  parts: readonly Contribution[],
  workspace: Workspace,
): Contribution {
  const reached = new Set(parts.flatMap(({ files }) => [...files]));
  const applied = new Set(parts.flatMap(({ resources }) => resources.filter(isFluxKustomization).map(keyOf)));
  const beside = [...new Set(entries.map(({ resource }) => parentOf(resource.origin.file)))]
    .filter((dir) => dir !== '' && !workspace.graph.has(dir))
    .flatMap((dir) => workspace.directories.filesIn(dir))
    .filter((path) => !reached.has(path) && isManifestFile({ path }));
  const own = entries.map(({ resource }) => resource).filter((resource) => !applied.has(keyOf(resource)));
  const others = workspace.files(beside).resources.filter((resource) => !isFluxKustomization(resource));
  const files = [...entries.map(({ resource }) => resource.origin.file), ...beside];
  return { ...NOTHING, resources: [...own, ...others], files: new Set(files) };
}

function keyOf(resource: Resource): string {
  return fluxKustomization(resource).key;
}

function contributionOf(
  kustomization: FluxKustomization,
  workspace: Workspace,
  variables: FluxVariables,
): Contribution {
  const { resource, dir } = kustomization;
  if (dir === undefined || !workspace.directories.has(dir)) return elsewhere(kustomization);
  const built = workspace.tree(dir);
  const values = variables.of(kustomization);
  const key = [
    `flux ${resource.digest}`,
    values ? JSON.stringify([[...values.values], values.complete]) : '',
    workspace.graph.contentOf(built.files),
    renderingOf([built]),
  ].join('\n');
  return workspace.cache.remember(key, () => {
    const notes = new Notes();
    notes.addAll(built.unchecked);
    const instructions = instructionsOf(kustomization);
    const items = transformItems(built.items, instructions, workspace.repository, notes);
    const metadata = commonMetadata(kustomization);
    const resources = items.map(({ resource: object }) => {
      const labelled = withCommonMetadata(object, metadata, instructions.name);
      return values ? substituted(labelled, values, instructions.name) : labelled;
    });
    return { ...built, resources, opaque: retargeted(built.opaque, kustomization), unchecked: notes.list() };
  });
}

function withCommonMetadata(
  resource: Resource,
  metadata: ReturnType<typeof commonMetadata>,
  through: string,
): Resource {
  const nowhere = { selectors: false, templates: false };
  const labels = { values: metadata.labels, at: (key: string) => metadata.at('labels', key) };
  const annotations = { values: metadata.annotations, at: (key: string) => metadata.at('annotations', key) };
  return withAnnotations(withLabels(resource, labels, nowhere, through), annotations, false, through);
}

/** With a target namespace, whatever a remote base holds lands there. */
function retargeted(
  sources: readonly OpaqueSource[],
  kustomization: FluxKustomization,
): readonly OpaqueSource[] {
  const target = asText(valueAt(kustomization.resource.body, ['spec', 'targetNamespace']));
  return target === '' ? sources : sources.map((source) => ({ ...source, namespaces: [target] }));
}

/** A Kustomization of another repository, or of a path that is not here. */
function elsewhere({ resource, path, source }: FluxKustomization): Contribution {
  const target = asText(valueAt(resource.body, ['spec', 'targetNamespace']));
  const at = resource.origin.at(['spec', 'path']);
  const what = `Flux Kustomization ${resource.name} (${source}, path ${path || './'})`;
  return {
    resources: [],
    files: new Set(),
    charts: [],
    opaque: [{ what, namespaces: target === '' ? undefined : [target], at }],
    unchecked: [],
  };
}
