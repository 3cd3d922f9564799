import { defineRule } from '../rule.ts';

const BUNDLE_VERSION = 'gateway.networking.k8s.io/bundle-version';

/** Lowest Gateway API release whose resource Istio reads (1.31). */
const MINIMUM: Readonly<Record<string, readonly [number, number, number]>> = {
  'grpcroutes.gateway.networking.k8s.io': [1, 1, 0],
  'backendtlspolicies.gateway.networking.k8s.io': [1, 4, 0],
  'tlsroutes.gateway.networking.k8s.io': [1, 5, 0],
  'tcproutes.gateway.networking.k8s.io': [1, 6, 0],
};

/** IST0176 (since 1.31): resources of a kind whose CRD is too old are not processed. */
export default defineRule({
  id: 'IST0176',
  name: 'gateway-api-crd-version',
  level: 'warning',
  inputs: ['CustomResourceDefinition', 'controlPlanes'],
  summary: 'A Gateway API CRD is older than Istio needs.',
  messages: {
    old: 'The CRD {name} is of Gateway API {version}; Istio reads this kind from {minimum} on.',
  },
  advice: 'Upgrade the Gateway API CRDs before Istio.',
  check({ mesh, report }) {
    // Only a control plane of 1.31 or later asks for these versions.
    const asks = mesh.controlPlanes.some(({ version }) => (version?.minor ?? 0) >= 31);
    if (mesh.world === 'open' && !asks) return;
    for (const definition of mesh.resources('CustomResourceDefinition')) {
      const minimum = Object.hasOwn(MINIMUM, definition.name) ? MINIMUM[definition.name] : undefined;
      const written = definition.annotations[BUNDLE_VERSION];
      const version = /^v?(\d{1,5})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?(?:[-+].*)?$/.exec(written ?? '');
      if (!minimum || !version) continue;
      const parts = [1, 2, 3].map((group) => Number(version[group] ?? 0));
      if (!isLower(parts, minimum)) continue;
      const data = { name: definition.name, version: parts.join('.'), minimum: minimum.join('.') };
      report(definition, ['metadata', 'annotations', BUNDLE_VERSION], 'old', data);
    }
  },
});

function isLower(version: readonly number[], minimum: readonly number[]): boolean {
  const index = minimum.findIndex((part, position) => part !== version[position]);
  return index >= 0 && (version[index] ?? 0) < (minimum[index] ?? 0);
}
