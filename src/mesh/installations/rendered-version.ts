import { parseIstioVersion } from '../../facts/versions.ts';
import type { Resource } from '../../render/resource.ts';
import type { ContainerModel } from '../workloads.ts';
import { parseImage } from './image-reference.ts';
import type { VersionFact } from './version-fact.ts';

/** Labels that say the version where the image is a digest: the charts since 1.24, and istioctl. */
const VERSION_LABELS = ['app.kubernetes.io/version', 'operator.istio.io/version', 'helm.sh/chart'];

/** The version of a rendered object: its container's image tag, else what its labels say. */
export function objectVersion(resource: Resource, container: ContainerModel): VersionFact {
  const tag = parseImage(container.image).tag;
  const imageAt = resource.origin.at([...container.path, 'image']);
  const parsed = parseIstioVersion(tag);
  if (parsed) return { version: parsed, versionText: tag, at: imageAt, confidence: 'certain' };
  for (const label of VERSION_LABELS) {
    const text = (resource.labels[label] ?? '').replace(/^[a-z-]+-(?=\d)/, '');
    const version = parseIstioVersion(text);
    if (!version) continue;
    const at = resource.origin.at(['metadata', 'labels', label]);
    return { version, versionText: text, at, confidence: 'likely' };
  }
  return { version: undefined, versionText: tag, at: imageAt, confidence: 'certain' };
}
