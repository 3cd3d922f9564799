import { describe, expect, test } from '@jest/globals';
import type { Fix } from '../../src/vocabulary.ts';
import { suggestionComments } from '../../src/report/review-comments.ts';
import { environment, finding, HOSTILE, reviewOf } from './sample-review.ts';

const EVERYWHERE = () => true;

function fix(more: Partial<Fix> = {}): Fix {
  return {
    title: 'use cart',
    file: 'apps/cart.yaml',
    startLine: 12,
    endLine: 13,
    text: '  host: cart\n',
    ...more,
  };
}

function suggestions(
  fixes: readonly Fix[],
  inDiff: (path: string, start: number, end: number) => boolean = EVERYWHERE,
) {
  const findings = fixes.map((each, i) =>
    finding({ fix: each, fingerprint: `f${i}`, message: `Problem ${i}.` }),
  );
  return suggestionComments(reviewOf({ environments: [environment({ findings })] }), inDiff);
}

describe('a suggestion', () => {
  test('replaces exactly the lines of the fix', () => {
    const [comment] = suggestions([fix()]);
    expect(comment).toMatchObject({ path: 'apps/cart.yaml', startLine: 12, endLine: 13, key: 'f0' });
    expect(comment?.body).toMatch(/\n```suggestion\n {2}host: cart\n```$/);
  });

  test('of an empty text deletes them', () => {
    expect(suggestions([fix({ text: '' })])[0]?.body).toMatch(/\n```suggestion\n```$/);
  });

  test('is made only where the diff shows the lines', () => {
    expect(
      suggestions([fix()], (path, start, end) => path === 'apps/cart.yaml' && start === 1 && end === 2),
    ).toEqual([]);
  });

  test('is made once for a line', () => {
    const keys = suggestions([
      fix(),
      fix({ startLine: 13, endLine: 14 }),
      fix({ startLine: 15, endLine: 15 }),
    ]);
    expect(keys.map(({ key }) => key)).toEqual(['f0', 'f2']);
  });

  test('keeps content that would close its fence', () => {
    const text = 'script: |\n  ```\n  ````\n';
    expect(suggestions([fix({ text })])[0]?.body).toContain(`\`\`\`\`\`suggestion\n${text}\`\`\`\`\``);
  });

  test('is never shortened: what is too large is left out', () => {
    expect(suggestions([fix({ text: 'x'.repeat(30_000) })])).toEqual([]);
  });

  test('of a stranger mentions nobody', () => {
    const body = suggestions([fix({ title: HOSTILE })])[0]?.body ?? '';
    expect(body.split('suggestion')[0]).not.toMatch(/@everyone|<img|#1\b/);
  });
});

test('only what this change introduces is suggested', () => {
  const findings = [finding({ fix: fix(), status: 'existing' }), finding({ fix: fix(), status: 'fixed' })];
  expect(suggestionComments(reviewOf({ environments: [environment({ findings })] }), EVERYWHERE)).toEqual([]);
});
