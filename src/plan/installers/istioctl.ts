import type { ControlPlane, RevisionTag } from '../../mesh/mesh.ts';
import { atLeast } from '../../facts/versions.ts';
import { check, tagPointsTo, versionWords } from '../checks.ts';
import { present } from '../moves.ts';
import { isFrom, toolVersion, type Promotion } from '../promotion.ts';
import { sh } from '../shell.ts';
import { byHand, NOTHING, REVERT, type Action } from '../step.ts';
import { isSetByScript, scriptEdit, tagGiven, tagTaken } from '../tag-edits.ts';
import type { Fix } from '../../vocabulary.ts';
import { runsAt } from '../stage.ts';
import { versionIn } from '../upgrade.ts';
import type { InstallerSteps } from './installer.ts';
import { retargetManifest } from './manifests.ts';

/** `istioctl install` with IstioOperator files. Its own version is the version it installs. */
export const istioctl: InstallerSteps = {
  base: () => undefined,
  install: (p) => ({
    ...NOTHING,
    preconditions: [ofVersion(toolVersion(p)), ...gatewaysAside(p)],
    run: [installCommand(p.to)],
    verify: isFrom(p, 10) ? [check(tagCommand(p, 'list'), 'the tags as before')] : [],
    rollback: [uninstallCommand(p, p.to)],
  }),
  upgradeInPlace: (p) => {
    const [old] = p.olds;
    return {
      ...NOTHING,
      preconditions: [ofVersion(toolVersion(p))],
      run: [installCommand(p.to)],
      rollback: [
        REVERT,
        ...(old ? [ofVersion(versionWords(old)), installCommand(old)] : []),
        ...(old && setsDefault(p, old) ? [ofVersion(toolVersion(p)), ...withoutTag(p)] : []),
      ],
    };
  },
  retarget: (p, tag) => {
    const { edits, byHand } = tagEdits(p, tag);
    const set = (revision: string): string => tagSet(p, tag.name, revision);
    return {
      ...NOTHING,
      edits,
      preconditions: byHand,
      run: [set(p.to.revision)],
      verify: tagPointsTo(tag.name, p.to.revision),
      rollback: [set(tag.revision), ...withoutValidator(p, tag), ...(edits.length > 0 ? [REVERT] : [])],
    };
  },
  moveGateway: () => NOTHING,
  part: () => undefined,
  makeDefault: (p) => defaultTag(p),
  remove: (p, old) => {
    // The unnamed control plane is taken away by its file, which therefore goes last.
    const edits = old.revision === 'default' ? [] : withoutFile(p, old);
    const afterwards = `${old.at.file} is taken out of the repository, so that nobody installs it again.`;
    return {
      ...NOTHING,
      edits,
      run: [uninstallCommand(p, old, true)],
      verify: edits.length > 0 || !runsAt(p.head, old) ? [] : [afterwards],
      rollback: [...(edits.length > 0 ? [REVERT] : []), ...installedAgain(p, old)],
    };
  },
};

/** Where a tag is written, it is written anew: as an object, in a script's command, or in `revisionTags` of another file. */
function tagEdits(p: Promotion, tag: RevisionTag): { readonly edits: Fix[]; readonly byHand: string[] } {
  if (isSetByScript(p, tag)) {
    const edits = scriptEdit(p, tag);
    return { edits, byHand: edits.length > 0 ? [] : [byHand(tag.at.file)] };
  }
  if (tag.resource && tag.resource.kind !== 'IstioOperator')
    return { edits: [...retargetManifest(p, tag).edits], byHand: [] };
  const [taken, given] = [tagTaken(p, tag), tagGiven(p, p.to, tag.name)];
  const text = `Tag ${tag.name} stands in revisionTags of ${tag.at.file}: it moves to those of ${p.to.at.file}.`;
  return { edits: [...taken, ...given], byHand: taken.length * given.length > 0 ? [] : [text] };
}

function ofVersion(version: string): string {
  return `istioctl on the PATH is ${version}.`;
}

function installCommand(plane: ControlPlane): string {
  const isFile = plane.resource?.kind === 'IstioOperator';
  const file = isFile ? sh` -f ${plane.at.file}` : '';
  const revision = plane.revision === 'default' ? '' : sh` --set ${`revision=${plane.revision}`}`;
  return `istioctl install${file}${revision} -y`;
}

/** Left experimental in 1.15. An unnamed control plane goes with its file: CNI and ztunnel bear the same label. */
function uninstallCommand(p: Promotion, plane: ControlPlane, byFile = false): string {
  const command = isFrom(p, 15) ? 'istioctl uninstall' : 'istioctl x uninstall';
  const isFile = byFile && plane.revision === 'default' && plane.resource?.kind === 'IstioOperator';
  const what = isFile ? sh`-f ${plane.at.file}` : sh`--revision ${plane.revision}`;
  return `${command} ${what} -y`;
}

