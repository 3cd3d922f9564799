import type { Resource } from '../render/resource.ts';
import { assemble, type Contribution } from './assemble.ts';
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
import { FluxVariables } from './flux-variables.ts';
import { transformItems } from './kustomize-transform.ts';
import { Notes } from './notes.ts';
import { resolvePath } from './repository-path.ts';
import { substituted } from './substitution.ts';
import { withAnnotations, withLabels } from './transform-metadata.ts';
import { asText, valueAt } from './untyped.ts';
import type { Workspace } from './workspace.ts';

/** Everything the Kustomizations of one Flux cluster apply, followed from its entry points. */
export function fluxEnvironment(cluster: FluxCluster, workspace: Workspace): Environment {
  const variables = new FluxVariables(workspace, cluster.entries);
  const sources = new Set(cluster.entries.map(({ source }) => source));
  const visited = new Set<string>();
  const parts: Contribution[] = [];
  const roots: string[] = [];
  const pending = [...cluster.entries].reverse();
  const entryObjects = cluster.entries.map(({ resource }) => resource);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (visited.has(next.key)) continue;
    visited.add(next.key);
    const part = contributionOf(next, sources, workspace, variables);
    parts.push(part);
    if (cluster.entries.includes(next) && next.dir !== undefined) roots.push(next.dir);
    const children = part.resources.filter(isFluxKustomization).map(fluxKustomization);
    pending.push(...children.reverse());
  }
  const bootstrap: Contribution = {
    resources: entryObjects,
    files: new Set(entryObjects.map(({ origin }) => origin.file)),
    charts: [],
    opaque: [],
    unchecked: [],
  };
  const because = cluster.entries.map(({ resource }) => resource.origin.file).join(', ');
  return assemble({ name: cluster.name, roots, because: `Flux Kustomization in ${because}` }, [
    ...parts,
    withoutTwins(bootstrap, parts),
    ...releasedCharts(parts, workspace),
  ]);
}

/** Charts of this repository that HelmReleases install: what is in them belongs to the environment. */
function releasedCharts(parts: readonly Contribution[], workspace: Workspace): Contribution[] {
  return parts
    .flatMap(({ resources }) => resources)
    .flatMap((resource) => {
      const path = ['spec', 'chart', 'spec'];
      const spec = resource.kind === 'HelmRelease' ? valueAt(resource.body, path) : undefined;
      const local = asText(valueAt(spec, ['sourceRef', 'kind'])) === 'GitRepository';
      const dir = local ? resolvePath('', asText(valueAt(spec, ['chart']))) : undefined;
      if (dir === undefined || !workspace.charts.has(dir)) return [];
      const target = asText(valueAt(resource.body, ['spec', 'targetNamespace'])) || resource.namespace;
      return [chartContribution(dir, workspace, target === '' ? undefined : [target])];
    });
}

/** The entry object itself is usually applied again by what it reaches. */
function withoutTwins(bootstrap: Contribution, parts: readonly Contribution[]): Contribution {
  const applied = new Set(
    parts.flatMap(({ resources }) =>
      resources.filter(isFluxKustomization).map((one) => fluxKustomization(one).key),
    ),
  );
  return {
    ...bootstrap,
    resources: bootstrap.resources.filter((resource) => !applied.has(fluxKustomization(resource).key)),
  };
}

function contributionOf(
  kustomization: FluxKustomization,
  sources: ReadonlySet<string>,
  workspace: Workspace,
  variables: FluxVariables,
): Contribution {
  const { resource, dir } = kustomization;
  if (dir === undefined || !sources.has(kustomization.source) || !workspace.directories.has(dir)) {
    return elsewhere(kustomization);
  }
  const built = workspace.tree(dir);
  const values = variables.of(kustomization);
  const key = [
    `flux ${resource.digest}`,
    values ? JSON.stringify([[...values.values], values.complete]) : '',
    workspace.graph.contentOf(built.files),
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
function elsewhere({ resource, dir, source }: FluxKustomization): Contribution {
  const target = asText(valueAt(resource.body, ['spec', 'targetNamespace']));
  const at = resource.origin.at(['spec', 'path']);
  const what = `Flux Kustomization ${resource.name} (${source}, path ${dir === '' ? './' : (dir ?? 'outside')})`;
  return {
    resources: [],
    files: new Set(),
    charts: [],
    opaque: [{ what, namespaces: target === '' ? undefined : [target], at }],
    unchecked: [],
  };
}
