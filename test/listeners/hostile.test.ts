import { expect, test } from '@jest/globals';
import { type Case, listenersOf } from './case.ts';
import { cpuTime } from './cpu-time.ts';

const MEGABYTE = 1_000_000;
const many = (count: number, make: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => make(index));
const deep = '{"server":'.repeat(50_000) + '"127.0.0.1:8080"' + '}'.repeat(50_000);
const hosts = many(9_000, (index) => `"x${index}-listen":"127.0.0.1"`);
const ports = many(9_000, (index) => `"x${index}-port":${index}`);

const HOSTILE: Readonly<Record<string, Case>> = {
  'an argument of a megabyte': { container: { args: ['a'.repeat(MEGABYTE), '--listen=127.0.0.1:8080'] } },
  'a list of addresses': { container: { args: [`--listen=${'127.0.0.1,'.repeat(MEGABYTE / 10)}`] } },
  'a name of a megabyte': { container: { args: [`--${'listen-'.repeat(MEGABYTE / 7)}=127.0.0.1:1`] } },
  'a script of one command': { sh: `app ${'-l 127.0.0.1 '.repeat(MEGABYTE / 13)}` },
  'hundreds of ports beside hundreds of addresses': {
    container: { args: many(900, (index) => (index % 2 ? `--x${index}-port=${index}` : '--bind=127.0.0.1')) },
  },
  'hundreds of ports under names of addresses': {
    container: { args: many(990, (index) => `--bind=${index}`) },
  },
  'JSON that is too deep': { env: { APP_CONFIG: deep } },
  'JSON with very many addresses and ports': { env: { APP_CONFIG: `{${[...hosts, ...ports].join(',')}}` } },
  'a variable of empty lines': { env: { APP_CONFIG: `a${'\n'.repeat(MEGABYTE)}127.0.0.1` } },
  'very many variables': {
    env: Object.fromEntries(
      many(10_000, (index) => `X${index}_HTTP_${index % 2 ? 'PORT' : 'HOST'}`).map((name) => [
        name,
        '127.0.0.1',
      ]),
    ),
  },
  'an image of very many words': { image: `r/${'a-'.repeat(MEGABYTE / 2)}`, env: { A_HOST: '127.0.0.1' } },
  'a file of very many blocks': {
    files: {
      '/etc/a.conf': many(9_000, (port) => `listener {\naddress 127.0.0.1\nport ${port}\n}`).join('\n'),
    },
  },
};

test.each(Object.keys(HOSTILE))('%s takes no time', (name) => {
  expect(cpuTime(() => listenersOf({ ...HOSTILE[name], spares: 8080 }))).toBeLessThan(3_000);
});
