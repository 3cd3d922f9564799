import type { ControlPlane, MeshComponent } from '../../mesh/mesh.ts';
import { atLeast } from '../../facts/versions.ts';
import { validatedBy } from '../checks.ts';
import { present } from '../moves.ts';
import { versionEdit } from './chart-edits.ts';
import { valueEdits, type ValueChange } from './value-edits.ts';
import { comesWith, isAtNew, isFrom, versionArgument, type Promotion } from '../promotion.ts';
import { sh } from '../shell.ts';
import { chartOf, isPlain, ofHelm, release } from './helm-commands.ts';
import { NOTHING, REVERT, type Action } from '../step.ts';
import { ztunnelChange, ztunnelEdits } from './ztunnel.ts';
import { runsAt } from '../stage.ts';
import { versionIn } from '../upgrade.ts';
import type { InstallerSteps } from './installer.ts';
import { retargetManifest } from './manifests.ts';

/** Helm releases, from the command line or by helmfile, an umbrella chart, or kustomize's `helmCharts`. */
export const helm: InstallerSteps = {
  base: (p, component) => ({
    ...upgraded(p, component, 'base', []),
    preconditions: [...adoption(p), ...ofHelm(release(component, 'base', versionArgument(p), []))],
    run: [...crds(p), ...release(component, 'base', versionArgument(p), [])],
  }),
  install: (p) => {
    const { to } = p;
    const shared = p.olds.some((old) => old.release === to.release);
    const back = shared ? installs(to, p) : [sh`helm uninstall ${to.release ?? 'istiod'} -n ${to.namespace}`];
    const run = installs(to, p);
    return { ...NOTHING, preconditions: [...ofHelm(run), ...valuesOf(p)], run, rollback: [REVERT, ...back] };
  },
  upgradeInPlace: (p) => {
    const [old] = p.olds;
    const version = old ? versionArgument({ to: old }) : '';
    const withCrds = p.head.components.some((one) => one.component === 'base' && comesWith(p, one));
    const run = installs(p.to, p);
    return {
      ...NOTHING,
      preconditions: [...(withCrds ? adoption(p) : []), ...ofHelm(run)],
      run: [...(withCrds ? crds(p) : []), ...run],
      rollback: [REVERT, ...release(asComponent(p.to), 'istiod', version, revisionFlag(p.to))],
    };
  },
  retarget: retargetManifest,
  moveGateway: (p, { component, value }, name) => {
    if (!component) return NOTHING;
    const title = `Gateway ${component.name} asks for ${name}`;
    const change = { key: 'revision', at: component.revisionAt, from: value, to: name, title };
    return setting(p, component, 'gateway', change);
  },
  part: (p, component) => {
    const change = ztunnelChange(p, component);
    const isSet = change && isPlain(component.at);
    const [to, back] = isSet ? [revisionSet(change.to), revisionSet(change.from)] : [[], []];
    const action = upgraded(p, component, component.component, to, back);
    if (isSet) return action;
    const { edits, byHand } = ztunnelEdits(p, component);
    const rollback =
      edits.length > 0 && action.edits.length === 0 ? [REVERT, ...action.rollback] : action.rollback;
    return { ...action, preconditions: [...byHand], edits: [...action.edits, ...edits], rollback };
  },
  makeDefault: (p) => {
    const isBase = ({ component, installer }: MeshComponent) => component === 'base' && installer === 'helm';
    const base = p.head.components.find(isBase);
    const [old] = p.olds;
    if (!base || !old || !isFrom(p, 12) || p.to.revision === 'default') return undefined;
    const change = {
      key: 'defaultRevision',
      at: base.defaultRevision?.at,
      from: base.defaultRevision?.name ?? old.revision,
      to: p.to.revision,
      title: `${p.to.revision} validates by default`,
    };
    const action = setting(p, base, 'base', change);
    return { ...action, verify: validatedBy(p.to) };
  },
  remove: (p, old) => {
    if (isPlain(old.at)) {
      return {
        ...NOTHING,
        run: [sh`helm uninstall ${old.release ?? 'istiod'} -n ${old.namespace} --keep-history --wait`],
        verify: runsAt(p.head, old) ? [`${old.at.file} installs ${old.revision} no more.`] : [],
        rollback: [sh`helm rollback ${old.release ?? 'istiod'} -n ${old.namespace} --wait`],
      };
    }
    const edits = withdrawal(p, old);
    return {
      ...NOTHING,
      preconditions:
        edits.length > 0 || !runsAt(p.head, old) ? [] : [`${old.revision} is taken out of ${old.at.file}.`],
      edits,
      run: withdrawn(p, old),
      rollback: [...(edits.length > 0 ? [REVERT] : []), ...installs(old, p)],
    };
  },
};

