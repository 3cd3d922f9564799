import { expect, test } from '@jest/globals';
import { slashCommands } from '../../src/app/slash-command.ts';

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
  expect(slashCommands(body)).toEqual([command]);
});

test.each([
  'nothing',
  '> /istio review',
  'try /istio review',
  '```\n/istio review\n```',
  '````md\n```\n/istio review\n```\n/istio review\n````',
  '~~~\n```\n/istio review\n```',
  '/istiod review',
  ' /istio review',
  '',
])('%j is no command', (body) => {
  expect(slashCommands(body)).toEqual([]);
});

test('what a person says is bounded', () => {
  const [command] = slashCommands(`/istio ${'x '.repeat(100_000)}`);
  expect(command?.name === 'unknown' && command.said.length).toBe(80);
  const [ignored] = slashCommands(`/istio ignore R ${'y'.repeat(100_000)}`);
  expect(ignored?.name === 'ignore' && ignored.reason.length).toBe(300);
  expect(
    slashCommands(Array.from({ length: 100 }, (_, i) => `/istio explain R${i}`).join('\n')),
  ).toHaveLength(5);
});

test('several commands of one comment are all read, equal ones once; what follows a fence counts', () => {
  const body = '/istio review\n```\n/istio help\n```\n/istio plan\n/istio  review\n';
  expect(slashCommands(body)).toEqual([{ name: 'review' }, { name: 'plan' }]);
});
