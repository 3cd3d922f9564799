import { describe, expect, test } from '@jest/globals';
import { readArguments } from '../../src/cli/arguments.ts';
import { UsageError } from '../../src/cli/usage-error.ts';

const OPTIONS = {
  base: { value: 'REF', help: '' },
  suppress: { value: 'RULE', repeatable: true, help: '' },
  worktree: { help: '' },
  help: { help: '' },
} as const;

test('values, flags, repetitions and positionals', () => {
  const args = readArguments(
    ['a', '--base', 'x', '--worktree', '--suppress=1', '--suppress', '2', '-', '-h'],
    OPTIONS,
  );
  expect(args.positionals).toEqual(['a', '-']);
  expect(args.text('base')).toBe('x');
  expect(args.list('suppress')).toEqual(['1', '2']);
  expect([args.has('worktree'), args.has('help'), args.has('base')]).toEqual([true, true, true]);
});

test('after -- nothing is an option, and an inline value may begin with a dash', () => {
  expect(readArguments(['--', '--base'], OPTIONS).positionals).toEqual(['--base']);
  expect(readArguments(['--base=-x'], OPTIONS).text('base')).toBe('-x');
});

describe('refused', () => {
  test.each([
    [['--bas', 'x'], 'There is no option --bas (did you mean --base?).'],
    [['--__proto__'], 'There is no option --__proto__.'],
    [['-x'], 'There is no option -x.'],
    [['--base'], '--base needs a value: --base REF.'],
    [['--base', '--worktree'], '--base needs a value: --base REF.'],
    [['--base='], '--base needs a value: --base REF.'],
    [['--worktree=yes'], '--worktree takes no value.'],
    [['--base', 'a', '--base', 'b'], '--base is given twice.'],
  ])('%j', (argv, message) => {
    expect(() => readArguments(argv, OPTIONS)).toThrow(new UsageError(message));
  });

  test('a choice that is none', () => {
    const args = readArguments(['--base', 'jsn'], OPTIONS);
    expect(() => args.choice('base', ['json', 'sarif'])).toThrow(
      '--base does not know "jsn" (did you mean json?).',
    );
  });
});
