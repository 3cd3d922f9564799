import { compareVersions } from '../facts/versions.ts';
import { followersIn, followersText } from './followers.ts';
import { baseDrafts, hopDrafts, nodeDrafts } from './canary.ts';
import { preflight, runs, versionWords } from './checks.ts';
import { INSTALLERS } from './installers/all.ts';
import { leadsTo } from './names.ts';
import type { Promotion } from './promotion.ts';
import { restartsOf } from './restarts.ts';
import type { Draft } from './step.ts';
import { wavesOf, type Wave } from './waves.ts';

/** The steps of an upgrade in place: the control plane serves all its proxies at once, and they follow by restarts. */
export function inPlaceDrafts(p: Promotion): Draft[] {
  const followers = followersIn(p.head).filter(({ asksFor }) => {
    const leads = leadsTo(p.head, [p.to], asksFor);
    return leads.to === 'revision'
      ? leads.revision === p.to.revision
      : asksFor === 'default' && leads.to === 'unknown';
  });
  const waves = wavesOf(p.head, p.settings, followers);
  return [
    ...hopDrafts(p, 1),
    ...baseDrafts(p),
    upgradeDraft(p),
    ...nodeDrafts(p),
    ...waves.map((wave) => restartDraft(p, wave)),
  ];
}

function upgradeDraft(p: Promotion): Draft {
  const action = INSTALLERS[p.installer].upgradeInPlace(p);
  return {
    ...action,
    title: `${verb(p)} ${p.to.revision === 'default' ? 'the control plane' : `revision ${p.to.revision}`} in place to ${versionWords(p.to)}`,
    preconditions: [...preflight(p), ...action.preconditions],
    verify: [...runs(p.to), ...action.verify],
    holds: { base: false, head: true },
  };
}

function verb({ olds: [from], to }: Promotion): string {
  const older = from?.version && to.version && compareVersions(to.version, from.version) < 0;
  return older ? 'Downgrade' : 'Upgrade';
}

/** Nothing in the repository says whether pods were restarted, so this is always still to do. */
function restartDraft(p: Promotion, wave: Wave): Draft {
  const { run, notes } = restartsOf(p.head, p.delivery, wave.followers);
  return {
    title: `Restart ${followersText(wave.followers)}`,
    preconditions: [`Chosen for this wave: ${wave.why}.`],
    run,
    edits: [],
    verify: [
      `istioctl proxy-status → version ${versionWords(p.to)} for the restarted pods, SYNCED`,
      ...notes,
    ],
    rollback: ['The control plane goes back to its old version first.', ...run],
    holds: { base: false, head: false },
  };
}
