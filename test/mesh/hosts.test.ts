import { describe, expect, test } from '@jest/globals';
import { deployment, meshOf, namespaceManifest, object, service, serviceEntry } from './manifests.ts';

const REVIEWS = service('shop', 'reviews', { ports: [{ port: 80 }, { port: 9090 }] });
const SHOP = [REVIEWS, service('shop', 'ratings'), deployment('shop', 'reviews')];

describe('in a closed world, as Istio looks hosts up', () => {
  const entries = [
    serviceEntry('shop', 'all', { hosts: ['api.example.com'], ports: [{ number: 443 }] }),
    serviceEntry('shop', 'own', { hosts: ['own.example.com'], exportTo: ['.'] }),
    serviceEntry('shop', 'named', { hosts: ['named.example.com'], exportTo: ['web', 'db'] }),
    serviceEntry('shop', 'star', {
      hosts: ['one.example.org', 'two.example.org'],
      exportTo: ['.', '*', 'x'],
    }),
    serviceEntry('shop', 'short', { hosts: ['legacy'] }),
    serviceEntry('shop', 'wild', { hosts: ['*.wild.com'], workloadSelector: { labels: { app: 'w' } } }),
    serviceEntry('shop', 'wilder', { hosts: ['*.very.wild.com'] }),
    serviceEntry('shop', 'hidden', { hosts: ['*.hidden.com'], exportTo: ['.'] }),
    service('shop', 'private', {}, { annotations: { 'networking.istio.io/exportTo': ' . , db' } }),
  ];
  const mesh = meshOf([...SHOP, ...entries], { world: 'closed' });
  test.each<[string, string, string[], string | undefined]>([
    ['reviews', 'shop', [], 'reviews'],
    ['reviews', 'web', [], undefined],
    ['reviews.shop.svc.cluster.local', 'web', [], 'reviews'],
    ['reviews.shop', 'shop', [], undefined],
    ['reviews.shop.svc', 'shop', [], undefined],
    ['api.example.com', 'web', [], 'all'],
    ['own.example.com', 'shop', [], 'own'],
    ['own.example.com', 'web', [], undefined],
    ['own.example.com', 'shop', ['.'], 'own'],
    ['own.example.com', 'shop', ['*'], undefined],
    ['own.example.com', 'web', ['shop'], 'own'],
    ['named.example.com', 'web', [], 'named'],
    ['named.example.com', 'shop', [], undefined],
    ['one.example.org', 'web', [], 'star'],
    ['two.example.org', 'web', [], 'star'],
    ['legacy', 'shop', [], 'short'],
    ['legacy.shop.svc.cluster.local', 'web', [], 'short'],
    ['a.wild.com', 'web', [], 'wild'],
    ['wild.com', 'web', [], undefined],
    ['a.very.wild.com', 'web', [], 'wilder'],
    ['*.wild.com', 'web', [], 'wild'],
    ['a.hidden.com', 'shop', [], 'hidden'],
    ['a.hidden.com', 'web', [], undefined],
    ['private', 'shop', [], 'private'],
    ['private.shop.svc.cluster.local', 'db', [], 'private'],
    ['private.shop.svc.cluster.local', 'web', [], undefined],
    ['', 'shop', [], undefined],
  ])('%s from %s exported to %j is %s', (host, from, exportTo, provider) => {
    const answer = mesh.lookupHost(host, from, exportTo);
    expect(answer.provider?.name).toBe(provider);
    expect(answer.known).toBe(provider === undefined ? 'no' : 'yes');
    expect(answer.confidence).toBe('certain');
  });

  test('ports and workload selector come with the provider', () => {
    expect(mesh.lookupHost('reviews', 'shop', []).ports).toEqual([80, 9090]);
    expect(mesh.lookupHost('api.example.com', 'shop', []).ports).toEqual([443]);
    expect(mesh.lookupHost('a.wild.com', 'shop', []).workloadSelector).toEqual({ app: 'w' });
  });

  test('a Service replaces a ServiceEntry of the same host', () => {
    const both = meshOf(
      [serviceEntry('shop', 'entry', { hosts: ['reviews.shop.svc.cluster.local'] }), REVIEWS],
      { world: 'closed' },
    );
    expect(both.lookupHost('reviews', 'shop', []).provider?.kind).toBe('Service');
  });

  test('the default ingress gateway is there unless it is turned off', () => {
    const host = 'istio-ingressgateway.istio-system.svc.cluster.local';
    expect(mesh.lookupHost(host, 'shop', []).ports).toEqual([80, 443, 31400, 15443]);
    const off = meshOf(SHOP, { world: 'closed', meshConfig: { ingressControllerMode: 'OFF' } });
    expect(off.lookupHost(host, 'shop', []).known).toBe('no');
    expect(meshOf(SHOP).lookupHost(host, 'shop', []).known).toBe('unknown');
  });
});

