import type { Fix } from '../../vocabulary.ts';
import { numberAt, textAt } from '../../untyped.ts';
import type { ControlPlane, RevisionTag } from '../../mesh/mesh.ts';
import type { Resource } from '../../render/resource.ts';
import { check } from '../checks.ts';
import { deliveredEdit, withTheirCharts, type Place } from '../delivery.ts';
import { present } from '../moves.ts';
import type { Promotion } from '../promotion.ts';
import { sh } from '../shell.ts';
import { NOTHING, REVERT, type Action } from '../step.ts';
import { versionEdit } from './version-edits.ts';
import type { InstallerSteps } from './installer.ts';

/** A day: time to look, and to go back, before the operator deletes what nothing uses any more. */
const LONG_GRACE = 86_400;
/** The operator's own default. */
const SHORT_GRACE = 30;

/** The Sail Operator: `spec.version` of an Istio object, IstioRevisions, IstioRevisionTags. */
export const sail: InstallerSteps = {
  base: () => undefined,
  install: (p) => {
    const action = applied(p, p.to);
    return {
      ...action,
      preconditions: [
        ...action.preconditions,
        `The Sail Operator that runs knows ${p.to.versionText}: it is upgraded first.`,
        ...longerGrace(p),
        ...movesAlong(p),
      ],
      run: [...keepOld(p), ...action.run],
      rollback: [...action.rollback, ...keptNoMore(p)],
      verify: [
        check(sh`kubectl get istiorevision ${p.to.revision}`, 'READY True, STATUS Healthy'),
        ...p.olds
          .filter(({ installer }) => installer === 'sail')
          .map(({ revision }) => check(sh`kubectl get istiorevision ${revision}`, 'READY True, IN USE True')),
      ],
    };
  },
  upgradeInPlace: (p) => applied(p, p.to),
  retarget: retargetTag,
  moveGateway: () => NOTHING,
  part: (p, component) => {
    const kind = component.component === 'cni' ? 'IstioCNI' : 'ZTunnel';
    const resource = p.head.find(`${kind}.sailoperator.io`, '', component.name);
    const action = deliveredEdit(
      p.delivery,
      [...versionEdit(p, component), ...targetEdit(p, resource)],
      [{ file: component.at.file, resource }],
      [],
    );
    const object = `${kind.toLowerCase()}/${component.name}`;
    return {
      ...action,
      verify: [check(sh`kubectl wait ${object} --for=condition=Ready --timeout=5m`, 'condition met')],
    };
  },
  makeDefault: () => undefined,
  remove: (p, old) => (isVersioned(old) && old.release === p.to.release ? expired(p, old) : deleted(p, old)),
};

/** A ZTunnel that names an IstioRevision stays with it until told otherwise; one that names an Istio follows. */
function targetEdit({ copy, to, olds }: Promotion, resource: Resource | undefined): Fix[] {
  const name = textAt(resource?.body, 'spec', 'targetRef', 'name');
  const isOld = olds.some(({ revision }) => revision === name && revision !== to.revision);
  if (!resource || !isOld || textAt(resource.body, 'spec', 'targetRef', 'kind') !== 'IstioRevision')
    return [];
  const at = resource.origin.at(['spec', 'targetRef', 'name']);
  return present([copy.replaceValue(at, name, to.revision, `${resource.name} asks ${to.revision}`)]);
}

function applied(p: Promotion, { at, resource }: ControlPlane): Action {
  const places = [{ file: at.file, resource }];
  const run = p.delivery.apply(places);
  return { ...NOTHING, preconditions: withTheirCharts(p.delivery, places), run, rollback: [REVERT, ...run] };
}

function isVersioned({ resource, release, revision }: ControlPlane): boolean {
  return resource?.kind === 'Istio' && release !== revision;
}

function writtenGrace({ to }: Promotion): number | undefined {
  return numberAt(to.resource?.body, 'spec', 'updateStrategy', GRACE);
}

function replacesItself({ to, olds }: Promotion): boolean {
  return olds.some((old) => isVersioned(old) && old.release === to.release);
}

/** How long the operator keeps an unused revision is 30 seconds unless somebody says otherwise, before the new one is there. */
function keepOld(p: Promotion): string[] {
  const isOpen = replacesItself(p) && writtenGrace(p) === undefined;
  return isOpen ? [graceCommand(p.to.release ?? 'default', LONG_GRACE)] : [];
}

/** What is written comes back with every apply: there a patch lasts no longer than the next one. */
function longerGrace(p: Promotion): string[] {
  const written = writtenGrace(p);
  if (!replacesItself(p) || written === undefined || written >= LONG_GRACE) return [];
  const olds = p.olds.map(({ revision }) => revision).join(' and ');
  return [
    `${p.to.at.file} says ${GRACE}: ${LONG_GRACE} by then: after ${written} seconds without use ${olds} would be gone, and with it the way back.`,
  ];
}

