import type { ControlPlane } from '../../mesh/mesh.ts';
import { atLeast } from '../../facts/versions.ts';
import { check, tagPointsTo, versionWords } from '../checks.ts';
import { present } from '../moves.ts';
import { isFrom, toolVersion, type Promotion } from '../promotion.ts';
import { sh } from '../shell.ts';
import { NOTHING, REVERT, type Action } from '../step.ts';
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
    rollback: [uninstallCommand(p.to)],
  }),
  upgradeInPlace: (p) => {
    const [old] = p.olds;
    return {
      ...NOTHING,
      preconditions: [ofVersion(toolVersion(p))],
      run: [installCommand(p.to)],
      rollback: [
        REVERT,
        ...(old ? [ofVersion(versionWords(old)), installCommand({ ...p.to, ...old, at: p.to.at })] : []),
      ],
    };
  },
  retarget: (p, tag) => {
    const written = tag.resource && tag.resource.kind !== 'IstioOperator';
    const edits = written ? retargetManifest(p, tag).edits : [];
    const set = (revision: string): string => tagSet(p, tag.name, revision);
    return {
      ...NOTHING,
      edits,
      preconditions: written
        ? []
        : [
            `Tag ${tag.name} stands in revisionTags of ${tag.at.file}: move it to the new revision's file as well.`,
          ],
      run: [set(p.to.revision)],
      verify: tagPointsTo(tag.name, p.to.revision),
      rollback: [set(tag.revision), ...(edits.length > 0 ? [REVERT] : [])],
    };
  },
  moveGateway: () => NOTHING,
  node: () => undefined,
  makeDefault: (p) => defaultTag(p),
  remove: (p, old) => ({
    ...NOTHING,
    edits: withoutFile(p, old),
    run: [uninstallCommand(old, true)],
    rollback: [REVERT, ofVersion(versionWords(old)), installCommand(old)],
  }),
};

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
function uninstallCommand(plane: ControlPlane, byFile = false): string {
  const command = atLeast(versionIn(plane), 15) === false ? 'istioctl x uninstall' : 'istioctl uninstall';
  if (plane.revision !== 'default') return sh`${command.split(' ')} --revision ${plane.revision} -y`;
  const isFile = byFile && plane.resource?.kind === 'IstioOperator';
  return isFile
    ? sh`${command.split(' ')} -f ${plane.at.file} -y`
    : sh`${command.split(' ')} --revision default -y`;
}

/** `istioctl tag` since 1.11, `istioctl x revision tag` in 1.10. */
export function tagCommand(p: Promotion, verb: 'set' | 'list'): string {
  return isFrom(p, 11) ? `istioctl tag ${verb}` : `istioctl x revision tag ${verb}`;
}

function tagSet(p: Promotion, name: string, revision: string): string {
  const auto = name === 'default' && isFrom(p, 13) && p.olds.some(({ injectsByDefault }) => injectsByDefault);
  return `${tagCommand(p, 'set')}${sh` ${name} --revision ${revision} --overwrite`}${auto ? ' --auto-inject-namespaces' : ''}`;
}

/** Since 1.12 the default tag brings the default validator, and setting it disarms an unnamed injector. */
function defaultTag(p: Promotion): Action | undefined {
  const old = p.olds.find(({ revision }) => revision === 'default') ?? p.olds[0];
  const unnamed = old?.revision === 'default';
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
    rollback: unnamed
      ? ['istioctl tag remove default -y', installCommand(old)]
      : [tagSet(p, 'default', old.revision)],
  };
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