describe('in an open world', () => {
  const whole = [namespaceManifest('shop'), namespaceManifest('monitoring'), ...SHOP];
  test.each<[string, string, 'yes' | 'no' | 'unknown', 'certain' | 'likely', string | undefined]>([
    ['reviews', 'shop', 'yes', 'certain', undefined],
    ['cart', 'shop', 'no', 'likely', undefined],
    ['cart', 'elsewhere', 'unknown', 'certain', undefined],
    ['cart.elsewhere.svc.cluster.local', 'shop', 'unknown', 'certain', undefined],
    ['cart.shop.svc.cluster.local', 'elsewhere', 'no', 'likely', undefined],
    ['${HOST}', 'shop', 'unknown', 'certain', undefined],
    ['reviews.shop', 'shop', 'no', 'certain', 'reviews.shop.svc.cluster.local'],
    ['reviews.shop.svc', 'web', 'no', 'certain', 'reviews.shop.svc.cluster.local'],
    ['reviews.shop.svc.cluster', 'web', 'no', 'certain', 'reviews.shop.svc.cluster.local'],
    ['cart.shop', 'shop', 'unknown', 'certain', undefined],
    ['cart.monitoring', 'shop', 'no', 'likely', undefined],
    ['cart.nowhere', 'shop', 'unknown', 'certain', undefined],
    ['cart.shop.svc', 'shop', 'no', 'likely', undefined],
    ['cart.elsewhere.svc', 'shop', 'unknown', 'certain', undefined],
    ['api.example.com', 'shop', 'unknown', 'certain', undefined],
    ['web-0.reviews.shop.svc.cluster.local', 'shop', 'unknown', 'certain', undefined],
    ['*.shop.svc.cluster.local', 'shop', 'yes', 'likely', undefined],
    ['*.example.com', 'shop', 'unknown', 'certain', undefined],
    ['reveiws', 'shop', 'no', 'likely', 'reviews.shop.svc.cluster.local'],
    ['reviews', '', 'unknown', 'certain', undefined],
  ])('%s from %s: %s (%s), near %s', (host, from, known, confidence, near) => {
    const answer = meshOf(whole).lookupHost(host, from, []);
    expect(answer).toMatchObject({ known, confidence });
    expect(answer.nearMiss).toBe(near);
  });

  test('a slip is recognised in a namespace that a remote base could reach, but not one that a chart fills', () => {
    const ask = (namespaces: string[] | undefined) =>
      meshOf(whole, { opaque: [{ what: 'remote base', namespaces }] }).lookupHost('reveiws', 'shop', []);
    expect(ask(undefined)).toMatchObject({ known: 'no', confidence: 'likely' });
    expect(ask(['shop'])).toMatchObject({ known: 'unknown', nearMiss: 'reviews.shop.svc.cluster.local' });
  });

  test('a Service without a namespace may be anywhere', () => {
    const mesh = meshOf([...whole, service('', 'cart')]);
    expect(mesh.lookupHost('cart', 'shop', []).known).toBe('unknown');
    expect(mesh.lookupHost('cart', '', [])).toMatchObject({ known: 'yes', confidence: 'likely' });
  });

  test('a Service that is not exported to the referrer is not reached', () => {
    const hidden = service('shop', 'own', {}, { annotations: { 'networking.istio.io/exportTo': '.' } });
    const answer = meshOf([...whole, hidden]).lookupHost('own.shop.svc.cluster.local', 'web', []);
    expect(answer).toMatchObject({ known: 'no', confidence: 'likely' });
  });

  test('ports that are filled in later are not known', () => {
    const mesh = meshOf([service('shop', 'p', { ports: [{ port: 80 }, { port: '${PORT}' }] })]);
    expect(mesh.lookupHost('p', 'shop', [])).toMatchObject({ known: 'yes', ports: [] });
  });

  test('a host that the settings declare is left alone', () => {
    const declared = { externals: ['host *.shop.svc.cluster.local'] };
    expect(meshOf(whole, declared).lookupHost('cart', 'shop', [])).toMatchObject({ known: 'unknown' });
  });

  test('what this change takes away is absent for certain', () => {
    const entry = (hosts: string[]) => serviceEntry('shop', 'ext', { hosts });
    const base = [...SHOP, service('shop', 'cart'), entry(['api.example.com', 'b.example.com'])];
    const removed = meshOf(SHOP, { base });
    expect(removed.lookupHost('cart', 'shop', [])).toMatchObject({ known: 'no', confidence: 'certain' });
    expect(removed.lookupHost('api.example.com', 'web', [])).toMatchObject({
      known: 'no',
      confidence: 'certain',
    });
    const shortened = meshOf([...SHOP, entry(['b.example.com'])], { base });
    expect(shortened.lookupHost('api.example.com', 'web', [])).toMatchObject({
      known: 'no',
      confidence: 'certain',
    });
    const chart = { what: 'HelmRelease shop/cart', namespaces: ['shop'] };
    const moved = meshOf(SHOP, { base, opaque: [chart] });
    expect(moved.lookupHost('cart', 'shop', []).known).toBe('unknown');
    expect(moved.lookupHost('api.example.com', 'web', []).known).toBe('unknown');
  });

  test('hostile names are names', () => {
    const mesh = meshOf([...whole, object('v1', 'Service', '__proto__', {}, { namespace: 'shop' })]);
    expect(mesh.lookupHost('__proto__', 'shop', []).known).toBe('yes');
    expect(mesh.lookupHost('constructor', 'shop', []).known).toBe('no');
  });
});
