import { minorDistance } from '../../facts/versions.ts';
import type { Resource } from '../../render/resource.ts';
import type { Evidence, Path } from '../../vocabulary.ts';
import { defineChangeRule } from '../change-rule.ts';
import { friendlyName } from '../suppress.ts';
import { isShippedByIstio } from '../shipped-by-istio.ts';
import { reach } from './hazards/reach.ts';
import { stepsBetween } from './hazards/steps.ts';

interface Patch {
  readonly resource: Resource;
  readonly path: Path;
}

const MOST_PLACES = 8;

/**
 * An EnvoyFilter speaks to Envoy's own configuration, which Istio does not hold stable between minors. One that names the
 * old minor stops to apply without a word.
 */
export default defineChangeRule({
  id: 'envoyfilter-across-versions',
  name: 'envoyfilter-across-versions',
  level: 'info',
  inputs: ['EnvoyFilter', 'upgrades', 'controlPlanes', 'namespaces', 'workloads', 'injection'],
  summary: 'An upgrade to another minor meets EnvoyFilters.',
  messages: {
    stops: 'From {to} on these EnvoyFilter patches apply to no proxy: they name another version. {filters}',
    fragile: 'EnvoyFilters patch configuration that may differ in {to}: {filters}.',
  },
  advice: {
    stops: 'Add patches for the new version beside the old ones before proxies move.',
    fragile:
      'Test them against a proxy of the new version; a proxyVersion match keeps a patch to the version it was tested with.',
  },
  check({ before, after, report, accepts }) {
    const step = stepsBetween(before, after).find(
      ({ part, from, to }) => part === 'istiod' && minorDistance(from, to) > 0,
    );
    if (!step) return;
    const filters = after.resources('EnvoyFilter').filter((one) => accepts(one) && !isShippedByIstio(one));
    const all = filters.flatMap(patchesOf);
    const named = all.filter(({ version }) => version !== undefined);
    const left = named.filter(({ version }) => version !== undefined && !matches(version, step.to.minor));
    // Patches of one filter for several versions stand side by side: one for the new version is enough.
    const covered = new Set(named.filter((one) => !left.includes(one)).map(({ resource }) => resource));
    const stopped = left.filter(({ resource }) => !covered.has(resource));
    const to = `1.${step.to.minor}`;
    tell(stopped, 'stops', { level: 'warning', confidence: 'likely' });
    tell(
      all.filter(({ version }) => version === undefined),
      'fragile',
      { level: 'info' },
    );

    function tell(
      patches: readonly Patch[],
      message: 'stops' | 'fragile',
      options: { level: 'warning' | 'info'; confidence?: 'likely' },
    ): void {
      const [first] = patches;
      if (!first) return;
      const names = [...new Set(patches.map(({ resource }) => friendlyName(resource)))];
      const evidence: Evidence[] = patches
        .slice(0, MOST_PLACES)
        .map(({ resource, path }) => ({ says: friendlyName(resource), at: resource.origin.at(path) }));
      report(first.resource, first.path, message, { to, filters: names }, { ...options, evidence });
    }
  },
});

function patchesOf(resource: Resource): (Patch & { readonly version: string | undefined })[] {
  return reach(resource.body, 'spec.configPatches[]').map(({ value, path }) => {
    const [match] = reach(value, 'match.proxy.proxyVersion');
    const version = typeof match?.value === 'string' && match.value !== '' ? match.value : undefined;
    return { resource, path: match ? [...path, ...match.path] : path, version };
  });
}

/**
 * Does a version expression match a minor? Only the everyday shapes are understood (`^1\.22.*`); any other may match. The
 * expression is a stranger's, so it is read and not run.
 */
function matches(expression: string, minor: number): boolean {
  const shape = /^\^?1(?:\\\.|\.|\[\.\])(\d{1,2})(\.\*|\\\.|\.|\[\.\]|$|\$)/.exec(expression.slice(0, 64));
  if (!shape) return true;
  const [, digits = '', tail = ''] = shape;
  return tail === '.*' ? String(minor).startsWith(digits) : Number(digits) === minor;
}
