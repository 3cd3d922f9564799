import { describe, expect, test } from '@jest/globals';
import { runRuleOf } from './fixture.ts';

const GROUPS: Readonly<Record<string, string>> = {
  VirtualService: 'networking.istio.io/v1',
  DestinationRule: 'networking.istio.io/v1',
  ServiceEntry: 'networking.istio.io/v1',
  Sidecar: 'networking.istio.io/v1',
  WorkloadEntry: 'networking.istio.io/v1',
  WorkloadGroup: 'networking.istio.io/v1',
  EnvoyFilter: 'networking.istio.io/v1alpha3',
  PeerAuthentication: 'security.istio.io/v1',
  RequestAuthentication: 'security.istio.io/v1',
  AuthorizationPolicy: 'security.istio.io/v1',
  Telemetry: 'telemetry.istio.io/v1',
  WasmPlugin: 'extensions.istio.io/v1alpha1',
};

/** What IST0106 says of a resource of this kind with this spec, in flow style. */
function refused(kind: string, spec: string, header = ''): string[] {
  const text = `${header}apiVersion: ${GROUPS[kind] ?? ''}
kind: ${kind}
metadata: { name: one, namespace: shop }
spec: ${spec}
`;
  return runRuleOf('IST0106', { path: 'one.yaml', text }).findings.map(({ message }) => message);
}

const vs = (route: string) =>
  `{ hosts: [cart], http: [{ route: [{ destination: { host: cart } }], ${route} }] }`;
const dr = (policy: string) => `{ host: cart, trafficPolicy: ${policy} }`;
const jwt = (rule: string) => `{ jwtRules: [{ issuer: a, ${rule} }] }`;
const rules = (rule: string) => `{ rules: [${rule}] }`;
const source = (of: string) => rules(`{ from: [{ source: ${of} }] }`);
const path = (of: string) => rules(`{ to: [{ operation: { paths: [${of}] } }] }`);
const wasm = (of: string) => `{ url: 'oci://a/b', ${of} }`;
const probe = (of: string) => `{ template: { serviceAccount: a }, probe: ${of} }`;
const many = (count: number, of: string) =>
  Array.from({ length: count }, (_, index) => `${of}${index}`).join(', ');

