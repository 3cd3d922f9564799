import { expect, test } from '@jest/globals';
import { cpuTime } from './cpu-time.ts';
import { withEnvironment } from '../../src/listeners/environment-values.ts';
import type { ContainerVariables } from '../../src/listeners/variables.ts';

const variables: ContainerVariables = {
  known: new Map([['SET', { value: '10.0.0.1', path: [] }]]),
  hidden: new Set(['SECRET']),
  open: false,
};

test.each([
  ['${SET}', '10.0.0.1'],
  ['${SET:127.0.0.1}', '10.0.0.1'],
  ['${NOPE:127.0.0.1}:80', '127.0.0.1:80'],
  ['${NOPE:-127.0.0.1}', '127.0.0.1'],
  ['${env:NOPE:-localhost:4317}', 'localhost:4317'],
  ['${NOPE}', '${NOPE}'],
  ['${SECRET:127.0.0.1}', '${SECRET:127.0.0.1}'],
  ['{$NOPE:8080}', '8080'],
  ["os.environ.get('NOPE', '127.0.0.1:8000')", '127.0.0.1:8000'],
  ['os.getenv("SET", "127.0.0.1"', '10.0.0.1'],
  ["os.environ['SET']", '10.0.0.1'],
  ['process.env.NOPE || 1880', '1880'],
  ["process.env.SECRET ?? '127.0.0.1'", "process.env.SECRET ?? '127.0.0.1'"],
  ["tcp://#{ENV.fetch('NOPE', '127.0.0.1')}:3000", 'tcp://127.0.0.1:3000'],
  ['ENV.fetch("NOPE", 3000', '3000'],
  ["ENV['SET'] || '127.0.0.1'", '10.0.0.1'],
  ['127.0.0.1:80', '127.0.0.1:80'],
])('%s is %s', (value, expected) => {
  expect(withEnvironment(value, variables)).toBe(expected);
});

test('with variables that cannot be seen, no fallback is believed', () => {
  expect(withEnvironment('${NOPE:127.0.0.1}', { ...variables, open: true })).toBe('${NOPE:127.0.0.1}');
});

test.each(['${A:', 'os.getenv(', 'ENV.fetch(', 'process.env.A || '])(
  '%s without an end takes no time',
  (part) => {
    const texts = [part.repeat(40), part.repeat(10_000)];
    expect(cpuTime(() => texts.map((text) => withEnvironment(text, variables)))).toBeLessThan(500);
  },
);
