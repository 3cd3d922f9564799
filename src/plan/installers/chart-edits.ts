import type { Fix } from '../../vocabulary.ts';
import { listAt, textAt } from '../../untyped.ts';
import type { ControlPlane, MeshComponent } from '../../mesh/mesh.ts';
import { validatedBy } from '../checks.ts';
import { deliveredEdit, type Place } from '../delivery.ts';
import { present } from '../moves.ts';
import { isFrom, type Promotion } from '../promotion.ts';
import { NOTHING, REVERT, type Action } from '../step.ts';
import { runsAt } from '../stage.ts';
import type { InstallerSteps } from './installer.ts';
import { versionEdit } from './version-edits.ts';
import { retargetManifest } from './manifests.ts';
import { addBelow, objectOf, valueEdits } from './value-edits.ts';
import { ztunnelEdits } from './ztunnel.ts';

/** How a GitOps tool is told to look at a commit, beyond the manifests themselves. */
export interface GitOps {
  /** Makes the tool deploy the object that installs a chart, and wait for it. */
  readonly sync: (p: Promotion, owner: Pick<MeshComponent, 'name' | 'namespace' | 'at'>) => string[];
  /** Makes the tool delete what a removed object installed. */
  readonly prune: (p: Promotion, old: ControlPlane) => string[];
}

/** Steps of a tool that installs charts out of git: every change is an edit, and the tool follows. */
export function gitOpsSteps({ sync, prune }: GitOps): InstallerSteps {
  const install = (p: Promotion): Action => {
    const run = sync(p, ownerOf(p.to));
    return { ...NOTHING, run, rollback: [REVERT, ...prune(p, p.to)] };
  };
  return {
    base: (p, component) =>
      edited(p, [...versionEdit(p, component), ...crdEdit(p, component)], component.at, sync(p, component)),
    install,
    upgradeInPlace: (p) => ({ ...install(p), rollback: [REVERT, ...sync(p, ownerOf(p.to))] }),
    retarget: retargetManifest,
    redeploy: (p, plane) => sync(p, ownerOf(plane)),
    moveGateway: (p, { component, value }, name) => {
      if (!component) return NOTHING;
      const title = `Gateway ${component.name} asks for ${name}`;
      const change = { key: 'revision', at: component.revisionAt, from: value, to: name, title };
      return edited(p, valueEdits(p, component, change), component.at, sync(p, component));
    },
    part: (p, component) => {
      // In this order: an edit names the lines as the one before leaves them.
      const version = versionEdit(p, component);
      const { edits, byHand } = ztunnelEdits(p, component);
      const action = edited(p, [...version, ...edits], component.at, sync(p, component));
      return { ...action, preconditions: [...action.preconditions, ...byHand] };
    },
    makeDefault: (p) => defaultRevision(p, sync),
    remove: (p, old) => {
      const edits = [...withoutObject(p, old), ...withoutElement(p, old)];
      const isThere = edits.length === 0 && runsAt(p.head, old);
      const byHand = isThere ? [`${old.revision} is taken out of ${old.at.file}.`] : [];
      return {
        ...NOTHING,
        preconditions: [...byHand, ...deletesWhatItInstalled(p, old)],
        edits,
        run: prune(p, old),
        rollback: [REVERT, ...sync(p, ownerOf(old))],
      };
    },
  };
}

const FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/** An Application that is pruned leaves what it installed behind, unless its finalizer says otherwise. */
function deletesWhatItInstalled({ copy }: Promotion, { resource }: ControlPlane): string[] {
  const lines = copy.text(resource?.origin.file ?? '') ?? [];
  // An ApplicationSet gives its applications the finalizer.
  if (resource?.kind !== 'Application' || lines.some(isOfSet)) return [];
  const has = listAt(resource.body, 'metadata', 'finalizers').some((one) =>
    String(one).startsWith(FINALIZER),
  );
  return has
    ? []
    : [`Application ${resource.name} has the finalizer ${FINALIZER}: without it what it installed stays.`];
}

function isOfSet(text: string): boolean {
  return text.trim() === 'kind: ApplicationSet';
}

function ownerOf({
  resource,
  release,
  namespace,
  at,
}: ControlPlane): Pick<MeshComponent, 'name' | 'namespace' | 'at'> {
  const own = resource?.kind === 'Application' || resource?.kind === 'HelmRelease' ? resource : undefined;
  return { name: own?.name ?? release ?? 'istiod', namespace: own?.namespace ?? namespace, at };
}

function edited(p: Promotion, edits: readonly Fix[], { file }: Place, run: readonly string[]): Action {
  const action = deliveredEdit({ ...p.delivery, apply: () => [...run] }, edits, [{ file }], []);
  return { ...action, rollback: [REVERT, ...run] };
}

