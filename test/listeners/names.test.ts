import { describe, expect, test } from '@jest/globals';
import { namedAddresses, portsBeside, settingName, type SettingName } from '../../src/listeners/names.ts';
import { cpuTime } from './cpu-time.ts';

const says = (name: string): string | undefined => {
  const found = settingName(name);
  return found && [found.kind, ...found.whose].join(' ');
};

test.each([
  ['--web.listen-address', 'listens web'],
  ['http-listenAddr', 'listens http'],
  ['APP_BIND_ADDRESS', 'listens app'],
  ['rpclisten', 'listens rpc'],
  ['bindaddr', 'listens'],
  ['ListenIP', 'listens'],
  ['laddr', 'listens'],
  ['bind to', 'listens'],
  ['LISTEN__HTTP', 'listens http'],
  ['HTTPD__BINDINGS__0__ADDRESS', 'listens httpd 0'],
  ['listen-peer-urls', 'listens peer'],
  ['advertised.listeners', undefined],
  ['UPSTREAM_LISTEN_ADDR', undefined],
  ['bind_dn', undefined],
  ['LISTENER_NAME', undefined],
  ['rpc-http-host', 'address rpc http'],
  ['HOSTNAME', 'address'],
  ['webhost', 'address web'],
  ['localhost', undefined],
  ['hostess', undefined],
  ['rpc-http-port', 'port rpc http'],
  ['ListenPort', 'port'],
  ['default port', 'port'],
  ['ip_address', 'address'],
  ['JsonRpc.Host', 'address json rpc'],
  ['webserverip', 'address webserver'],
  ['tcpip', undefined],
  ['export', undefined],
  ['', undefined],
])('%s says: %s', (name, expected) => {
  expect(says(name)).toBe(expected);
});

test('a port may be an address', () => {
  expect(settingName('SOCKSPort', '127.0.0.1:9050')).toEqual({ kind: 'address', whose: ['socks'] });
  expect(settingName('port', '[::1]:80')?.kind).toBe('address');
  expect(settingName('port', 'localhost:80')?.kind).toBe('address');
  expect(settingName('port', ':80')?.kind).toBe('port');
});

test('what is said of an address in words, and what only switches something', () => {
  expect(namedAddresses('on 127.0.0.1 port 25')).toEqual([
    { host: '127.0.0.1', port: 25, reach: 'loopback' },
  ]);
  expect(namedAddresses('127.0.0.1 port = 1080')[0]?.port).toBe(1080);
  expect(namedAddresses('YES')).toEqual([]);
});

describe('the port of an address', () => {
  const listens = (...whose: string[]): SettingName => ({ kind: 'listens', whose });
  const address = (...whose: string[]): SettingName => ({ kind: 'address', whose });
  const http = { whose: ['http'], value: '8080' };
  const plain = { whose: [], value: ':9000' };
  const metrics = { whose: ['metrics'], value: '9100' };
  const redis = { whose: ['redis'], value: '6379' };

  test('is the one named like it, else a more general one', () => {
    expect(portsBeside(listens('http'), [plain, http])).toEqual([8080]);
    expect(portsBeside(listens('app', 'http'), [plain, redis])).toEqual([9000]);
    expect(portsBeside(address('http'), [plain])).toEqual([9000]);
  });

  test('is all of them for an address that is named like nobody’s', () => {
    const grpc = { whose: ['grpc'], value: '8081' };
    expect(portsBeside(address(), [http, grpc, metrics, redis])).toEqual([8080, 8081]);
  });

  test('is none of the main part for another part, nor one that is no port', () => {
    expect(portsBeside(listens('metrics'), [plain, http])).toEqual([]);
    expect(portsBeside(address('redis'), [plain])).toEqual([]);
    expect(portsBeside(address(), [{ whose: [], value: '70000' }])).toEqual([]);
  });
});

test('names of a hostile length take no time', () => {
  const names = ['A'.repeat(100_000), 'aA'.repeat(50_000), '_'.repeat(100_000), 'httplisten'.repeat(10_000)];
  expect(cpuTime(() => names.map(says))).toBeLessThan(500);
});
