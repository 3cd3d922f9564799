import { describe, expect, test } from '@jest/globals';
import { changes, namespace, release, SOURCE, told } from './meshes.ts';

const ISTIO =
  SOURCE +
  release('istiod', 'blue', '{ revision: blue }') +
  release('istiod', 'green', '{ revision: green }');
/** The line on which what follows ISTIO begins, less one. */
const LINES = ISTIO.split('\n').length - 1;

describe('gateways in manifests', () => {
  const gateway = (revision: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress, namespace: ingress }
spec:
  template:
    metadata:
      annotations: { inject.istio.io/templates: gateway }
      labels:
        sidecar.istio.io/inject: "true"
        istio.io/rev: ${revision}
    spec: { containers: [{ name: istio-proxy, image: auto }] }
---
`;
  const place = namespace('ingress', '{ team: edge }');

  test('one that asks for another revision rolls at once, and is no workload that waits for a restart', () => {
    expect(told(ISTIO + gateway('blue') + place, ISTIO + gateway('green') + place)).toEqual([
      `gateway-moves-revision Deployment ingress/ingress blue>green :${LINES + 10}`,
    ]);
  });

  test('a label of the namespace decides over its own', () => {
    const decided = namespace('ingress', '{ istio.io/rev: blue }');
    expect(told(ISTIO + gateway('blue') + decided, ISTIO + gateway('green') + decided)).toEqual([]);
  });
});

describe('gateways of the Gateway API', () => {
  const gateway = (label: string, className = 'istio'): string => `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: edge
  namespace: ingress
  labels: { ${label} }
spec: { gatewayClassName: ${className} }
---
`;
  const tagged = (revision: string): string =>
    SOURCE +
    release('istiod', 'blue', `{ revision: blue${revision === 'blue' ? ', revisionTags: [prod]' : ''} }`) +
    release('istiod', 'green', `{ revision: green${revision === 'green' ? ', revisionTags: [prod]' : ''} }`);

  test('its own label moves it', () => {
    expect(told(ISTIO + gateway('istio.io/rev: blue'), ISTIO + gateway('istio.io/rev: green'))).toEqual([
      `gateway-moves-revision Gateway ingress/edge blue>green :${LINES + 6}`,
    ]);
  });

  test('so does the tag it follows, without any restart', () => {
    const [first] = changes(
      tagged('blue') + gateway('istio.io/rev: prod', 'istio-waypoint'),
      tagged('green') + gateway('istio.io/rev: prod', 'istio-waypoint'),
    ).filter(({ kind }) => kind === 'gateway-moves-revision');
    expect(first).toMatchObject({ from: 'blue', to: 'green', blastRadius: { namespaces: ['ingress'] } });
    expect(first!.message).toContain('label istio.io/rev=prod, a tag of green');
  });

  test('so does the label of its namespace', () => {
    const of = (revision: string): string =>
      ISTIO + gateway('team: edge') + namespace('ingress', `{ istio.io/rev: ${revision} }`);
    expect(told(of('blue'), of('green'))).toContain(
      `gateway-moves-revision Gateway ingress/edge blue>green :${LINES + 13}`,
    );
  });

  test.each([
    ['of another class', gateway('istio.io/rev: blue', 'nginx'), gateway('istio.io/rev: green', 'nginx')],
    ['for a name that is filled in later', gateway('istio.io/rev: blue'), gateway('istio.io/rev: "${REV}"')],
    ['in a namespace whose labels are set elsewhere', gateway('a: b'), gateway('a: c')],
  ])('nothing is told %s', (_, before, after) => {
    expect(told(ISTIO + before, ISTIO + after)).toEqual([]);
  });
});

describe('gateways of charts', () => {
  test('one that follows a tag is among what the tag moves', () => {
    const gateway = release('gateway', 'ingress', '{ revision: prod }');
    const [change] = changes(
      SOURCE +
        release('istiod', 'blue', '{ revision: blue, revisionTags: [prod] }') +
        release('istiod', 'green', '{ revision: green }') +
        gateway,
      SOURCE +
        release('istiod', 'blue', '{ revision: blue }') +
        release('istiod', 'green', '{ revision: green, revisionTags: [prod] }') +
        gateway,
    );
    expect(change).toMatchObject({ kind: 'tag-retargeted', blastRadius: { namespaces: ['istio-system'] } });
    expect(change!.evidence.map(({ says }) => says)).toContain('gateway ingress asks for it');
  });

  test('two names for one revision move nothing', () => {
    const planes = SOURCE + release('istiod', 'blue', '{ revision: blue, revisionTags: [prod] }');
    const gateway = (revision: string): string => release('gateway', 'ingress', `{ revision: ${revision} }`);
    expect(told(planes + gateway('prod'), planes + gateway('blue'))).toEqual([]);
  });

  test('a revision that may be set out of sight claims nothing', () => {
    const hidden = '  valuesFrom: [{ kind: Secret, name: hidden }]\n';
    expect(
      told(
        ISTIO + release('gateway', 'ingress', '{ revision: blue }'),
        ISTIO + release('gateway', 'ingress', '{}', hidden),
      ),
    ).toEqual([]);
  });
});
