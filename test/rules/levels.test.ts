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