describe('what is refused', () => {
  test.each([
    ['VirtualService', vs("timeout: 5s, retries: { attempts: '3' }"), /retries\.attempts must be a number/],
    ['VirtualService', vs('match: [{ uri: { prefix: /, exact: /a } }]'), /cannot be set together with exact/],
    ['VirtualService', vs('match: { uri: { prefix: / } }'), /match must be a list/],
    ['VirtualService', vs("headers: { request: { set: { x: '50%' } } }"), /begins no complete variable/],
    ['VirtualService', vs('headers: { request: { set: { x: 1 } } }'), /must be text: put it in quotes/],
    [
      'VirtualService',
      vs("match: [{ headers: { '@request.auth.claims.sub': { exact: a } } }]"),
      /claim of a token/,
    ],
    ['VirtualService', '{ hosts: [cart], http: [{ route: [{ weight: 1 }] }] }', /destination is missing/],
    [
      'DestinationRule',
      '{ host: cart, subsets: [{ name: v1, labels: { version: 1 } }] }',
      /version must be text/,
    ],
    ['DestinationRule', dr('{ tls: { mode: SIMPEL } }'), /mode must be one of DISABLE, SIMPLE/],
    ['DestinationRule', dr('{ tls: { mode: simple } }'), /mode must be one of/],
    [
      'DestinationRule',
      dr('{ loadBalancer: { simple: RANDOM, consistentHash: { useSourceIp: true } } }'),
      /together/,
    ],
    [
      'DestinationRule',
      dr('{ connectionPool: { http: { http2KeepAlive: { interval: 15s } } } }'),
      /timeout is missing/,
    ],
    [
      'DestinationRule',
      dr('{ loadBalancer: { warmup: { duration: 1s, minimumPercent: -1 } } }'),
      /from 0 to 100/,
    ],
    ['ServiceEntry', '{ hosts: [a.example.com], endpoints: [{ address: 1.2.3.4 }] }', /without a resolution/],
    ['ServiceEntry', `{ hosts: [${many(257, 'a.example.com')}] }`, /at most 256/],
    ['ServiceEntry', '{ hosts: [a.example.com], addresses: [010.0.0.1] }', /must be an IP address/],
    [
      'Sidecar',
      '{ egress: [{ port: { number: 9, protocol: TCP, name: a }, hosts: [./*] }, { port: { number: 9, protocol: TCP, name: b }, hosts: [./*] }] }',
      /port of another listener/,
    ],
    ['WorkloadEntry', '{ address: "unix://a" }', /absolute path/],
    ['WorkloadEntry', '{ address: 1:2 }', /must be an IP address or a host name/],
    [
      'WorkloadGroup',
      probe("{ httpGet: { port: 80, httpHeaders: [{ name: 'a b' }] } }"),
      /no name of a header/,
    ],
    ['WorkloadGroup', probe("{ exec: { command: [''] } }"), /must not be empty/],
    ['WorkloadGroup', probe('{ periodSeconds: 3 }'), /how to probe/],
    [
      'EnvoyFilter',
      '{ configPatches: [{ applyTo: CLUSTER, match: { context: GATEWAY, waypoint: {} }, patch: { operation: REMOVE } }] }',
      /for the context WAYPOINT only/,
    ],
    [
      'EnvoyFilter',
      '{ workloadSelector: { labels: { a: b } }, targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: a }] }',
      /another way to choose/,
    ],
    [
      'PeerAuthentication',
      '{ selector: { matchLabels: { a: b } }, portLevelMtls: { http: { mode: STRICT } } }',
      /for no port/,
    ],
    ['PeerAuthentication', '{ selector: { matchLabels: { a: b } }, portLevelMtls: {} }', /must not be empty/],
    ['PeerAuthentication', `{ selector: { matchLabels: { a: ${'b'.repeat(64)} } } }`, /longer than 63/],
    ['RequestAuthentication', jwt("jwksUri: 'https://a', jwks: '{}'"), /cannot be set together with jwks/],
    ['RequestAuthentication', jwt('fromHeaders: [{ prefix: a }]'), /name is missing/],
    ['AuthorizationPolicy', source(`{ serviceAccounts: [${many(17, 'a')}] }`), /at most 16/],
    ['AuthorizationPolicy', source(`{ notServiceAccounts: [${'a'.repeat(321)}] }`), /longer than 320/],
    [
      'AuthorizationPolicy',
      source('{ notServiceAccounts: [a], notNamespaces: [b] }'),
      /cannot be set together/,
    ],
    ['AuthorizationPolicy', path("'/a/{**}/b/{*}'"), /before another template/],
    ['AuthorizationPolicy', path("'/a/{b}'"), /no path template/],
    ['AuthorizationPolicy', rules('{ when: [{ key: source.ip, values: [cart] }] }'), /an IP address/],
    [
      'AuthorizationPolicy',
      rules("{ when: [{ key: destination.port, values: ['70000'] }] }"),
      /must be a port/,
    ],
    [
      'AuthorizationPolicy',
      "{ action: CUSTOM, provider: { name: a }, rules: [{ when: [{ key: 'request.auth.claims[a]', values: [b] }] }] }",
      /action CUSTOM/,
    ],
    ['Telemetry', "{ accessLogging: [{ filter: { expression: '' } }] }", /must not be empty/],
    [
      'Telemetry',
      '{ metrics: [{ overrides: [{ match: { metric: ALL_METRICS, customMetric: a } }] }] }',
      /together with/,
    ],
    ['WasmPlugin', wasm("imagePullSecret: ''"), /must not be empty/],
    ['WasmPlugin', wasm('match: [{ ports: [{ number: 1 }, { number: 1 }] }]'), /is repeated/],
    ['WasmPlugin', wasm(`vmConfig: { env: [{ name: ${'a'.repeat(257)} }] }`), /too long/],
  ] as const)('%s %s', (kind, spec, expected) => {
    expect(refused(kind, spec)).toEqual([expect.stringMatching(expected)]);
  });
});

