import type { ControlPlane, MeshComponent } from '../../mesh/mesh.ts';
import { atLeast } from '../../facts/versions.ts';
import { check } from '../checks.ts';
import { present } from '../moves.ts';
import { versionEdit } from './chart-edits.ts';
import { valueEdits, type ValueChange } from './value-edits.ts';
import { comesWith, isFrom, versionArgument, type Promotion } from '../promotion.ts';
import { sh } from '../shell.ts';
import { chartOf, isPlain, ofHelm, release } from './helm-commands.ts';
import { NOTHING, REVERT, type Action } from '../step.ts';
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
    const flags = component.component === 'ztunnel' ? revisionFlag(p.to) : [];
    return upgraded(p, component, component.component, flags);
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
    return { ...action, verify: validatedBy(p) };
  },
  remove: (p, old) => {
    if (isPlain(old.at)) {
      return {
        ...NOTHING,
        run: [sh`helm uninstall ${old.release ?? 'istiod'} -n ${old.namespace}`],
        rollback: release(asComponent(old), 'istiod', versionArgument({ to: old }), revisionFlag(old)),
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
  const version = versionArgument(p);
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

/** Takes a release out of a helmfile, with the release itself. */
function withdrawal(
  { copy }: Promotion,
  { at, revision, release: name = '' }: ControlPlane,
): Action['edits'] {
  if (!/(?:^|\/)helmfile/.test(at.file)) return [];
  const isIt = (lines: readonly string[]): boolean =>
    lines.some((text) => /^\s*(?:- )?name:\s*(\S+)\s*$/.exec(text)?.[1] === name);
  return present([copy.removeItem(at, isIt, `Take ${revision} out of ${at.file}`)]);
}

/** A writing of Istio objects is answered by the new revision before the old one goes. */
export function validatedBy({ to }: Promotion): string[] {
  return [
    check(
      'kubectl get validatingwebhookconfiguration istiod-default-validator -o jsonpath={.webhooks[0].clientConfig.service.name}',
      `istiod-${to.revision}`,
    ),
  ];
}

function upgraded(p: Promotion, component: MeshComponent, chart: string, flags: readonly string[]): Action {
  const edits = versionEdit(p, component);
  const back = component.version
    ? versionArgument({ to: { ...p.to, ...component, revision: p.to.revision } })
    : '';
  return {
    ...NOTHING,
    edits,
    run: release(component, chart, versionArgument(p), flags),
    rollback: [...(edits.length > 0 ? [REVERT] : []), ...release(component, chart, back, flags)],
  };
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