/** A release that is new has no values to keep: it gets those of the one beside it. */
function valuesOf({ to, olds }: Promotion): string[] {
  const [old] = olds;
  if (!old || !isPlain(to.at) || old.release === to.release) return [];
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
  if (isPlain(owner.at)) {
    const [run, rollback] = [
      release(owner, chart, version, set(to)),
      release(owner, chart, version, set(from)),
    ];
    return { ...NOTHING, run, rollback };
  }
  const edits = valueEdits(p, owner, change);
  const byHand =
    edits.length > 0 ? [] : [`The values of ${owner.name} (${owner.at.file}) set ${key}: ${to}.`];
  const run = release(owner, chart, version, []);
  return { ...NOTHING, preconditions: byHand, edits, run, rollback: [REVERT, ...run] };
}

/** Takes a release out of a helmfile, or a dependency out of a chart of charts, with what it installed. */
function withdrawal(
  { copy }: Promotion,
  { at, revision, release: name = '', versionText }: ControlPlane,
): Action['edits'] {
  const has = (lines: readonly string[], key: string, value: string): boolean =>
    lines.some(
      (text) =>
        /^\s*(?:- )?(\w+):\s*["']?([^\s"']+)["']?\s*$/.exec(text)?.slice(1).join() === `${key},${value}`,
    );
  const title = `Take ${revision} out of ${at.file}`;
  if (/(?:^|\/)helmfile/.test(at.file))
    return present([copy.removeItem(at, (lines) => has(lines, 'name', name), title)]);
  if (!/(?:^|\/)(?:Chart|requirements)\.ya?ml$/.test(at.file)) return [];
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
  return {
    ...NOTHING,
    edits,
    run: release(component, chart, versionArgument(p), flags),
    rollback: [...(edits.length > 0 ? [REVERT] : []), ...release(component, chart, back, flagsBack)],
  };
}

/** The component as it was: at base where this change has brought it up already. */
function beforeStep({ base, to }: Promotion, component: MeshComponent): MeshComponent {
  if (isAtNew({ to }, component) !== true) return component;
  const same = ({ name, component: sort }: MeshComponent): boolean =>
    name === component.name && sort === component.component;
  return base.components.find(same) ?? component;
}

/** Helm leaves CRDs alone that are not templates, as they are since 1.24; before 1.8 they are no chart's. */
function crds(p: Promotion): string[] {
  return isFrom(p, 24) || !isFrom(p, 8)
    ? []
    : [`${sh`helm show crds ${chartOf('base', versionArgument(p))}`} | kubectl apply -f -`];
}

/** The first base chart with CRD templates must own the CRDs there are. */
function adoption(p: Promotion): string[] {
  const crosses = isFrom(p, 24) && p.olds.some((old) => atLeast(versionIn(old), 24) === false);
  if (!crosses) return [];
  return [
    'Helm owns the CRDs (label app.kubernetes.io/managed-by=Helm and the annotations meta.helm.sh/release-name and -namespace of the base release on every CRD of Istio): charts since 1.24 bring them as templates.',
  ];
}

function asComponent(plane: ControlPlane): MeshComponent {
  return { ...plane, component: 'istiod', name: plane.release ?? 'istiod' };
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
  return /(?:^|\/)helmfile/.test(old.at.file)
    ? [sh`helm uninstall ${old.release ?? 'istiod'} -n ${old.namespace}`]
    : installs(p.to, p);
}
