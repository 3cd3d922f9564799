import { describe, expect, test } from '@jest/globals';
import { toTerminal } from '../../src/report/terminal.ts';
import { change, environment, finding, fullReview, hostileReview, reviewOf } from './sample-review.ts';

const plain = { color: false };

test('tells the verdict, the changes, what is introduced and fixed, and what is not known, in that order', () => {
  expect(toTerminal(fullReview(), plain)).toMatchInlineSnapshot(`
   "main → feature
   UNSAFE  This change introduces 1 error and 1 note.
   It fixes 1 warning. As before: 1 warning.

   What changes in the mesh
     ~ Tag prod moves from 1-9-5 to 1-10-0.
       istio/tags.yaml:7  ·  1 namespace, 2 workloads, 1 service
     ~ Deployment shop/a loses its sidecar.
       1 namespace, 2 workloads, 1 service

   What this change introduces
     ✖ error  IST0101  VirtualService shop/cart
       apps/cart.yaml:12
       Host cart does not exist.
       because namespace shop is written here (apps/ns.yaml:1)
       touches 1 workload
       → Name a Service that exists.
       fix: use cart.shop (apps/cart.yaml:12-13)
         + host: cart.shop

     • info  IST0118  VirtualService shop/cart  (likely)
       apps/cart.yaml:12
       Port 80 has no protocol.
       because namespace shop is written here (apps/ns.yaml:1)
       → Name a Service that exists.

   What it fixes
     ✔ IST0101  VirtualService shop/cart
       Was wrong.

   What could not be checked
     · changed files that could not be read, or that no environment deploys: old/unused.yaml
     · charts/shop: its templates were not rendered (4 places, such as charts/shop/Chart.yaml:1)
     · namespace shop: it is not in this repository

   Control planes
     1-10-0 (1.10.0), next, tag prod → 1-10-0
     Facts of Istio 1.5 to 1.31, as of 2026-09-25.
   "
  `);
});

test('says of a harmless change that it is one', () => {
  expect(toTerminal(reviewOf(), plain)).toBe('main → feature\nSAFE  This change introduces no findings.\n');
});

test('says that a first commit has no base', () => {
  expect(toTerminal(reviewOf({ base: '' }), plain)).toContain('first commit → feature');
});

test('analyze speaks of findings, not of changes', () => {
  const found = finding();
  delete (found as { status?: string }).status;
  const text = toTerminal(
    reviewOf({ mode: 'analyze', environments: [environment({ findings: [found] })] }),
    plain,
  );
  expect(text).toMatch(/^1 error in 3 resources\.\n/);
  expect(text).toContain('\nFindings\n');
  expect(text).not.toMatch(/SAFE|introduce|→ feature/);
});

describe('several environments', () => {
  test('are named, and those with the same story are told once', () => {
    const story = { changes: [change()], findings: [finding()] };
    const text = toTerminal(
      reviewOf({
        verdict: 'unsafe',
        environments: [
          environment({ name: 'dev', ...story }),
          environment({ name: 'prod', ...story }),
          environment({ name: 'staging' }),
          environment({ name: 'test', changes: [change({ message: 'Another.' })] }),
        ],
      }),
      plain,
    );
    expect(text).toContain('Environments dev and prod\n');
    expect(text).toContain('Environment test\n');
    expect(text).toContain('Nothing changes in staging.');
    expect(text.split('Host cart does not exist.')).toHaveLength(2);
    expect(text).toContain('This change introduces 1 error.');
  });

  test('one alone is not named', () => {
    expect(toTerminal(fullReview(), plain)).not.toContain('Environment');
  });
});

test('very many changes are cut, and the cut is told', () => {
  const changes = Array.from({ length: 43 }, (_, i) => change({ message: `Change ${i}.` }));
  const text = toTerminal(reviewOf({ environments: [environment({ changes })] }), plain);
  expect(text).toContain('Change 39.');
  expect(text).toContain('and 3 more (--format json shows all)');
  expect(text).not.toContain('Change 40.');
});

test('what could not be checked is cut after eight lines', () => {
  const unchecked = Array.from({ length: 11 }, (_, i) => ({
    what: `thing ${i}`,
    why: 'so',
    count: 1,
    examples: [],
  }));
  const text = toTerminal(reviewOf({ unchecked }), plain);
  expect(text).toContain('· thing 7: so\n    and 3 more');
  expect(text).not.toContain('thing 8');
});

test('breaks lines between words at the width', () => {
  const message = 'word '.repeat(60).trim();
  const text = toTerminal(reviewOf({ environments: [environment({ findings: [finding({ message })] })] }), {
    color: false,
    width: 60,
  });
  expect(text.split('\n').every((line) => line.length <= 60)).toBe(true);
  expect(text.replace(/\s+/g, ' ')).toContain(message);
});

test('colour adds escape sequences and nothing else', () => {
  const painted = toTerminal(fullReview(), { color: true });
  expect(painted).toContain('\u001b[31mUNSAFE\u001b[0m');
  // eslint-disable-next-line no-control-regex
  expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(toTerminal(fullReview(), plain));
});

test('hostile text stays text', () => {
  const text = toTerminal(hostileReview(), plain);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(text).toContain('\\x1b[31mred');
});
