import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newSideHunks, withinOneHunk } from '../../src/github/hunks.ts';

const PATCH = [
  '@@ -1,3 +1,4 @@ kind: Namespace',
  ' a',
  '-b',
  '+B',
  '+B2',
  ' c',
  '@@ -20 +21 @@',
  '-old',
  '+new',
  '\\ No newline at end of file',
].join('\n');

describe('lines that take a comment', () => {
  test('are added lines and their context, hunk by hunk', () => {
    expect(newSideHunks(PATCH)).toEqual([
      { start: 1, end: 4 },
      { start: 21, end: 21 },
    ]);
  });

  test('a file without a patch has none', () => {
    expect(newSideHunks(undefined)).toEqual([]);
    expect(newSideHunks('')).toEqual([]);
  });

  test('a hunk that only deletes has none', () => {
    expect(newSideHunks('@@ -4,2 +3,0 @@\n-a\n-b')).toEqual([]);
  });

  test('content that looks like a header is content', () => {
    expect(newSideHunks('@@ -1 +1,2 @@\n-x\n+@@ -9 +9 @@\n+y')).toEqual([{ start: 1, end: 2 }]);
  });

  test('a patch that was cut short promises only what it shows', () => {
    expect(newSideHunks('@@ -1,90 +1,90 @@\n a\n+b')).toEqual([{ start: 1, end: 2 }]);
  });

  test('a range must be in one hunk', () => {
    const hunks = newSideHunks(PATCH);
    expect(withinOneHunk(hunks, 2, 4)).toBe(true);
    expect(withinOneHunk(hunks, 21, 21)).toBe(true);
    expect(withinOneHunk(hunks, 4, 5)).toBe(false);
    expect(withinOneHunk(hunks, 4, 21)).toBe(false);
    expect(withinOneHunk(hunks, 3, 2)).toBe(false);
  });

  test('every line a patch adds is in a hunk, and no line beyond its last', () => {
    const line = fc.constantFrom('+x', '-x', ' x');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.array(line, { minLength: 1 }), (start, lines) => {
        const hunks = newSideHunks([`@@ -1 +${start} @@`, ...lines].join('\n'));
        const shown = lines.filter((each) => !each.startsWith('-')).length;
        for (let i = 0; i < shown; i++) expect(withinOneHunk(hunks, start + i, start + i)).toBe(true);
        expect(withinOneHunk(hunks, start + shown, start + shown)).toBe(false);
      }),
    );
  });
});
