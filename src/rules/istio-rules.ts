import ist0002 from './istio/ist0002-deprecated.ts';
import ist0101 from './istio/ist0101-reference-not-found.ts';
import ist0102 from './istio/ist0102-namespace-not-injected.ts';
import ist0103 from './istio/ist0103-pod-without-proxy.ts';
import ist0106 from './istio/ist0106-invalid-resource.ts';
import ist0107 from './istio/ist0107-misplaced-annotation.ts';
import ist0108 from './istio/ist0108-unknown-annotation.ts';
import ist0109 from './istio/ist0109-conflicting-mesh-hosts.ts';
import ist0110 from './istio/ist0110-conflicting-sidecars.ts';
import ist0111 from './istio/ist0111-several-default-sidecars.ts';
import ist0112 from './istio/ist0112-destination-port-required.ts';
import ist0116 from './istio/ist0116-port-with-several-protocols.ts';
import ist0118 from './istio/ist0118-port-name.ts';
import ist0123 from './istio/ist0123-several-injection-labels.ts';
import ist0125 from './istio/ist0125-invalid-annotation.ts';
import ist0126 from './istio/ist0126-unknown-service-registry.ts';
import ist0127 from './istio/ist0127-policy-without-workloads.ts';
import ist0128 from './istio/ist0128-no-ca-certificates.ts';
import ist0129 from './istio/ist0129-no-ca-certificates-for-port.ts';
import ist0130 from './istio/ist0130-unreachable-route.ts';
import ist0131 from './istio/ist0131-ineffective-match.ts';
import ist0132 from './istio/ist0132-host-not-in-gateway.ts';
import ist0133 from './istio/ist0133-doubtful-resource.ts';
import ist0134 from './istio/ist0134-service-entry-addresses.ts';
import ist0135 from './istio/ist0135-deprecated-annotation.ts';
import ist0136 from './istio/ist0136-alpha-annotation.ts';
import ist0137 from './istio/ist0137-target-port-with-several-ports.ts';
import ist0138 from './istio/ist0138-duplicate-certificate.ts';
import ist0139 from './istio/ist0139-webhook-overlap.ts';
import ist0140 from './istio/ist0140-subset-without-effect-on-ingress.ts';
import ist0143 from './istio/ist0143-localhost-listener.ts';
import ist0144 from './istio/ist0144-proxy-user-id.ts';
import ist0145 from './istio/ist0145-conflicting-gateways.ts';
import ist0146 from './istio/ist0146-image-auto-not-injected.ts';
import ist0147 from './istio/ist0147-image-auto-in-pod.ts';
import ist0148 from './istio/ist0148-injected-by-default.ts';
import ist0149 from './istio/ist0149-jwt-claim-routing.ts';
import ist0150 from './istio/ist0150-external-name-port-name.ts';
import ist0151 from './istio/ist0151-relative-envoy-patch.ts';
import ist0152 from './istio/ist0152-replace-in-envoy-patch.ts';
import ist0153 from './istio/ist0153-add-to-routes-in-envoy-patch.ts';
import ist0154 from './istio/ist0154-remove-routes-in-envoy-patch.ts';
import ist0155 from './istio/ist0155-relative-envoy-patch-by-version.ts';
import ist0157 from './istio/ist0157-telemetry-without-provider.ts';
import ist0158 from './istio/ist0158-proxy-image.ts';
import ist0159 from './istio/ist0159-conflicting-telemetries.ts';
import ist0160 from './istio/ist0160-several-default-telemetries.ts';
import ist0161 from './istio/ist0161-invalid-gateway-credential.ts';
import ist0162 from './istio/ist0162-gateway-port-not-on-service.ts';
import ist0163 from './istio/ist0163-external-control-plane-address.ts';
import ist0164 from './istio/ist0164-external-control-plane-ip.ts';
import ist0165 from './istio/ist0165-generated-gateway.ts';
import ist0166 from './istio/ist0166-selector-on-gateway-pods.ts';
import ist0167 from './istio/ist0167-sidecar-in-ambient.ts';
import ist0171 from './istio/ist0171-negative-condition.ts';
import ist0173 from './istio/ist0173-subset-without-pods.ts';
import ist0174 from './istio/ist0174-unknown-destination-rule-host.ts';
import ist0175 from './istio/ist0175-jwks-unrestricted.ts';
import ist0176 from './istio/ist0176-gateway-api-crd-version.ts';
import ist0177 from './istio/ist0177-conflicting-entry-protocol.ts';
import sparedLocalhostListener from './istio/spared-localhost-listener.ts';
import ist0141 from './live/ist0141-insufficient-permissions.ts';
import ist0142 from './live/ist0142-unsupported-kubernetes.ts';
import ist0156 from './live/ist0156-unsupported-gateway-api.ts';
import ist0172 from './live/ist0172-old-gateway-api.ts';
import type { Rule } from './rule.ts';

/** Rules about one mesh that carry Istio's codes, in the order of their ids, and what belongs to one of them. */
export const ISTIO_RULES: readonly Rule[] = [
  ist0002,
  ist0101,
  ist0102,
  ist0103,
  ist0106,
  ist0107,
  ist0108,
  ist0109,
  ist0110,
  ist0111,
  ist0112,
  ist0116,
  ist0118,
  ist0123,
  ist0125,
  ist0126,
  ist0127,
  ist0128,
  ist0129,
  ist0130,
  ist0131,
  ist0132,
  ist0133,
  ist0134,
  ist0135,
  ist0136,
  ist0137,
  ist0138,
  ist0139,
  ist0140,
  ist0141,
  ist0142,
  ist0143,
  sparedLocalhostListener,
  ist0144,
  ist0145,
  ist0146,
  ist0147,
  ist0148,
  ist0149,
  ist0150,
  ist0151,
  ist0152,
  ist0153,
  ist0154,
  ist0155,
  ist0156,
  ist0157,
  ist0158,
  ist0159,
  ist0160,
  ist0161,
  ist0162,
  ist0163,
  ist0164,
  ist0165,
  ist0166,
  ist0167,
  ist0171,
  ist0172,
  ist0173,
  ist0174,
  ist0175,
  ist0176,
  ist0177,
];
