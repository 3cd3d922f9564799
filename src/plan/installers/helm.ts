import type { ControlPlane, MeshComponent } from '../../mesh/mesh.ts';
import { validatedBy } from '../checks.ts';
import { present } from '../moves.ts';
import { versionByHand, versionEdit } from './version-edits.ts';
import { valueEdits, type ValueChange } from './value-edits.ts';
import { comesWith, isAtNew, isFrom, versionArgument, type Promotion } from '../promotion.ts';
import { sh } from '../shell.ts';
import { asked, installedBy, isHelmfile, isPartOfChart, isPlain, release } from './helm-commands.ts';
import { NOTHING, REVERT, type Action } from '../step.ts';
import { adoption, beforeStep, crds } from './helm-crds.ts';
import { ztunnelChange, ztunnelEdits } from './ztunnel.ts';
import { runsAt } from '../stage.ts';
import type { InstallerSteps } from './installer.ts';
import { retargetManifest } from './manifests.ts';

/** Helm releases, from the command line or by helmfile, an umbrella chart, or kustomize's `helmCharts`. */
export const helm: InstallerSteps = {
  base: (p, component) => {
    const action = upgraded(p, component, 'base', []);
    return {
      ...action,
      preconditions: [...adoption(p, component), ...action.preconditions],
      run: [...crds(p), ...action.run],
    };
  },
  install: (p) => {
    const { to } = p;
    const shared = p.olds.some((old) => old.release === to.release) || !isOwnRelease(to);
    const run = installs(to, p);
    const back = shared ? run : [sh`helm uninstall ${to.release ?? 'istiod'} -n ${to.namespace}`];
    return {
      ...NOTHING,
      preconditions: [...asked(asComponent(to), run), ...valuesOf(p)],
      run,
      rollback: [REVERT, ...back],
    };
  },
  upgradeInPlace: (p) => {
    const [old] = p.olds;
    const version = old ? versionArgument({ to: old }) : '';
    const crdsToo = p.head.components.find((one) => one.component === 'base' && comesWith(p, one));
    const run = installs(p.to, p);
    return {
      ...NOTHING,
      preconditions: [...(crdsToo ? adoption(p, crdsToo) : []), ...asked(asComponent(p.to), run)],
      run: [...(crdsToo ? crds(p) : []), ...run],
      rollback: [REVERT, ...release(asComponent(p.to), 'istiod', version, revisionFlag(p.to))],
    };
  },
  retarget: retargetManifest,
  redeploy: (p, plane) => (isPlain(plane) ? [] : installs(plane, p)),
  moveGateway: (p, { component, value }, name) => {
    if (!component) return NOTHING;
    const title = `Gateway ${component.name} asks for ${name}`;
    const change = { key: 'revision', at: component.revisionAt, from: value, to: name, title };
    return setting(p, component, 'gateway', change);
  },
  part: (p, component) => {
    const change = ztunnelChange(p, component);
    const isSet = change && isPlain(component);
    const [to, back] = isSet ? [revisionSet(change.to), revisionSet(change.from)] : [[], []];
    const action = upgraded(p, component, component.component, to, back);
    // The command sets it; a line that says otherwise is edited too.
    const { edits, byHand } = ztunnelEdits(p, component);
    const rollback =
      edits.length > 0 && action.edits.length === 0 ? [REVERT, ...action.rollback] : action.rollback;
    const preconditions = [...action.preconditions, ...(isSet ? [] : byHand)];
    return { ...action, preconditions, edits: [...action.edits, ...edits], rollback };
  },
  makeDefault: (p) => {
    const isBase = ({ component, installer }: MeshComponent) => component === 'base' && installer === 'helm';
    const base = p.head.components.find(isBase);
    const [old] = p.olds;
    if (!base || !old || !isFrom(p, 12) || p.to.revision === 'default') return undefined;
    // Where this change has set it, the way back is what base says.
    const isSet = base.defaultRevision?.name === p.to.revision;
    const before = isSet ? p.base.components.find(isBase) : base;
    const change = {
      key: 'defaultRevision',
      at: base.defaultRevision?.at,
      from: before?.defaultRevision?.name ?? old.revision,
      to: p.to.revision,
      title: `${p.to.revision} validates by default`,
    };
    const action = setting(p, base, 'base', change);
    return { ...action, verify: validatedBy(p.to) };
  },
  remove: (p, old) => {
    if (isPlain(old)) {
      return {
        ...NOTHING,
        run: [sh`helm uninstall ${old.release ?? 'istiod'} -n ${old.namespace} --keep-history --wait`],
        verify: runsAt(p.head, old) ? [`${installedBy(old)} installs ${old.revision} no more.`] : [],
        rollback: [sh`helm rollback ${old.release ?? 'istiod'} -n ${old.namespace} --wait`],
      };
    }
    const edits = withdrawal(p, old);
    const run = withdrawn(p, old);
    const byHand =
      edits.length > 0 || !runsAt(p.head, old)
        ? []
        : [`${old.revision} is taken out of ${installedBy(old)}.`];
    return {
      ...NOTHING,
      preconditions: [...byHand, ...asked(asComponent(old), run)],
      edits,
      run,
      rollback: [...(edits.length + byHand.length > 0 ? [REVERT] : []), ...installs(old, p)],
    };
  },
};

