import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

const BUNDLE_VERSION = 'gateway.networking.k8s.io/bundle-version';

const PLURALS: Readonly<Record<string, string>> = {
  KubernetesGateway: 'gateways',
  GatewayClass: 'gatewayclasses',
  HTTPRoute: 'httproutes',
  GRPCRoute: 'grpcroutes',
  TLSRoute: 'tlsroutes',
  TCPRoute: 'tcproutes',
  UDPRoute: 'udproutes',
  ReferenceGrant: 'referencegrants',
  BackendTLSPolicy: 'backendtlspolicies',
};

/**
 * CRDs of Gateway API in this repository whose bundle is older than the first argument, for kinds (the other arguments) of
 * which it holds objects too.
 */
export const gatewayApiBelow: OddLook = {
  inputs: ['CustomResourceDefinition', ...Object.keys(PLURALS)],
  hits: (mesh, [minimum = '', ...kinds]) => {
    const names = kinds
      .filter((kind) => mesh.resources(kind).length > 0)
      .map((kind) => `${PLURALS[kind] ?? ''}.gateway.networking.k8s.io`);
    if (names.length === 0) return [];
    return mesh.resources('CustomResourceDefinition').flatMap((definition) => {
      const written = definition.annotations[BUNDLE_VERSION];
      return names.includes(definition.name) && isBelow(written, minimum)
        ? [objectHit(definition, ['metadata', 'annotations', BUNDLE_VERSION])]
        : [];
    });
  },
};

function isBelow(written: string | undefined, minimum: string): boolean {
  const [version, least] = [partsOf(written), partsOf(minimum)];
  if (!version || !least) return false;
  const index = least.findIndex((part, position) => part !== version[position]);
  return index >= 0 && (version[index] ?? 0) < (least[index] ?? 0);
}

function partsOf(text: string | undefined): readonly number[] | undefined {
  const parts = /^v?(\d{1,5})\.(\d{1,5})(?:\.(\d{1,5}))?(?:[-+].*)?$/.exec(text ?? '');
  return parts ? [1, 2, 3].map((group) => Number(parts[group] ?? 0)) : undefined;
}
