import { type IstioVersion, minorDistance, parseIstioVersion } from '../../facts/versions.ts';
import { parseImage } from '../../mesh/installations/image-reference.ts';
import type { ContainerModel, Mesh, Workload } from '../../mesh/mesh.ts';
import { defineRule } from '../rule.ts';
import { writtenProxy } from './membership.ts';

/** A proxy that stands in a manifest, with the version its image names. */
interface WrittenProxy {
  readonly workload: Workload;
  readonly proxy: ContainerModel;
  readonly version: IstioVersion;
}

type Skew = 'ahead' | 'behind' | 'left';

/**
 * A proxy may be one minor older than its control plane and never newer (istio.io, supported releases). Injected ones keep to
 * that by a restart; those in manifests have to be edited.
 */
export default defineRule({
  id: 'written-proxy-skew',
  name: 'written-proxy-skew',
  level: 'warning',
  inputs: ['workloads', 'controlPlanes', 'upgrades'],
  summary: 'A proxy that is written into a manifest does not fit the version of the control plane.',
  messages: {
    ahead:
      'Proxies written into manifests of namespace {namespace} are {version}, newer than every control plane here ({other}).',
    behind:
      'Proxies written into manifests of namespace {namespace} are {version}, {lag} minors behind the control plane ({other}).',
    left: 'The control plane goes to {other}, and the proxies written into manifests of namespace {namespace} stay at {version}.',
  },
  advice: {
    ahead: 'Upgrade the control plane first: proxies may lag behind it by one minor, not run ahead.',
    behind: 'Upgrade the images: a proxy may be one minor older than its control plane.',
    left: 'Upgrade the images too, in this change or the next: no restart does it for proxies that the injector did not write.',
  },
  check({ mesh, report }) {
    const { newest, oldest } = controlPlaneRange(mesh);
    if (!newest || !oldest) return;
    const upgraded = mesh.upgrades.some(
      ({ after, from, to }) => after.component === 'istiod' && minorDistance(from, to) > 0,
    );
    for (const [first, ...more] of groups(mesh)) {
      const { workload, proxy, version } = first;
      const lag = minorDistance(version, oldest);
      const skew = skewOf(minorDistance(version, newest), lag, upgraded);
      if (!skew) continue;
      const other = minorOf(skew === 'ahead' ? newest : oldest);
      const data = { namespace: workload.namespace, version: minorOf(version), other };
      const evidence = [first, ...more].slice(0, 5).map((one) => ({
        says: `${one.workload.kind} ${one.workload.name} runs ${one.proxy.image}`,
        at: one.workload.resource.origin.at([...one.proxy.path, 'image']),
      }));
      const path = [...proxy.path, 'image'];
      report(workload.resource, path, skew, skew === 'behind' ? { ...data, lag } : data, { evidence });
    }
  },
});

function skewOf(toNewest: number, toOldest: number, upgraded: boolean): Skew | undefined {
  if (toNewest < 0) return 'ahead';
  if (toOldest > 1) return 'behind';
  return toOldest === 1 && upgraded ? 'left' : undefined;
}

/** Newest and oldest control plane; neither where one has no version that is written here. */
function controlPlaneRange({ controlPlanes }: Mesh): { newest?: IstioVersion; oldest?: IstioVersion } {
  const versions = controlPlanes.flatMap(({ version }) => version ?? []);
  if (versions.length < controlPlanes.length) return {};
  const [oldest] = versions.toSorted((a, b) => minorDistance(b, a));
  const newest = versions.toSorted((a, b) => minorDistance(b, a)).at(-1);
  return oldest && newest ? { newest, oldest } : {};
}

/** Written proxies by namespace and minor, each group in the order of its files. */
function groups(mesh: Mesh): (readonly [WrittenProxy, ...WrittenProxy[]])[] {
  const byMinor = new Map<string, [WrittenProxy, ...WrittenProxy[]]>();
  for (const workload of mesh.workloads) {
    const proxy = writtenProxy(workload);
    const version = proxy && parseIstioVersion(parseImage(proxy.image).tag);
    if (!version) continue;
    const key = JSON.stringify([workload.namespace, minorOf(version)]);
    const group = byMinor.get(key);
    if (group) group.push({ workload, proxy, version });
    else byMinor.set(key, [{ workload, proxy, version }]);
  }
  return [...byMinor.keys()].sort().flatMap((key) => {
    const group = byMinor.get(key);
    return group ? [group] : [];
  });
}

function minorOf({ major, minor }: IstioVersion): string {
  return `${major}.${minor}`;
}
