import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_SETTINGS } from '../../src/config/settings.ts';
import { KIALI_CODES } from '../../src/facts/kiali-codes.ts';
import { buildMesh } from '../../src/mesh/build.ts';
import { RULES } from '../../src/rules/registry.ts';
import { runRules } from '../../src/rules/run.ts';
import { friendlyName, globMatches } from '../../src/rules/suppress.ts';
import { costOf } from '../cost.ts';
import { environmentOf } from './fixture.ts';

test.each([
  ['Service shop/*', 'Service shop/cart', true],
  ['Service shop/*', 'Service pay/cart', false],
  ['* shop/cart', 'VirtualService shop/cart', true],
  ['*', 'Namespace shop', true],
  ['', '', false],
  ['Service shop/cart', 'Service shop/cart', true],
  ['Service shop/cart', 'Service shop/cart-v2', false],
  ['Service */c*t', 'Service shop/cart', true],
  ['Service */c*tt', 'Service shop/cart', false],
  ['a*a', 'a', false],
  ['Service sho.', 'Service shop', false],
])('glob %s on %s is %s', (glob, text, matches) => {
  expect(globMatches(glob, text)).toBe(matches);
});

test('a text matches itself with any part replaced by *', () => {
  const plain = fc.string({ minLength: 1 }).filter((text) => !text.includes('*'));
  fc.assert(
    fc.property(plain, fc.nat(), fc.nat(), (text, a, b) => {
      const start = Math.min(a, b) % (text.length + 1);
      const end = Math.max(start, Math.max(a, b) % (text.length + 1));
      expect(globMatches(`${text.slice(0, start)}*${text.slice(end)}`, text)).toBe(true);
    }),
  );
});

test('many stars take no longer than the text is long', () => {
  const cost = costOf(() => expect(globMatches(`${'*a'.repeat(5000)}b`, 'a'.repeat(100_000))).toBe(false));
  expect(cost).toBeLessThan(50);
});

test('a resource is named as Istio names it', () => {
  expect(friendlyName({ kind: 'Service', namespace: 'shop', name: 'cart' })).toBe('Service shop/cart');
  expect(friendlyName({ kind: 'Namespace', namespace: '', name: 'shop' })).toBe('Namespace shop');
});

function routeFindings(annotation: string): string[] {
  const settings = { ...DEFAULT_SETTINGS, world: 'closed' as const, rules: ['IST0101'] };
  const route = `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop, annotations: { ${annotation} } }
spec:
  hosts: [cart.example.com]
  gateways: [public]
  http: [{ route: [{ destination: { host: nowhere } }] }]
`;
  const { findings } = runRules(buildMesh(environmentOf(route, 'route.yaml'), settings), RULES, settings);
  return findings.map(({ message }) => message.replace(/ (provides|Gateway).*/, ' $1'));
}

test.each([
  ["note: 'none'", ['There is no Gateway', 'No service provides']],
  ["kiali.io/ignore-validations: 'KIA1102'", ['No service provides']],
  ["kiali.io/ignore-validations: ' KIA0203 , KIA1101'", ['There is no Gateway']],
  ["kiali.io/ignore-validations: 'KIA1101,KIA1102'", []],
  ["kiali.io/ignore-validations: 'IST0101,constructor,*'", ['There is no Gateway', 'No service provides']],
  ["galley.istio.io/analyze-suppress: 'IST0101'", []],
])('of a route to nowhere with %s is said %j', (annotation, said) => {
  expect(routeFindings(annotation)).toEqual(said);
});

test('what Kiali says is said by rules and messages that exist', () => {
  for (const { rule, messages = [] } of Object.values(KIALI_CODES).flat()) {
    const known = RULES.find(({ id }) => id === rule);
    expect(known).toBeDefined();
    expect(Object.keys(known?.messages ?? {})).toEqual(expect.arrayContaining([...messages]));
  }
});
