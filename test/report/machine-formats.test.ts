import { describe, expect, test } from '@jest/globals';
import { schemaProblems } from '../../src/config/json-schema.ts';
import { toJson } from '../../src/report/json.ts';
import { toJunit } from '../../src/report/junit.ts';
import { reviewSchema } from '../../src/report/review-schema.ts';
import { toSarif } from '../../src/report/sarif.ts';
import { toWorkflowCommands } from '../../src/report/workflow-commands.ts';
import { defineRule } from '../../src/rules/rule.ts';
import { at, environment, finding, fullReview, HOSTILE, hostileReview, reviewOf } from './sample-review.ts';

const RULE = defineRule({
  id: 'IST0101',
  name: 'referenced-resource-not-found',
  level: 'error',
  inputs: [],
  summary: 'Finds [a](b).',
  messages: { missing: 'x' },
  advice: { missing: 'Do this.' },
  check: () => undefined,
});

describe('JSON', () => {
  test.each([
    ['full', fullReview()],
    ['hostile', hostileReview()],
    ['empty', reviewOf({ environments: [] })],
  ])('of a %s review matches its schema', (_, review) => {
    expect(schemaProblems(reviewSchema, JSON.parse(toJson(review)))).toEqual([]);
  });

  test('the schema notices what is missing, superfluous or of a wrong type', () => {
    const value = JSON.parse(toJson(fullReview()));
    delete value.environments[0].findings[0].at.line;
    value.verdict = 'fine';
    value.extra = 1;
    expect(
      schemaProblems(reviewSchema, value).map(({ path, message }) => `${path.join('.')}: ${message}`),
    ).toEqual([
      'verdict: must be one of safe, caution, unsafe, unknown, not "fine"',
      'environments.0.findings.0.at: "line" is missing',
      'extra: unknown key "extra"',
    ]);
  });

  test('holds every finding with its status and place, hostile text unchanged', () => {
    const [found] = JSON.parse(toJson(hostileReview())).environments[0].findings;
    expect(found).toMatchObject({
      status: 'introduced',
      resource: { name: HOSTILE },
      at: { file: HOSTILE, line: 1, column: 5, endLine: 1 },
    });
    expect(JSON.parse(toJson(fullReview())).environments[0].findings).toHaveLength(4);
  });

  test('gives equal bytes for equal reviews and ends with a line break', () => {
    expect(toJson(fullReview())).toBe(toJson(fullReview()));
    expect(toJson(fullReview()).endsWith('}\n')).toBe(true);
  });
});

describe('SARIF', () => {
  const run = (review = fullReview()): any => JSON.parse(toSarif(review, [RULE])).runs[0]; // eslint-disable-line @typescript-eslint/no-explicit-any

  test('is valid when nothing was found', () => {
    expect(run(reviewOf())).toMatchObject({ results: [], tool: { driver: { name: 'istio-upgrade-guard' } } });
  });

  test('holds what is wrong at head, and not what the change fixes', () => {
    expect((run().results as { baselineState: string }[]).map((result) => result.baselineState)).toEqual([
      'new',
      'new',
      'unchanged',
    ]);
  });

  test('places, levels, fingerprints and fixes', () => {
    const [first, second] = run().results;
    expect(first).toMatchObject({
      ruleId: 'IST0101',
      ruleIndex: 0,
      level: 'error',
      partialFingerprints: { 'istioUpgradeGuard/v1': '00112233445566778899aabbccddeeff' },
      fixes: [{ artifactChanges: [{ replacements: [{ deletedRegion: { startLine: 12, endLine: 13 } }] }] }],
    });
    expect(first.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'apps/cart.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 12, startColumn: 5 },
    });
    expect(first.relatedLocations[0].physicalLocation.artifactLocation.uri).toBe('apps/ns.yaml');
    expect(second).toMatchObject({ ruleId: 'IST0118', level: 'note' });
    expect(second).not.toHaveProperty('ruleIndex');
  });

  test('rules carry help, and no stranger may set a link', () => {
    const [rule] = run().tool.driver.rules;
    expect(rule).toMatchObject({
      id: 'IST0101',
      name: 'ReferencedResourceNotFound',
      help: { text: 'Finds [a] (b).\n\nDo this.' },
    });
    expect(run(hostileReview()).results[0].message.text).not.toContain('](');
    expect(run(hostileReview()).results[0].locations[0].physicalLocation.artifactLocation.uri).toMatch(
      /^%40everyone/,
    );
  });

  test('a rule with a result carries its page, and an address where there is one', () => {
    const other = { ...RULE, id: 'IST0999' };
    const help = {
      page: (rule: string) => `# Page of ${rule}`,
      address: (rule: string) => `https://x/${rule}.md`,
    };
    const text = toSarif(fullReview(), [RULE, other], help);
    const rules = JSON.parse(text).runs[0].tool.driver.rules as Record<string, unknown>[];
    expect(rules).toMatchObject([
      { help: { markdown: '# Page of IST0101' }, helpUri: 'https://x/IST0101.md' },
      { help: { markdown: expect.stringContaining('**What to do**') }, helpUri: 'https://x/IST0999.md' },
    ]);
    expect(run().tool.driver.rules[0]).not.toHaveProperty('helpUri');
  });

  test('of more than code scanning keeps the worst are left, and the rest is counted', () => {
    const many = Array.from({ length: 5001 }, (_, i) =>
      finding({ fingerprint: `f${i}`, level: i === 5000 ? 'error' : 'info', message: `Problem ${i}.` }),
    );
    const { results, invocations } = run(reviewOf({ environments: [environment({ findings: many })] }));
    expect(results).toHaveLength(5000);
    expect(results[0].level).toBe('error');
    expect(invocations[0].toolExecutionNotifications[0].message.text).toContain(
      '1 further finding did not fit',
    );
  });

  test('a result keeps a hundred related places', () => {
    const evidence = Array.from({ length: 150 }, (_, i) => ({
      says: `reason ${i}`,
      at: at('a.yaml', i + 1),
    }));
    const [result] = run(
      reviewOf({ environments: [environment({ findings: [finding({ evidence })] })] }),
    ).results;
    expect(result.relatedLocations).toHaveLength(100);
  });

  test('a finding that environments share is one result', () => {
    const shared = environment({ findings: [finding()] });
    expect(run(reviewOf({ environments: [shared, { ...shared, name: 'b' }] })).results).toHaveLength(1);
  });
});

