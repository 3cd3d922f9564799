import namespaceLeavesDiscovery from './discovery/namespace-leaves-discovery.ts';
import noLongerBuilds from './gitops/no-longer-builds.ts';
import canarySkipsMinors from './revisions/canary-skips-minors.ts';
import defaultRevisionLost from './revisions/default-revision-lost.ts';
import revisionRemovedInUse from './revisions/revision-removed-in-use.ts';
import revisionRenamedInPlace from './revisions/revision-renamed-in-place.ts';
import sailRevisionDeletedEarly from './revisions/sail-revision-deleted-early.ts';
import stageSkipped from './revisions/stage-skipped.ts';
import tagChangesOwner from './revisions/tag-changes-owner.ts';
import tagMovedBeforeCanary from './revisions/tag-moved-before-canary.ts';
import envoyfilterAcrossVersions from './upgrade/envoyfilter-across-versions.ts';
import gatewayRevisionMoves from './upgrade/gateway-revision-moves.ts';
import inPlaceBesideRevisions from './upgrade/in-place-beside-revisions.ts';
import injectionTurnedOff from './upgrade/injection-turned-off.ts';
import installMethodChanges from './upgrade/install-method-changes.ts';
import policyLocksOut from './traffic/policy-locks-out.ts';
import portLosesHttp from './traffic/port-loses-http.ts';
import sidecarHidesCalledHost from './traffic/sidecar-hides-called-host.ts';
import strictMtlsRefusesCaller from './traffic/strict-mtls-refuses-caller.ts';
import massInjection from './upgrade/mass-injection.ts';
import sailOperatorVersion from './upgrade/sail-operator-version.ts';
import type { ChangeRule } from './change-rule.ts';

/** Rules of our own about the step from base to head, in the order of their ids; those that hazards make are not among them. */
export const OWN_CHANGE_RULES: readonly ChangeRule[] = [
  canarySkipsMinors,
  defaultRevisionLost,
  envoyfilterAcrossVersions,
  gatewayRevisionMoves,
  inPlaceBesideRevisions,
  injectionTurnedOff,
  installMethodChanges,
  massInjection,
  namespaceLeavesDiscovery,
  noLongerBuilds,
  policyLocksOut,
  portLosesHttp,
  revisionRemovedInUse,
  revisionRenamedInPlace,
  sailOperatorVersion,
  sailRevisionDeletedEarly,
  sidecarHidesCalledHost,
  stageSkipped,
  strictMtlsRefusesCaller,
  tagChangesOwner,
  tagMovedBeforeCanary,
];
