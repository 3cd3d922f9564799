import { expect, test } from '@jest/globals';
import { toMarkdown } from '../../src/report/markdown.ts';
import { sectionsOf } from '../../src/report/sections.ts';
import { toTerminal } from '../../src/report/terminal.ts';
import { at, change, environment, finding, reviewOf } from './sample-review.ts';

const told = (...args: Parameters<typeof sectionsOf>) =>
  sectionsOf(...args).map(({ environments, changes, findings, fixed }) => [
    environments.join(' '),
    [...changes, ...findings, ...fixed].map(({ message }) => message),
  ]);

test('what a base brings into several environments is told once, and what one alone has is told for it', () => {
  const shared = finding({ message: 'Shared.', at: at('base/a.yaml', 1) });
  const own = finding({ message: 'Own.', at: at('overlays/prod/a.yaml', 1), fingerprint: 'own' });
  const elsewhere = finding({ message: 'Shared.', at: at('other/a.yaml', 1) });
  const environments = [
    environment({ name: 'dev', findings: [shared], changes: [change({ message: 'Moves.' })] }),
    environment({ name: 'prod', findings: [own, shared] }),
    environment({ name: 'quiet' }),
    environment({ name: 'test', findings: [elsewhere, { ...shared, status: 'fixed' }] }),
  ];
  expect(told(reviewOf({ environments }))).toEqual([
    ['dev prod', ['Shared.']],
    ['dev', ['Moves.']],
    ['prod', ['Own.']],
    ['test', ['Shared.', 'Shared.']],
  ]);
});

test('a thousand environments with findings of their own are sorted out at once', () => {
  const environments = Array.from({ length: 1_000 }, (_, index) =>
    environment({
      name: `o${index}`,
      findings: [finding(), finding({ at: at(`overlays/o${index}/a.yaml`, 1) })],
    }),
  );
  const began = performance.now();
  expect(sectionsOf(reviewOf({ environments }))).toHaveLength(1_001);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('the name of the one environment that a change reaches is told where the repository has others', () => {
  const alone = reviewOf({ environments: [environment({ name: 'prod', findings: [finding()] })] });
  const amongOthers = { ...alone, untouched: ['dev'] };
  for (const [review, named] of [
    [alone, false],
    [amongOthers, true],
  ] as const) {
    expect(toTerminal(review, { color: false }).includes('Environment prod')).toBe(named);
    expect(toMarkdown(review).includes('Environment prod')).toBe(named);
  }
});
