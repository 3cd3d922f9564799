import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS, type Settings } from '../../src/config/settings.ts';
import { buildMesh } from '../../src/mesh/build.ts';
import { defineChangeRule } from '../../src/rules/change-rule.ts';
import { defineRule, type Rule } from '../../src/rules/rule.ts';
import { runChangeRules, runRules } from '../../src/rules/run.ts';
import { subjectAt } from '../../src/rules/subject.ts';
import { environmentOf } from './fixture.ts';

const MANIFESTS = `
apiVersion: v1
kind: Service
metadata:
  name: cart
  namespace: shop
spec:
  ports:
    - port: 80
    - port: 90
---
apiVersion: v1
kind: Service
metadata:
  name: ledger
  namespace: pay
  annotations:
    galley.istio.io/analyze-suppress: "IST0001, no-ports"
spec:
  ports:
    - port: 80
`;

/** Reports every port of every Service. */
const everyPort = defineRule({
  id: 'every-port',
  name: 'every-port',
  level: 'warning',
  inputs: ['services'],
  summary: 'A port.',
  messages: { port: 'Port {port} of {service}.', unused: 'Nothing.' },
  advice: { port: 'Close {port}.', unused: '' },
  check({ mesh, report, unchecked }) {
    for (const { resource, ports, name } of mesh.services) {
      unchecked('ports', 'they may be open', resource);
      for (const { port, index } of ports)
        report(resource, ['spec', 'ports', index], 'port', { port, service: name });
    }
  },
});

const noPorts: Rule = { ...everyPort, id: 'no-ports' };
const broken: Rule = {
  ...everyPort,
  id: 'broken',
  check() {
    throw new Error('out of order');
  },
};

function run(rules: readonly Rule[], settings: Partial<Settings> = {}, text = MANIFESTS) {
  const all = { ...DEFAULT_SETTINGS, ...settings };
  return runRules(buildMesh(environmentOf(text, 'services.yaml'), all), rules, all);
}

describe('findings', () => {
  test('carry place, text, level and advice', () => {
    const [finding] = run([everyPort]).findings;
    expect(finding).toMatchObject({
      rule: 'every-port',
      level: 'warning',
      confidence: 'certain',
      resource: { kind: 'Service', namespace: 'shop', name: 'cart' },
      at: { file: 'services.yaml', line: 9 },
      message: 'Port 80 of cart.',
      advice: 'Close 80.',
    });
  });

  test('keep their fingerprint when they move within the file, and change it with the value', () => {
    const prints = (text: string) =>
      run([everyPort], {}, text).findings.map(({ fingerprint }) => fingerprint);
    expect(prints(`# a comment\n\n${MANIFESTS}`)).toEqual(prints(MANIFESTS));
    expect(prints(MANIFESTS.replace('port: 90', 'port: 91'))).not.toEqual(prints(MANIFESTS));
    expect(new Set(prints(MANIFESTS)).size).toBe(3);
  });

  test('are told once', () => {
    const twice: Rule = {
      ...everyPort,
      check: (context) => [0, 1].forEach(() => everyPort.check(context)),
    };
    expect(run([twice]).findings).toHaveLength(3);
  });

  test('come worst first, then by place', () => {
    const worse: Rule = { ...everyPort, id: 'worse', level: 'error' };
    expect(run([everyPort, worse]).findings.map(({ rule, at }) => `${rule}:${at.line}`)).toEqual([
      'worse:9',
      'worse:10',
      'worse:21',
      'every-port:9',
      'every-port:10',
      'every-port:21',
    ]);
  });
});

