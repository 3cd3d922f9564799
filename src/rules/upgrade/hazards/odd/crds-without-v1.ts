import { fields, list, text } from '../../../body.ts';
import { objectHit } from '../hit.ts';
import type { OddLook } from '../odd.ts';

/** Kinds that istiod reads as v1 since 1.24: manifests/charts/base/files/crd-all.gen.yaml of 1.24. */
const READ_AS_V1: ReadonlySet<string> = new Set([
  'authorizationpolicies.security.istio.io',
  'destinationrules.networking.istio.io',
  'gateways.networking.istio.io',
  'peerauthentications.security.istio.io',
  'requestauthentications.security.istio.io',
  'serviceentries.networking.istio.io',
  'sidecars.networking.istio.io',
  'telemetries.telemetry.istio.io',
  'virtualservices.networking.istio.io',
  'workloadentries.networking.istio.io',
  'workloadgroups.networking.istio.io',
]);

/** Istio’s CRDs among the manifests that do not serve v1. */
export const crdsWithoutV1: OddLook = {
  inputs: ['CustomResourceDefinition'],
  hits: (mesh) =>
    mesh.resources('CustomResourceDefinition').flatMap((definition) => {
      const versions = list(fields(definition.body, 'spec'), 'versions').map((one) => text(one, 'name'));
      return READ_AS_V1.has(definition.name) && versions.length > 0 && !versions.includes('v1')
        ? [objectHit(definition, ['spec', 'versions'])]
        : [];
    }),
};
