import type { Answer } from '../vocabulary.ts';
import { atLeast } from '../facts/versions.ts';
import { fieldAt, textAt } from '../untyped.ts';
import type { ControlPlane } from './mesh.ts';

/** What a control plane no longer reads in a namespace that its discovery selectors leave out. */
export interface DiscoveryScope {
  /** Istio's and Gateway API's objects, besides Services, endpoints and pods (1.10). */
  readonly configuration: Answer;
  /** Secrets of gateways (since 1.24). */
  readonly secrets: Answer;
  /** Pods that ask for certificates on behalf of others: ztunnel (since 1.18). */
  readonly certificates: Answer;
}

/**
 * By release: configuration follows the selectors when ENABLE_ENHANCED_RESOURCE_SCOPING is on (exists since 1.16, default
 * since 1.22, always since 1.25; compatibility versions 1.20 and 1.21 switch it off).
 */
export function discoveryScope(
  controlPlane: Pick<ControlPlane, 'version' | 'env' | 'values'>,
): DiscoveryScope {
  const { version } = controlPlane;
  return {
    configuration: filtersConfiguration(controlPlane),
    secrets: since(atLeast(version, 24)),
    certificates: since(atLeast(version, 18)),
  };
}

function filtersConfiguration({
  version,
  env,
  values,
}: Pick<ControlPlane, 'version' | 'env' | 'values'>): Answer {
  if (version === undefined) return 'unknown';
  if (atLeast(version, 25) === true) return 'yes';
  if (atLeast(version, 16) === false) return 'no';
  const written = env['ENABLE_ENHANCED_RESOURCE_SCOPING'];
  if (written === 'true') return 'yes';
  if (written === 'false') return 'no';
  if (written !== undefined) return 'unknown';
  if (atLeast(version, 22) === false) return 'no';
  const compatibility = textAt(values?.values, 'compatibilityVersion');
  if (compatibility === '1.20' || compatibility === '1.21') return 'no';
  return fieldAt(values?.values, 'compatibilityVersion') === undefined || compatibility !== ''
    ? 'yes'
    : 'unknown';
}

function since(answer: boolean | undefined): Answer {
  return answer === undefined ? 'unknown' : answer ? 'yes' : 'no';
}