describe('JUnit', () => {
  test('fails what counts against the level, skips what was there, passes the rest', () => {
    expect(toJunit(fullReview(), 'error')).toMatchInlineSnapshot(`
     "<?xml version="1.0" encoding="UTF-8"?>
     <testsuites name="istio-upgrade-guard" tests="3" failures="1" skipped="1" errors="0">
       <testsuite name="default" tests="3" failures="1" skipped="1" errors="0">
         <testcase classname="default" name="IST0101 VirtualService shop/cart (apps/cart.yaml:12)" file="apps/cart.yaml" line="12">
           <failure type="error" message="Host cart does not exist.">Host cart does not exist.
     because namespace shop is written here
     Name a Service that exists.</failure>
         </testcase>
         <testcase classname="default" name="IST0118 VirtualService shop/cart (apps/cart.yaml:12)" file="apps/cart.yaml" line="12">
           <system-out>info: Port 80 has no protocol.
     because namespace shop is written here
     Name a Service that exists.</system-out>
         </testcase>
         <testcase classname="default" name="IST0101 VirtualService shop/cart (apps/cart.yaml:12)" file="apps/cart.yaml" line="12">
           <skipped message="as before this change"/>
         </testcase>
       </testsuite>
     </testsuites>
     "
    `);
  });

  test.each([
    ['never', 0],
    ['error', 1],
    ['warning', 1],
    ['info', 2],
  ] as const)('--fail-on %s', (level, failures) => {
    expect(toJunit(fullReview(), level)).toContain(
      `<testsuites name="istio-upgrade-guard" tests="3" failures="${failures}"`,
    );
  });

  test('a suite without findings has one passing case', () => {
    expect(toJunit(reviewOf(), 'error')).toContain('<testcase classname="default" name="no findings"/>');
  });

  test('hostile text opens no element', () => {
    const text = toJunit(hostileReview(), 'error');
    const tags = text.match(/<[^>]*>/g) ?? [];
    expect(
      tags.every((tag) =>
        /^<\/?(\?xml|testsuites|testsuite|testcase|failure|skipped|system-out)\b/.test(tag),
      ),
    ).toBe(true);
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });
});

describe('workflow commands', () => {
  test('annotate introduced findings and changes, and end with the verdict', () => {
    expect(toWorkflowCommands(fullReview())).toMatchInlineSnapshot(`
     "::error file=apps/cart.yaml,line=12,endLine=12,col=5,title=IST0101 VirtualService shop/cart::Host cart does not exist.%0Abecause namespace shop is written here%0AName a Service that exists.
     ::notice file=apps/cart.yaml,line=12,endLine=12,col=5,title=IST0118 VirtualService shop/cart::Port 80 has no protocol.%0Abecause namespace shop is written here%0AName a Service that exists.
     ::notice file=istio/tags.yaml,line=7,endLine=7,col=5,title=Change of the mesh::Tag prod moves from 1-9-5 to 1-10-0.
     ::notice title=Change of the mesh::Deployment shop/a loses its sidecar.
     ::notice title=Istio Upgrade Guard%3A unsafe::This change introduces 1 error and 1 note. It fixes 1 warning. As before: 1 warning.
     "
    `);
  });

  test('hostile text starts no command of its own', () => {
    const lines = toWorkflowCommands(hostileReview()).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(line).toMatch(/^::(error|notice) [^\r\n]*::/);
      // eslint-disable-next-line no-control-regex
      expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    }
    expect(lines[0]).toContain('%250A');
  });

  test('a comma or colon in a file name does not end it', () => {
    const review = reviewOf({
      environments: [environment({ findings: [finding({ at: at('a,b:c%.yaml', 1) })] })],
    });
    expect(toWorkflowCommands(review)).toContain('::error file=a%2Cb%3Ac%25.yaml,line=1,');
  });
});
