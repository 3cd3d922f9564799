import { objectHit } from '../hit.ts';
import { gatewayApiPins, PIN_INPUTS } from './gateway-api-pins.ts';
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

/** CRDs of Gateway API, or pins of its releases, older than the first argument, where objects of the kinds (the others) are here too. */
export const gatewayApiBelow = crdsOf((version, release) => isBelow(version, release));

/** The same for a bundle of that release or a newer one. */
export const gatewayApiFrom = crdsOf((version, release) => !isBelow(version, release));

function crdsOf(meant: (version: Release, release: Release) => boolean): OddLook {
  return {
    inputs: ['CustomResourceDefinition', ...Object.keys(PLURALS), ...PIN_INPUTS],
    hits: (mesh, [release = '', ...kinds]) => {
      const names = kinds
        .filter((kind) => mesh.resources(kind).length > 0)
        .map((kind) => `${PLURALS[kind] ?? ''}.gateway.networking.k8s.io`);
      const bound = partsOf(release);
      if (names.length === 0 || !bound) return [];
      const pinned = gatewayApiPins(mesh).flatMap(({ version, hit }) => {
        const parts = partsOf(version);
        return parts && meant(parts, bound) ? [hit] : [];
      });
      const defined = mesh.resources('CustomResourceDefinition').flatMap((definition) => {
        const version = partsOf(definition.annotations[BUNDLE_VERSION]);
        return version && names.includes(definition.name) && meant(version, bound)
          ? [objectHit(definition, ['metadata', 'annotations', BUNDLE_VERSION])]
          : [];
      });
      return [...defined, ...pinned];
    },
  };
}

type Release = readonly number[];

function isBelow(version: Release, least: Release): boolean {
  const index = least.findIndex((part, position) => part !== version[position]);
  return index >= 0 && (version[index] ?? 0) < (least[index] ?? 0);
}

function partsOf(text: string | undefined): Release | undefined {
  const parts = /^v?(\d{1,5})\.(\d{1,5})(?:\.(\d{1,5}))?(?:[-+].*)?$/.exec(text ?? '');
  return parts ? [1, 2, 3].map((group) => Number(parts[group] ?? 0)) : undefined;
}
