import { parseIstioVersion } from '../facts/versions.ts';
import type { IstioVersion } from '../facts/versions.ts';
import type { Location } from '../vocabulary.ts';
import { parseImage } from './installations/image-reference.ts';
import { versionTextAt } from './installations/version-fact.ts';
import { textAt } from '../untyped.ts';
import type { ControlPlane } from './mesh.ts';
import type { Workload } from './workloads.ts';

/** The version of the proxy that new pods get, and who says so. */
export interface ProxyVersion {
  readonly version: IstioVersion;
  readonly text: string;
  readonly because: string;
  readonly at: Location;
}

const PROXY_IMAGE = 'sidecar.istio.io/proxyImage';

/** A proxy that a pod pins by annotation (`sidecar.istio.io/proxyImage`), with a release number in its tag. */
export function pinnedProxy({ annotations, resource, metadataPath }: Workload): ProxyVersion | undefined {
  const image = Object.hasOwn(annotations, PROXY_IMAGE) ? (annotations[PROXY_IMAGE] ?? '') : '';
  const text = parseImage(image).tag;
  const version = parseIstioVersion(text);
  if (!version) return undefined;
  const at = resource.origin.at([...metadataPath, 'annotations', PROXY_IMAGE]);
  return { version, text, because: `annotation ${PROXY_IMAGE}`, at };
}

/**
 * The proxy that an injector writes into pods which pin none: a whole image in `global.proxy.image`, else `global.tag`, else
 * that of the chart. `undefined` where it is not written with a release number.
 */
export function injectedProxy({ values, chartVersion, at }: ControlPlane): ProxyVersion | undefined {
  if (!values) return undefined;
  const imagePath = ['global', 'proxy', 'image'];
  const image = textAt(values.values, ...imagePath);
  if (image.includes('/')) return written(parseImage(image).tag, 'global.proxy.image', values.at(imagePath));
  const tag = versionTextAt(values.values, 'global', 'tag');
  if (tag !== '') return written(tag, 'global.tag', values.at(['global', 'tag']));
  if (!chartVersion || values.elsewhere) return undefined;
  const text = `${chartVersion.major}.${chartVersion.minor}`;
  return { version: chartVersion, text, because: 'the chart', at };
}

function written(text: string, because: string, at: Location): ProxyVersion | undefined {
  const version = parseIstioVersion(text);
  return version && { version, text, because, at };
}
