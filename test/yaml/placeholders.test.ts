import { describe, expect, test } from '@jest/globals';
import { isKnown, placeholderIn } from '../../src/yaml/placeholders.ts';
import { costOf } from '../cost.ts';

describe('texts that something fills in later', () => {
  test.each([
    '${REGION}',
    'shop-${ENV:=dev}.example.com',
    '$(NAMESPACE)',
    'svc.$(ns).svc.cluster.local',
    '$REVISION',
    'istio-$version',
    '{{ .Values.host }}',
    '{{name}}',
    '{% if x %}',
    '<%= host %>',
    '%{ if x }',
    '<CHANGE_ME>',
    '<your namespace>',
    'a.<DOMAIN>',
    '{INGRESS_DOMAIN}',
    'kiali.{DOMAIN}',
    '%%TAG%%',
    '@project.version@',
    '((domain))',
    '((vault/path.key))',
    '#{Namespace}#',
    '__IMAGE__',
    'ENC[AES256_GCM,data:x,type:str]',
    '_',
    'not-used',
    'placeholder',
    'CHANGEME',
    'REPLACE_ME',
  ])('%s', (text) => {
    expect(isKnown(text)).toBe(false);
    expect(placeholderIn(text)).not.toBe(undefined);
  });
});

describe('texts that stand for themselves', () => {
  test.each([
    '',
    '*',
    '*.example.com',
    'shop.ns.svc.cluster.local',
    '1-20-0',
    '^/api/v[0-9]+$',
    '^[A-Z]{2,3}$',
    '/users/{id}/{*}',
    '^(foo|bar)$',
    '/\\1/$1',
    '(?P<id>[a-z]+)',
    '(?<id>[a-z]+)',
    '((a|b)|c)',
    '%REQ(X-Request-Id)%',
    '%START_TIME%',
    '<none>',
    'a < b && c > d',
    'request.headers["x"] == "y"',
    'spiffe://cluster.local/ns/a/sa/b',
    'a@b.example.com',
    'you@example.com,me@example.com',
    '__name__',
    'my__name',
    'a_b',
    'placeholder-service',
    '[[:alpha:]]+',
    'a{2}',
    '#fff',
    '10%',
    '$',
    'cost: $5',
  ])('%s', (text) => {
    expect(placeholderIn(text)).toBe(undefined);
    expect(isKnown(text)).toBe(true);
  });

  test.each([undefined, null, 1, true, [], {}])('%p is no text', (value) => {
    expect(isKnown(value)).toBe(false);
  });
});

test.each(['<', '<a', '%%', '%%a', '@', '@a', '__A', '((', '((a', '$', '{', '<a ', '(?P<', '#{', '@a.'])(
  'a million characters of %j take no time',
  (unit) => {
    const text = unit.repeat(1_000_000 / unit.length);
    expect(costOf(() => placeholderIn(text))).toBeLessThan(50);
  },
);