/**
 * Flux leaves CRDs alone when it upgrades a chart, unless it is told otherwise; since 1.24 they are templates as any other. Told
 * once, it is told for good.
 */
function crdEdit(p: Promotion, component: MeshComponent): Fix[] {
  if (component.installer !== 'flux' || isFrom(p, 24)) return [];
  const release = objectOf(p, 'HelmRelease.helm.toolkit.fluxcd.io', component);
  if (!release || textAt(release.body, 'spec', 'upgrade', 'crds') !== '') return [];
  const change = { key: 'crds', to: 'CreateReplace', title: `Flux upgrades the CRDs of ${component.name}` };
  return addBelow(p, release, ['spec'], ['upgrade'], change);
}

/** The validator for everything without a revision label (base chart, 1.12 and later). */
function defaultRevision(p: Promotion, sync: GitOps['sync']): Action | undefined {
  const base = p.head.components.find(({ component }) => component === 'base');
  const { revision } = p.to;
  if (!base || !isFrom(p, 12) || revision === 'default') return undefined;
  const written = base.defaultRevision;
  const edits = valueEdits(p, base, {
    key: 'defaultRevision',
    at: written?.at,
    from: written?.name ?? 'default',
    to: revision,
    title: `${revision} validates by default`,
  });
  const run = sync(p, base);
  const byHand =
    edits.length > 0 || written?.name === revision
      ? []
      : [`The values of the base chart (${base.at.file}) set defaultRevision: ${revision}.`];
  return {
    ...NOTHING,
    preconditions: byHand,
    edits,
    run,
    verify: validatedBy(p.to),
    rollback: [REVERT, ...run],
  };
}

/** The object that installs it, and the line of the kustomization that lists its file when nothing else is in there. */
function withoutObject({ head, copy }: Promotion, { resource, at }: ControlPlane): Fix[] {
  const { file } = at;
  const lines = copy.text(file);
  if (!resource || !lines || resource.origin.file !== file || resource.origin.through.length > 1) return [];
  if (!isSingleInstaller(resource.kind)) return [];
  const kind =
    resource.kind === 'Application' ? 'Application.argoproj.io' : 'HelmRelease.helm.toolkit.fluxcd.io';
  const here = head
    .resources(kind)
    .find(({ name, origin }) => name === resource.name && origin.file === file);
  if (!here) return [];
  const title = `Remove ${resource.kind} ${resource.name}`;
  const { first, last, whole } = documentAround(lines, here.origin.at([], 'value').line);
  // An ApplicationSet stands for several applications: taking it out would take all of them.
  const isWritten = lines.slice(first - 1, last).some((text) => text.trim() === `kind: ${resource.kind}`);
  if (!isWritten) return [];
  if (!whole) return present([copy.removeLines(file, first, last, title)]);
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  const own = file.slice(folder.length);
  const list = `${folder}kustomization.yaml`;
  const line = copy.onlyLine(list, (text) => /^\s*-\s+(?:\.\/)?(\S+)\s*$/.exec(text)?.[1] === own);
  return present([
    line === undefined ? undefined : copy.removeLines(list, line, line, title),
    copy.removeLines(file, 1, Infinity, title),
  ]);
}

/** An element of a list generator, which says the version, is one control plane. */
function withoutElement({ copy }: Promotion, { at, revision }: ControlPlane): Fix[] {
  if (copy.text(at.file)?.some(isOfSet) !== true) return [];
  const isIt = (lines: readonly string[]): boolean =>
    lines.some((text) => /^\s*(?:- )?\w+:\s*["']?([^"'\s]+)["']?\s*$/.exec(text)?.[1] === revision);
  return present([copy.removeItem(at, isIt, `Take ${revision} out of ${at.file}`)]);
}

function isSingleInstaller(kind: string): boolean {
  return kind === 'Application' || kind === 'HelmRelease';
}

/** The lines of the document that holds a line, its separator with it. */
function documentAround(
  lines: readonly string[],
  line: number,
): { readonly first: number; readonly last: number; readonly whole: boolean } {
  const isSeparator = (text: string | undefined): boolean => /^---(?:\s|$)/.test(text ?? '');
  let first = line;
  while (first > 1 && !isSeparator(lines[first - 1])) first -= 1;
  let last = line;
  while (last < lines.length && !isSeparator(lines[last])) last += 1;
  const before = lines.slice(0, first - 1).some((text) => text.trim() !== '' && !isSeparator(text));
  const after = lines.slice(last).some((text) => text.trim() !== '' && !isSeparator(text));
  return { first, last, whole: !before && !after };
}
