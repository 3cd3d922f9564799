import { expect, test } from '@jest/globals';
import { slashCommand } from '../../src/app/slash-command.ts';

test.each([
  ['/istio review', { name: 'review' }],
  ['  thanks\r\n/istio   plan  \r\nmore', { name: 'plan' }],
  ['/istio', { name: 'help' }],
  ['/istio explain IST0101', { name: 'explain', rule: 'IST0101' }],
  ['/istio ignore IST0101 the team knows', { name: 'ignore', rule: 'IST0101', reason: 'the team knows' }],
  ['/istio ignore IST0101', { name: 'ignore', rule: 'IST0101', reason: '' }],
  ['/istio explain', { name: 'unknown', said: 'explain' }],
  ['/istio dance @everyone', { name: 'unknown', said: 'dance @everyone' }],
])('%j', (body, command) => {
  expect(slashCommand(body)).toEqual(command);
});

test.each([
  'nothing',
  '> /istio review',
  'try /istio review',
  '```\n/istio review\n```',
  '/istiod review',
  ' /istio review',
  '',
])('%j is no command', (body) => {
  expect(slashCommand(body)).toBeUndefined();
});

test('what a person says is bounded', () => {
  const command = slashCommand(`/istio ${'x '.repeat(100_000)}`);
  expect(command?.name === 'unknown' && command.said.length).toBe(80);
  const ignored = slashCommand(`/istio ignore R ${'y'.repeat(100_000)}`);
  expect(ignored?.name === 'ignore' && ignored.reason.length).toBe(300);
});
