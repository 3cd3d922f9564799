import { describe, expect, test } from '@jest/globals';
import { messageText, showValue } from '../../src/rules/message-text.ts';

describe('values of strangers', () => {
  test('lose what hides or reorders text', () => {
    expect(showValue('a\u001b[31mb\nc\u202Ed\u200Be\uD800f')).toBe('a [31mb c d e f');
  });

  test('are cut between characters', () => {
    const shown = showValue('😀'.repeat(1000));
    expect(Array.from(shown)).toHaveLength(160);
    expect(shown.endsWith('😀…')).toBe(true);
  });
});

describe('messages', () => {
  test('take data by name, lists with commas', () => {
    expect(messageText('{a} and {b}, {a}', { a: 1, b: ['x', 'y'] })).toBe('1 and x, y, 1');
  });

  test('shorten long lists', () => {
    const ports = Array.from({ length: 10 }, (_, index) => String(index));
    expect(messageText('{ports}', { ports })).toBe('0, 1, 2, 3, 4, 5, 6, 7 and 2 more');
  });

  test('do not fill in what data brings, nor inherited names', () => {
    expect(messageText('{a} {toString}', { a: '{b}', b: 'no' })).toBe('{b} ');
  });
});