/** A release that is new has no values to keep: it gets those of the one beside it. */
function valuesOf({ to, olds }: Promotion): string[] {
  const [old] = olds;
  if (!old || !isPlain(to) || old.release === to.release) return [];
  const { file, line } = to.at;
  return [
    `The command takes the values that ${file}:${line} gives (-f, --set): ${to.release ?? 'the new release'} inherits none.`,
  ];
}

/** Sets a value of a release: in its file where it has one, else on the command line. */
function setting(p: Promotion, owner: MeshComponent, chart: string, change: ValueChange): Action {
  const { key, from, to } = change;
  const set = (value: string): string[] => [
    '--set',
    `${key}=${value === 'default' && key === 'revision' ? '' : value}`,
  ];
  // CRDs and validator are at the new version by now; a gateway's chart comes later.
  const version = chart === 'base' ? versionArgument(p) : owner.versionText;
  const edits = valueEdits(p, owner, change);
  if (isPlain(owner)) {
    const [run, back] = [release(owner, chart, version, set(to)), release(owner, chart, version, set(from))];
    const preconditions = asked(owner, run);
    return {
      ...NOTHING,
      preconditions,
      edits,
      run,
      rollback: [...(edits.length > 0 ? [REVERT] : []), ...back],
    };
  }
  const byHand =
    edits.length > 0 ? [] : [`The values of ${owner.name} (${installedBy(owner)}) set ${key}: ${to}.`];
  const run = release(owner, chart, version, []);
  return {
    ...NOTHING,
    preconditions: [...byHand, ...asked(owner, run)],
    edits,
    run,
    rollback: [REVERT, ...run],
  };
}

/** Takes a release out of a helmfile, or a dependency out of a chart of charts, with what it installed. */
function withdrawal(
  { copy }: Promotion,
  { at, chartFile, revision, release: name = '', versionText }: ControlPlane,
): Action['edits'] {
  // What stands in another file than the version is not found by its line.
  if (chartFile !== undefined) return [];
  const has = (lines: readonly string[], key: string, value: string): boolean =>
    lines.some(
      (text) =>
        /^\s*(?:- )?(\w+):\s*["']?([^\s"']+)["']?\s*$/.exec(text)?.slice(1).join() === `${key},${value}`,
    );
  const title = `Take ${revision} out of ${at.file}`;
  if (isHelmfile({ at })) return present([copy.removeItem(at, (lines) => has(lines, 'name', name), title)]);
  if (!isPartOfChart({ at })) return [];
  const isIt = (lines: readonly string[]): boolean =>
    has(lines, 'version', versionText) && has(lines, 'name', 'istiod');
  return present([copy.removeItem(at, isIt, title)]);
}

function upgraded(
  p: Promotion,
  component: MeshComponent,
  chart: string,
  flags: readonly string[],
  flagsBack = flags,
): Action {
  const edits = versionEdit(p, component);
  const earlier = beforeStep(p, component);
  const back = earlier.version
    ? versionArgument({ to: { ...p.to, ...earlier, revision: p.to.revision } })
    : '';
  const run = release(component, chart, versionArgument(p), flags);
  const isOpen = edits.length === 0 && !isPlain(component) && isAtNew(p, component) !== true;
  return {
    ...NOTHING,
    preconditions: [...(isOpen ? [versionByHand(p, component)] : []), ...asked(component, run)],
    edits,
    run,
    rollback: [
      ...(edits.length > 0 || isOpen ? [REVERT] : []),
      ...release(component, chart, back, flagsBack),
    ],
  };
}

function asComponent(plane: ControlPlane): MeshComponent {
  return { ...plane, component: 'istiod', name: plane.release ?? 'istiod' };
}

/** A release that nothing else is in, and that a helm command may take away. */
function isOwnRelease(plane: ControlPlane): boolean {
  return isPlain(plane) || isHelmfile(plane);
}

function revisionSet(revision: string): string[] {
  return ['--set', `revision=${revision === 'default' ? '' : revision}`];
}

function revisionFlag({ revision }: ControlPlane): string[] {
  return revision === 'default' ? [] : ['--set', `revision=${revision}`];
}

function installs(plane: ControlPlane, p: Promotion): string[] {
  return release(asComponent(plane), 'istiod', versionArgument({ ...p, to: plane }), revisionFlag(plane));
}

/** A helmfile has one release for each revision; an umbrella chart or an overlay is one release of all of them. */
function withdrawn(p: Promotion, old: ControlPlane): string[] {
  return isHelmfile(old)
    ? [sh`helm uninstall ${old.release ?? 'istiod'} -n ${old.namespace}`]
    : installs(p.to, p);
}