describe('policy', () => {
  test('a level of the settings replaces the rule’s, and off silences it', () => {
    expect(run([everyPort], { levels: { 'every-port': 'info' } }).findings[0]?.level).toBe('info');
    expect(run([everyPort], { levels: { 'every-port': 'off' } }).findings).toEqual([]);
  });

  test('only the rules asked for run', () => {
    expect(run([everyPort, broken], { rules: ['no-ports'] })).toMatchObject({ findings: [], unchecked: [] });
  });

  test('an annotation suppresses its rules', () => {
    expect(run([noPorts]).findings.map(({ resource }) => resource.name)).toEqual(['cart', 'cart']);
  });

  test('a suppression holds until its last day', () => {
    const suppressions = [{ rule: 'every-port', resource: 'Service shop/*', until: '2026-03-31' }];
    const left = (today: string) => run([everyPort], { suppressions, today }).findings.length;
    expect(left('2026-03-31')).toBe(1);
    expect(left('2026-04-01')).toBe(3);
  });
});

describe('unchecked', () => {
  test('is counted by what and why, with the places', () => {
    const { unchecked } = run([everyPort]);
    expect(unchecked).toMatchObject([{ what: 'ports', why: 'they may be open', count: 2 }]);
    expect(unchecked[0]?.examples.map(({ line }) => line)).toEqual([2, 12]);
  });

  test('a rule that breaks does not take the others with it, unless asked to', () => {
    const { findings, unchecked } = run([broken, everyPort]);
    expect(findings).toHaveLength(3);
    expect(unchecked).toContainEqual({
      what: 'rule broken',
      why: 'it failed: Error: out of order',
      count: 1,
      examples: [],
    });
    const mesh = buildMesh(environmentOf(MANIFESTS, 'services.yaml'), DEFAULT_SETTINGS);
    expect(() => runRules(mesh, [broken], DEFAULT_SETTINGS, { strict: true })).toThrow('out of order');
  });

  test('many reasons for one thing are told together', () => {
    const chatty: Rule = {
      ...everyPort,
      check({ unchecked }) {
        for (let index = 0; index < 200; index += 1) unchecked('hosts', `reason ${index}`);
      },
    };
    const { unchecked } = run([chatty]);
    expect(unchecked).toHaveLength(4);
    expect(unchecked.reduce((sum, { count }) => sum + count, 0)).toBe(200);
  });
});

/** Reports how many Services came, about something that is no Kubernetes object. */
const moreServices = defineChangeRule({
  id: 'more-services',
  name: 'more-services',
  level: 'warning',
  inputs: ['services'],
  summary: 'More Services.',
  messages: { more: 'From {from} to {to} Services.' },
  advice: 'Look.',
  check({ before, after, report }) {
    const [from, to] = [before.services.length, after.services.length];
    if (to <= from) return;
    const at = { file: 'Chart.yaml', line: 3, column: 1, endLine: 3 };
    report(subjectAt({ kind: 'Chart', namespace: 'shop', name: 'cart' }, at), [], 'more', { from, to });
  },
});

describe('rules about the step', () => {
  const meshOf = (text: string) => buildMesh(environmentOf(text, 'services.yaml'), DEFAULT_SETTINGS);
  const [one = '', both] = [MANIFESTS.split('---')[0], MANIFESTS];
  const step = (from: string, to: string, settings: Partial<Settings> = {}) =>
    runChangeRules(meshOf(from), meshOf(to), [moreServices], { ...DEFAULT_SETTINGS, ...settings }).findings;

  test('see both sides, and introduce what they find', () => {
    expect(step(one, both)).toMatchObject([
      {
        rule: 'more-services',
        level: 'warning',
        status: 'introduced',
        message: 'From 1 to 2 Services.',
        resource: { kind: 'Chart', namespace: 'shop', name: 'cart' },
        at: { file: 'Chart.yaml', line: 3 },
      },
    ]);
    expect(step(both, both)).toEqual([]);
    expect(step(both, one)).toEqual([]);
  });

  test('obey levels and suppressions like any other', () => {
    expect(step(one, both, { levels: { 'more-services': 'error' } })[0]?.level).toBe('error');
    expect(step(one, both, { levels: { 'more-services': 'off' } })).toEqual([]);
    expect(step(one, both, { rules: ['every-port'] })).toEqual([]);
    expect(step(one, both, { suppressions: [{ rule: 'more-services', resource: 'Chart shop/*' }] })).toEqual(
      [],
    );
  });
});
