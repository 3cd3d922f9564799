import type { ControlPlane } from '../mesh/mesh.ts';
import { hops, nothingOn, preflight, runs, versionWords } from './checks.ts';
import { gatewaysOn, claimedEarly } from './gateway-moves.ts';
import { deliveryOf } from './delivery.ts';
import { INSTALLERS, performerOf } from './installers/all.ts';
import { movingDrafts } from './moving.ts';
import { lateDefaultTag } from './new-tags.ts';
import { baseDrafts, partDrafts } from './parts.ts';
import { componentsOf, isFrom, type Promotion } from './promotion.ts';
import { isRetained, runsAt } from './stage.ts';
import { NOTHING, type Draft } from './step.ts';
import { planeText } from './upgrade.ts';

/** The steps of a promotion by revision, from the CRDs to the removal of what is replaced. */
export function canaryDrafts(p: Promotion): Draft[] {
  return [
    ...hopDrafts(p, 2),
    ...baseDrafts(p),
    installDraft(p),
    ...movingDrafts(p),
    ...partDrafts(p),
    ...defaultDrafts(p),
    ...removalDrafts(p),
    ...lateDefaultTag(p),
  ];
}

/** Releases on the way that may not be skipped. */
export function hopDrafts(p: Promotion, step: 1 | 2): Draft[] {
  const [oldest] = p.olds;
  if (!oldest) return [];
  return hops(oldest, p.to, step).map((minor) => ({
    ...NOTHING,
    title: `Go to ${minor} first`,
    preconditions: [
      step === 1
        ? 'In place, Istio goes one minor at a time.'
        : 'Beside each other, two revisions are at most two minors apart.',
    ],
    verify: [`Everything runs with ${minor} before the next step: the steps below, with that version.`],
    rollback: [`Back to ${versionWords(oldest)}, as the steps below undo it.`],
    holds: { base: false, head: false },
  }));
}

function installDraft(p: Promotion): Draft {
  const action = INSTALLERS[p.installer].install(p);
  const wasThere = p.base.controlPlanes.some(
    ({ revision, versionText }) => revision === p.to.revision && versionText === p.to.versionText,
  );
  const olds = p.olds.map(({ revision }) => revision).join(' and ');
  return {
    ...action,
    title: `Install ${p.to.revision === 'default' ? '' : 'revision '}${planeText(p.to)} beside ${olds === 'default' ? 'the unnamed control plane' : olds}`,
    preconditions: [
      ...preflight(p),
      'Both revisions have the same mesh configuration but for what is meant to differ, and the same root certificate.',
      ...(componentsOf(p.head, 'base').length === 0 && needsBase(p)
        ? [`The CRDs (base chart) are at ${versionWords(p.to)}: they are not written here.`]
        : []),
      ...claimedEarly(p),
      ...action.preconditions,
    ],
    verify: [...runs(p.to), ...action.verify, 'No pod has moved: nothing asks for the new revision yet.'],
    holds: { base: wasThere, head: true },
  };
}

function needsBase({ installer }: Promotion): boolean {
  return installer === 'helm' || installer === 'argocd' || installer === 'flux';
}

/** Validation moves before the old control plane goes: without its service no Istio object could be written. */
function defaultDrafts(p: Promotion): Draft[] {
  const action = INSTALLERS[p.installer].makeDefault(p);
  if (!action) return [];
  return [
    {
      ...action,
      title: `Make ${p.to.revision} the default revision`,
      holds: { base: validates(p.base, p), head: validates(p.head, p) },
    },
  ];
}

/** Does the base chart's `defaultRevision` name the new revision on this side? */
export function validates({ components }: Promotion['head'], { to }: Promotion): boolean {
  return components.some(({ defaultRevision }) => defaultRevision?.name === to.revision);
}

/** Old revisions go independently of each other: those that are gone already first. */
function removalDrafts(p: Promotion): Draft[] {
  const drafts = p.olds.map((old) => removalDraft(p, old));
  const [done, open] = [drafts.filter(({ holds }) => holds.head), drafts.filter(({ holds }) => !holds.head)];
  return [...done, ...open];
}

/** Whoever installed it takes it away. */
function byInstallerOf(p: Promotion, old: ControlPlane): Promotion {
  const installer = performerOf(old, runsAt(p.head, old) ? p.head : p.base);
  return installer === p.installer ? p : { ...p, installer, delivery: deliveryOf(p.head, installer) };
}

function removalDraft(p: Promotion, old: ControlPlane): Draft {
  const retained = isRetained(old, p.to, p.base);
  const gone = (side: Promotion['base']): boolean => !retained && !runsAt(side, old);
  const own = byInstallerOf(p, old);
  const action = INSTALLERS[own.installer].remove(own, old);
  return {
    ...action,
    title: `Remove ${planeText(old)}`,
    preconditions: [
      ...nothingOn(old, p),
      ...gatewaysOn(p, old.revision),
      ...(isFrom(p, 12) ? ['The default validator does not point to it.'] : []),
      'A working day has passed without trouble, and no Job with the old proxy still runs.',
      ...action.preconditions,
    ],
    holds: { base: gone(p.base), head: gone(p.head) },
    pointOfNoReturn: true,
  };
}
