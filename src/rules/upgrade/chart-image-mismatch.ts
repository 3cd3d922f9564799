import {
  compareVersions,
  formatVersion,
  type IstioVersion,
  minorDistance,
  parseIstioVersion,
} from '../../facts/versions.ts';
import { parseImage } from '../../mesh/installations/image-reference.ts';
import type { MeshComponent } from '../../mesh/mesh.ts';
import { isKnown } from '../../yaml/placeholders.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { placedAt } from '../subject.ts';
import { asResource, titleOf } from './component-finding.ts';
import { reach } from './hazards/reach.ts';

type Context = RuleContext<'minor' | 'patch' | 'proxy'>;

/** Values that name the proxy’s image; with a registry and a tag it is a whole reference. */
const PROXY_IMAGES = ['global.proxy.image', 'global.proxy_init.image'];

/** A chart and the images it installs come from one release: templates, probes and permissions fit that one only. */
export default defineRule({
  id: 'chart-image-mismatch',
  name: 'chart-image-mismatch',
  level: 'warning',
  inputs: ['components'],
  summary: 'The values of a chart of Istio choose an image of another release than the chart.',
  messages: {
    minor:
      'The {title} is installed by the chart of {chart}, and its image is {image}: they are not made to run together.',
    patch: 'The {title} is installed by the chart of {chart}, and its image is {image}, another patch.',
    proxy: 'The {title} is {chart}, and {key} pins the proxies it injects to {image}.',
  },
  advice: {
    minor: 'Remove the tag, so that the chart takes its own, or move chart and tag together.',
    patch: 'Remove the tag, so that the chart takes its own.',
    proxy: 'Write the name of the image only (proxyv2), so that it takes the tag of the control plane.',
  },
  check(context) {
    for (const part of context.mesh.components) {
      checkChart(context, part);
      checkProxies(context, part);
    }
  },
});

function checkChart({ report }: Context, part: MeshComponent): void {
  const { version, versionText, chartVersion, confidence } = part;
  if (!version || !chartVersion || !differ(version, chartVersion)) return;
  const message = minorDistance(version, chartVersion) === 0 ? 'patch' : 'minor';
  const data = { title: titleOf(part), chart: formatVersion(chartVersion), image: versionText };
  report(asResource(part), [], message, data, { confidence, ...(message === 'patch' && { level: 'info' }) });
}

/** A version without a patch may be any of its minor. */
function differ(one: IstioVersion, other: IstioVersion): boolean {
  if (minorDistance(one, other) !== 0) return true;
  return one.patch !== undefined && other.patch !== undefined && compareVersions(one, other) !== 0;
}

function checkProxies({ report }: Context, part: MeshComponent): void {
  const { component, version, values, confidence } = part;
  if (component !== 'istiod' || !version || !values) return;
  for (const { value, path } of PROXY_IMAGES.flatMap((one) => reach(values.values, one))) {
    if (typeof value !== 'string' || !isKnown(value) || !value.includes(':')) continue;
    const pinned = parseIstioVersion(parseImage(value).tag);
    if (!pinned || minorDistance(pinned, version) === 0) continue;
    const data = { title: titleOf(part), chart: formatVersion(version), key: path.join('.'), image: value };
    report(placedAt(asResource(part), values.at(path)), [], 'proxy', data, { confidence });
  }
}
