import { atLeast, compareVersions, formatVersion, minorDistance } from '../facts/versions.ts';
import type { ControlPlane } from '../mesh/mesh.ts';
import { isFrom, objectOf, type Promotion } from './promotion.ts';
import { sh } from './shell.ts';
import { versionIn } from './upgrade.ts';

/** A check with what healthy looks like, as plans write it. */
export function check(command: string, healthy: string): string {
  return `${command} → ${healthy}`;
}

/** The command of a check, and what healthy looks like; `undefined` for a check in words. */
export function partsOfCheck(
  text: string,
): { readonly command: string; readonly healthy: string } | undefined {
  const at = text.indexOf(' → ');
  return at < 0 ? undefined : { command: text.slice(0, at), healthy: text.slice(at + 3) };
}

/** Before anything is installed (precheck since 1.10, `--from-version` since 1.21; before, `analyze`). */
export function preflight(p: Promotion): string[] {
  const from = p.olds[0] && versionIn(p.olds[0]);
  const to = versionIn(p.to);
  if (from && to && compareVersions(to, from) < 0)
    return [`Nothing uses what ${formatVersion(to)} does not know yet: fields, API versions, settings.`];
  // \`analyze\` left experimental in 1.5, and takes \`-A\` since 1.6.
  if (!isFrom(p, 6)) return [];
  const since = isFrom(p, 21) && from ? sh` --from-version ${`${from.major}.${from.minor}`}` : '';
  return isFrom(p, 10)
    ? [check(`istioctl x precheck${since}`, 'no issues found, exit code 0')]
    : [check('istioctl analyze -A', 'no validation issues found')];
}

/** The new control plane runs, and its webhook can be called. Before 1.5 it is several Deployments, none of them istiod. */
export function runs(plane: ControlPlane): string[] {
  const { namespace } = plane;
  if (atLeast(versionIn(plane), 5) === false)
    return [check(sh`kubectl get pods -n ${namespace}`, 'all of them Running and ready')];
  const deployment = `deployment/${objectOf('istiod', plane)}`;
  const webhook = objectOf('istio-sidecar-injector', plane);
  const named = namespace === 'istio-system' ? webhook : `${webhook}-${namespace}`;
  const path = 'jsonpath={.webhooks[0].clientConfig.caBundle}';
  return [
    check(sh`kubectl rollout status ${deployment} -n ${namespace} --timeout=5m`, 'successfully rolled out'),
    check(sh`kubectl get mutatingwebhookconfiguration ${named} -o ${path}`, 'a certificate, not empty'),
  ];
}

/** A writing of Istio objects is answered by the new revision before the old one goes. */
export function validatedBy({ revision }: ControlPlane): string[] {
  const service = 'jsonpath={.webhooks[0].clientConfig.service.name}';
  return [
    check(
      sh`kubectl get validatingwebhookconfiguration istiod-default-validator -o ${service}`,
      `istiod-${revision}`,
    ),
  ];
}

/** Since 1.28 istioctl asks the default revision only, unless it is told which. */
export function proxiesOn(revision: string): string {
  return check(
    sh`istioctl proxy-status --revision ${revision}`,
    'lists the restarted pods, SYNCED, and none STALE',
  );
}

/** A tag is an object whose label says where it points; new ones cannot be called until istiod has put a CA in. */
export function tagPointsTo(tag: string, revision: string): string[] {
  const label = `istio.io/tag=${tag}`;
  return [
    check(
      sh`kubectl get mutatingwebhookconfiguration -l ${label} -L istio.io/rev`,
      `one line, with ${revision}, and its caBundle is not empty`,
    ),
  ];
}

/** Nothing may be left on a revision that goes: pods by what injected them, not by label. */
export function nothingOn({ revision }: ControlPlane, { head, to }: Promotion): string[] {
  const isTagged = head.tags.some((tag) => tag.name === 'default' && tag.revision === to.revision);
  const others = isTagged
    ? `only those that get their sidecars from ${to.revision} through tag default`
    : 'none';
  const name = revision === 'default' ? 'default' : revision;
  return [
    check(sh`istioctl proxy-status --revision ${name}`, 'no proxy'),
    check(
      sh`kubectl get namespaces,pods -A -l ${`istio.io/rev=${name}`}`,
      'nothing but the control plane itself',
    ),
    check(
      sh`kubectl get mutatingwebhookconfiguration -l ${`istio.io/rev=${name},istio.io/tag`}`,
      'no tag points to it',
    ),
    ...(revision === 'default' ? [check('kubectl get namespaces -l istio-injection=enabled', others)] : []),
  ];
}

/** The minors between two releases that the way leads over, up or down: one at a time in place, two by revision. */
export function hops(from: ControlPlane, to: ControlPlane, step: 1 | 2): string[] {
  const [a, b] = [versionIn(from), versionIn(to)];
  if (!a || !b || a.major !== b.major) return [];
  const [distance, way] = [Math.abs(minorDistance(a, b)), a.minor < b.minor ? 1 : -1];
  const minors: string[] = [];
  for (let gone: number = step; gone < distance; gone += step)
    minors.push(`${a.major}.${a.minor + way * gone}`);
  return minors;
}

/** `1.29.2`, or what is written, or words. */
export function versionWords(plane: ControlPlane): string {
  const version = versionIn(plane);
  return version ? formatVersion(version) : plane.versionText || 'a version not written here';
}