describe('what is taken', () => {
  test.each([
    ['VirtualService', vs('match: [{ uri: { prefix: / }, port: 80, withoutHeaders: { a: {} } }]')],
    [
      'VirtualService',
      vs("headers: { request: { set: { x: '100%% of %DOWNSTREAM_REMOTE_ADDRESS% at %START_TIME(%s)%' } } }"),
    ],
    ['VirtualService', vs("headers: { response: { set: { x: '%REQ(a?b):5%' } } }")],
    ['VirtualService', vs('timeout: ${TIMEOUT}, retries: { attempts: ${ATTEMPTS} }')],
    [
      'VirtualService',
      "{ hosts: [cart], gateways: [a/b], http: [{ match: [{ headers: { '@request.auth.claims[a]': { exact: a } } }], route: [{ destination: { host: cart } }] }] }",
    ],
    ['DestinationRule', '{ host: cart, subsets: [{ name: v1, labels: { version: "1" } }] }'],
    ['DestinationRule', '{ host: cart, traffic_policy: { tls: { mode: ISTIO_MUTUAL } } }'],
    ['DestinationRule', dr('{ loadBalancer: { warmup: { duration: 1s, aggression: 0.5 } } }')],
    [
      'ServiceEntry',
      "{ hosts: [a.example.com], addresses: [1.2.3.4, 'fd00::/8', 2001:db8::1], location: MESH_EXTERNAL }",
    ],
    ['ServiceEntry', '{ hosts: [a.example.com], addresses: [fd00::] }'],
    ['Sidecar', '{ egress: [{ hosts: [./*] }], outboundTrafficPolicy: { mode: REGISTRY_ONLY } }'],
    ['WorkloadEntry', '{ network: remote }'],
    ['WorkloadGroup', probe('{ grpc: { port: 80 } }')],
    [
      'EnvoyFilter',
      '{ configPatches: [{ applyTo: HTTP_FILTER, patch: { operation: MERGE_AND_REPLACE_LIST, value: { name: 1 } } }] }',
    ],
    ['EnvoyFilter', '{ targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: a }] }'],
    [
      'PeerAuthentication',
      '{ selector: { matchLabels: { a: b } }, portLevelMtls: { "80": { mode: STRICT }, 90: { mode: DISABLE } } }',
    ],
    ['RequestAuthentication', jwt("jwksUri: 'https://a', timeout: 1s")],
    ['AuthorizationPolicy', path("'/a/{*}/b/{**}', '/plain*', '*/end', '*'")],
    [
      'AuthorizationPolicy',
      rules(
        "{ when: [{ key: source.ip, values: ['10.0.0.0/8'] }, { key: 'request.headers[a]', notValues: [b] }] }",
      ),
    ],
    ['AuthorizationPolicy', '{}'],
    ['Telemetry', '{ tracing: [{ customTags: { a: { literal: { value: b } } } }] }'],
    ['WasmPlugin', wasm('pluginConfig: { a: [1, true] }, phase: AUTHN, priority: 5')],
  ] as const)('%s %s', (kind, spec) => {
    expect(refused(kind, spec)).toEqual([]);
  });

  test('words that a release of after the known ones may have', () => {
    const spec = '{ hosts: [a.example.com], resolution: BY_MAGIC }';
    expect(refused('ServiceEntry', spec)).toEqual([]);
    const istiod = `apiVersion: apps/v1
kind: Deployment
metadata: { name: istiod, namespace: istio-system, labels: { app: istiod, istio.io/rev: default } }
spec:
  template:
    spec:
      containers: [{ name: discovery, image: 'istio/pilot:1.28.0' }]
---
`;
    expect(refused('ServiceEntry', spec, istiod)).toEqual([
      expect.stringMatching(/resolution must be one of/),
    ]);
    expect(refused('ServiceEntry', spec, istiod.replace('1.28', '1.31'))).toEqual([]);
  });
});