/** A tag that points to the Istio object follows its version at once. */
function movesAlong({ base, olds, to }: Promotion): string[] {
  return base.tags.flatMap(({ name, revision, resource }) => {
    const target = textAt(resource?.body, 'spec', 'targetRef', 'name');
    const follows = resource?.kind === 'IstioRevisionTag' && !isOfRevision(resource);
    if (!follows || target !== to.release || !olds.some((old) => old.revision === revision)) return [];
    return [
      `Tag ${name} points to Istio ${target} and moves with its version: to move it in a step of its own, point it to IstioRevision ${revision} before.`,
    ];
  });
}

function isOfRevision({ body }: Resource): boolean {
  return textAt(body, 'spec', 'targetRef', 'kind') === 'IstioRevision';
}

/** Back to the operator's own default. */
function keptNoMore(p: Promotion): string[] {
  return keepOld(p).length === 0 ? [] : [graceCommand(p.to.release ?? 'default', null)];
}

const GRACE = 'inactiveRevisionDeletionGracePeriodSeconds';

/** `null`: what nobody sets. */
function graceCommand(name: string, seconds: number | null): string {
  const patch = JSON.stringify({ spec: { updateStrategy: { [GRACE]: seconds } } });
  return sh`kubectl patch istio ${name} --type=merge -p ${patch}`;
}

/** The operator deletes an IstioRevision that nothing uses once the grace period is over. */
function expired(p: Promotion, { revision, release = 'default', versionText }: ControlPlane): Action {
  const back = JSON.stringify({ spec: { version: versionText } });
  const forth = JSON.stringify({ spec: { version: p.to.versionText } });
  return {
    ...NOTHING,
    run: [
      graceCommand(release, SHORT_GRACE),
      sh`kubectl wait --for=delete ${`istiorevision/${revision}`} --timeout=10m`,
    ],
    verify: [check('kubectl get istiorevision', `${revision} is gone`)],
    rollback: [
      graceCommand(release, LONG_GRACE),
      sh`kubectl patch istio ${release} --type=merge -p ${back}`,
      sh`kubectl wait ${`istiorevision/${revision}`} --for=condition=Ready --timeout=10m`,
      sh`kubectl patch istio ${release} --type=merge -p ${forth}`,
    ],
  };
}

/** An Istio or IstioRevision object of its own goes with its manifest. */
function deleted(p: Promotion, { resource, at, revision, release }: ControlPlane): Action {
  const kind = (resource?.kind ?? 'IstioRevision').toLowerCase();
  const edits = ownFile(p, resource?.kind ?? '', at.file);
  const places: Place[] = [{ file: at.file, resource }];
  if (p.delivery.by !== 'kubectl') return deliveredEdit(p.delivery, edits, places, []);
  return {
    ...NOTHING,
    edits,
    run: [sh`kubectl delete ${`${kind}/${release ?? revision}`}`],
    verify: [check('kubectl get istiorevision', `${revision} is gone`)],
    rollback: [...(edits.length > 0 ? [REVERT] : []), ...p.delivery.apply(places)],
  };
}

function ownFile({ head, copy }: Promotion, kind: string, file: string): Fix[] {
  const kinds = ['Istio', 'IstioRevision', 'IstioRevisionTag', 'IstioCNI', 'ZTunnel'];
  const here = kinds
    .flatMap((one) => head.resources(`${one}.sailoperator.io`))
    .filter(({ origin }) => origin.file === file);
  const namespaces = head.resources('Namespace').filter(({ origin }) => origin.file === file);
  if (here.length + namespaces.length !== 1 || here[0]?.kind !== kind) return [];
  return present([copy.removeLines(file, 1, Infinity, `Remove ${file}`)]);
}

/** A tag on an IstioRevision stays where it is until its `targetRef` is edited. */
function retargetTag(p: Promotion, tag: RevisionTag): Action {
  const { to, copy, delivery } = p;
  const { resource, name, revision, at } = tag;
  const healthy = check(sh`kubectl get istiorevisiontag ${name}`, `STATUS Healthy, REVISION ${to.revision}`);
  const isRevision = resource && textAt(resource.body, 'spec', 'targetRef', 'kind') === 'IstioRevision';
  if (!isRevision) return { ...NOTHING, verify: [healthy] };
  const edits = present([
    copy.replaceValue(at, revision, to.revision, `Tag ${name} points to ${to.revision}`),
  ]);
  if (delivery.by !== 'kubectl') {
    return deliveredEdit(delivery, edits, [{ file: at.file, resource }], [healthy]);
  }
  const point = (target: string): string =>
    sh`kubectl patch istiorevisiontag ${name} --type=merge -p ${JSON.stringify({ spec: { targetRef: { name: target } } })}`;
  return {
    ...NOTHING,
    edits,
    run: [point(to.revision)],
    verify: [healthy],
    rollback: [point(revision), ...(edits.length > 0 ? [REVERT] : [])],
  };
}
