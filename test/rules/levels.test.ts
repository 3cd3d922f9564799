import { expect, test } from '@jest/globals';
import { runRuleOf } from './fixture.ts';

/** Level and confidence of what a rule finds in an EnvoyFilter with this spec. */
function judgement(rule: string, spec: string, header = ''): string[] {
  const text = `${header}apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: lua, namespace: shop }
spec: ${spec}
`;
  return runRuleOf(rule, { path: 'filter.yaml', text }).findings.map(
    ({ level, confidence }) => `${level} ${confidence}`,
  );
}

function patch(filter: string): string {
  const match = `{ listener: { filterChain: { filter: ${filter} } } }`;
  return `{ configPatches: [{ applyTo: HTTP_FILTER, match: ${match}, patch: { operation: INSERT_BEFORE } }] }`;
}

const ROUTER =
  '{ name: envoy.filters.network.http_connection_manager, subFilter: { name: envoy.filters.http.router } }';

test('IST0151 matters less before the router, which is always there', () => {
  expect(judgement('IST0151', patch(ROUTER))).toEqual(['info certain']);
  expect(judgement('IST0151', patch(ROUTER), '# world: closed\n')).toEqual(['warning certain']);
  const other = ROUTER.replace('http.router', 'http.jwt_authn');
  expect(judgement('IST0151', patch(other))).toEqual(['warning certain']);
});

test('unknown-field is an error where what is lost was to choose workloads', () => {
  expect(judgement('unknown-field', '{ workloadSelectors: { labels: { a: b } } }')).toEqual([
    'error certain',
  ]);
  expect(judgement('unknown-field', '{ workloadSelector: { label: { a: b } } }')).toEqual(['error certain']);
  expect(judgement('unknown-field', '{ workloadLabels: { a: b } }')).toEqual(['error likely']);
  expect(judgement('unknown-field', '{ prioritys: 1 }')).toEqual(['warning certain']);
  const both = '{ workloadSelectors: {}, workloadSelector: { labels: { a: b } } }';
  expect(judgement('unknown-field', both)).toEqual(['warning certain']);
});

test('IST0145 is a note where istiod merges what both Gateways serve', () => {
  const gateway = (name: string, server: string): string =>
    `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: shop }
spec: { selector: { istio: ingressgateway }, servers: [${server}] }
`;
  const levels = (one: string, other: string, header = ''): string[] => {
    const text = `${header}${gateway('one', one)}---\n${gateway('other', other)}`;
    const { findings } = runRuleOf('IST0145', { path: 'gateways.yaml', text });
    return [...new Set(findings.map(({ level }) => level))];
  };
  const plain = "{ port: { number: 80, name: http, protocol: HTTP }, hosts: ['*'] }";
  const redirect = plain.replace('hosts:', 'tls: { httpsRedirect: true }, hosts:');
  expect(levels(plain, plain)).toEqual(['info']);
  expect(levels(redirect, redirect)).toEqual(['info']);
  expect(levels(plain, plain, '# world: closed\n')).toEqual(['error']);
  // The second of two that redirect is left out whole, its other hosts with it; one that redirects does so for both.
  expect(levels(redirect, redirect.replace("['*']", "['*', shop.example.com]"))).toEqual(['error']);
  expect(levels(plain, redirect)).toEqual(['error']);
  expect(levels(plain.replaceAll('HTTP', 'TCP'), plain.replaceAll('HTTP', 'TCP'))).toEqual(['error']);
});

test('IST0143 warns where a name that clients use too is all there is', () => {
  const level = (args: string): string[] => {
    const text = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ port: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers: [{ name: app, image: acme/cart:1, args: ${args}, ports: [{ containerPort: 8080 }] }]
`;
    const { findings } = runRuleOf('IST0143', { path: 'cart.yaml', text });
    return findings.map(({ level, confidence }) => `${level} ${confidence}`);
  };
  expect(level('[--listen, "127.0.0.1:8080"]')).toEqual(['error likely']);
  expect(level('[--host, 127.0.0.1, --port, "8080"]')).toEqual(['warning likely']);
});
