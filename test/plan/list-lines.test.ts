import { describe, expect, test } from '@jest/globals';
import { withEntryBelow, withItem, withoutItem, type Rewriting } from '../../src/plan/list-lines.ts';

function rewritten(lines: readonly string[], change: Rewriting | undefined): string[] | undefined {
  return change && [...lines.slice(0, change.first), ...change.texts, ...lines.slice(change.last + 1)];
}

describe('a list in a file', () => {
  test.each<readonly [string[], number, string[] | undefined]>([
    [['tags:', '  - prod', '  - canary'], 1, ['tags:', '  - canary']],
    [['a: 1', 'tags:', '  - "prod"', 'b: 2'], 2, ['a: 1', 'b: 2']],
    [['tags: [prod, canary] # ours'], 0, ['tags: [canary] # ours']],
    [['  tags: ["prod"]'], 0, []],
    [['- tags: [prod]', '  a: 1'], 0, ['- tags: []', '  a: 1']],
    [['- - prod'], 0, undefined],
    [['tags: &all [prod]'], 0, undefined],
    [['tags:', '  - canary'], 1, undefined],
    [['tags: # ours', '  - prod'], 1, undefined],
  ])('loses an item: %j', (lines, index, expected) => {
    expect(rewritten(lines, withoutItem(lines, index, 'prod'))).toEqual(expected);
  });

  test.each<readonly [string[], string[] | undefined]>([
    [['  - canary'], ['  - canary', '  - prod']],
    [['tags: [canary]'], ['tags: [canary, prod]']],
    [['tags: []'], ['tags: [prod]']],
    [['tags: *all'], undefined],
  ])('gets one: %j', (lines, expected) => {
    expect(rewritten(lines, withItem(lines, 0, 'prod'))).toEqual(expected);
  });

  test.each<readonly [string[], string[] | undefined]>([
    [['  - revision: a'], ['  - revision: a', '    tags: [prod]']],
    [['"revision": a'], ['"revision": a', 'tags: [prod]']],
    [['{ revision: a }'], undefined],
    [['revision:'], undefined],
  ])('begins below another entry: %j', (lines, expected) => {
    expect(rewritten(lines, withEntryBelow(lines, 0, 'revision', 'tags: [prod]'))).toEqual(expected);
  });
});