/** `istioctl tag` since 1.11, `istioctl x revision tag` in 1.10. */
export function tagCommand(p: Promotion, verb: 'set' | 'list' | 'remove'): string {
  return isFrom(p, 11) ? `istioctl tag ${verb}` : `istioctl x revision tag ${verb}`;
}

function tagSet(p: Promotion, name: string, revision: string): string {
  const auto = name === 'default' && isFrom(p, 13) && p.olds.some(({ injectsByDefault }) => injectsByDefault);
  return `${tagCommand(p, 'set')}${sh` ${name} --revision ${revision} --overwrite`}${auto ? ' --auto-inject-namespaces' : ''}`;
}

/**
 * Since 1.12 the default tag brings the default validator, setting it disarms an unnamed injector, and installing without a
 * revision has set it already.
 */
function defaultTag(p: Promotion): Action | undefined {
  const old = p.olds.find(({ revision }) => revision === 'default') ?? p.olds[0];
  const hasTag = p.head.tags.some(({ name }) => name === 'default');
  if (!old || hasTag || p.to.revision === 'default' || !isFrom(p, 12)) return undefined;
  return {
    ...NOTHING,
    run: [tagSet(p, 'default', p.to.revision)],
    verify: [
      check(
        'kubectl get validatingwebhookconfiguration istiod-default-validator -L istio.io/rev',
        p.to.revision,
      ),
    ],
    rollback: hadDefaultTag(old) ? [tagSet(p, 'default', old.revision)] : withoutDefaultTag(p, old),
  };
}

const NO_VALIDATOR =
  'kubectl delete validatingwebhookconfiguration istiod-default-validator --ignore-not-found';

/** The default tag of an istioctl before 1.12 came without a validator. */
function withoutValidator(p: Promotion, { name, revision }: RevisionTag): string[] {
  const old = p.olds.find((one) => one.revision === revision);
  return name === 'default' && isFrom(p, 12) && old && !hadDefaultTag(old) ? [NO_VALIDATOR] : [];
}

/** Since 1.12 the first installation sets the default tag, and one without a revision always does. */
function hadDefaultTag(old: ControlPlane): boolean {
  return atLeast(versionIn(old), 12) !== false;
}

/**
 * Removing the tag leaves its validator behind (until 1.30). An unnamed injector answers again once its old istioctl has written
 * it; until then the tag answers for it, so that no pod starts without a sidecar.
 */
function withoutDefaultTag(p: Promotion, old: ControlPlane): string[] {
  const gone = withoutTag(p);
  if (old.revision !== 'default') return gone;
  const armed = [ofVersion(versionWords(old)), installCommand(old), ofVersion(toolVersion(p))];
  const moved = p.head.tags
    .filter((tag) => isOfFile(tag, old))
    .map(({ name }) => tagSet(p, name, p.to.revision));
  return [tagSet(p, 'default', 'default'), ...armed, ...moved, ...gone];
}

function withoutTag(p: Promotion): string[] {
  return [`${tagCommand(p, 'remove')} default -y`, NO_VALIDATOR];
}

/** The first installation without a revision that sets the default tag. */
function setsDefault(p: Promotion, old: ControlPlane): boolean {
  return p.to.revision === 'default' && isFrom(p, 12) && !hadDefaultTag(old);
}

/** Installing a control plane takes the tags of its file along, and the unnamed one the default tag: all go back where they were. */
function installedAgain(p: Promotion, old: ControlPlane): string[] {
  const install = [ofVersion(versionWords(old)), installCommand(old)];
  const taken = [
    ...(old.revision === 'default' && isFrom(p, 12) ? ['default'] : []),
    ...p.head.tags.filter((tag) => isOfFile(tag, old)).map(({ name }) => name),
  ];
  if (taken.length === 0) return install;
  return [...install, ofVersion(toolVersion(p)), ...taken.map((name) => tagSet(p, name, p.to.revision))];
}

function isOfFile({ resource }: RevisionTag, { resource: operator }: ControlPlane): boolean {
  return operator?.kind === 'IstioOperator' && resource === operator;
}

/** Gateways of an IstioOperator are upgraded at once, in place, by whoever installs its file. */
function gatewaysAside({ head, to }: Promotion): string[] {
  const gateways = head.components.filter(
    ({ component, at }) => component === 'gateway' && at.file === to.at.file,
  );
  return gateways.map(
    ({ name, at }) =>
      `Gateway ${name} (${at.file}:${at.line}) is upgraded in place by this installation, before anything was tried: keep gateways in a file of their own.`,
  );
}

function withoutFile(p: Promotion, { resource, at }: ControlPlane): Action['edits'] {
  const others = p.head.resources('IstioOperator').filter(({ origin }) => origin.file === at.file);
  const isThere = resource !== undefined && others.some(({ name }) => name === resource.name);
  if (!isThere || others.length !== 1) return [];
  return present([p.copy.removeLines(at.file, 1, Infinity, `Remove ${at.file}`)]);
}
