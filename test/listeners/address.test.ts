import { expect, test } from '@jest/globals';
import { addressesIn } from '../../src/listeners/address.ts';

test.each([
  ['127.0.0.1:8080', '127.0.0.1', 8080, 'loopback'],
  ['localhost', 'localhost', undefined, 'loopback'],
  ['[::1]:80', '::1', 80, 'loopback'],
  ['::1', '::1', undefined, 'loopback'],
  ['::ffff:127.0.0.1', '::ffff:127.0.0.1', undefined, 'loopback'],
  ['127.1.2.3', '127.1.2.3', undefined, 'loopback'],
  ['http://localhost:5000/path', 'localhost', 5000, 'loopback'],
  ['PLAINTEXT://LOCALHOST:9092', 'LOCALHOST', 9092, 'loopback'],
  [':8080', '', 8080, 'everywhere'],
  ['0.0.0.0:80', '0.0.0.0', 80, 'everywhere'],
  ['[::]:80', '::', 80, 'everywhere'],
  ['*:80', '*', 80, 'everywhere'],
  ['http://+:80', '+', 80, 'everywhere'],
  ['10.0.0.1:80', '10.0.0.1', 80, 'unknown'],
  ['localhost.example.com:80', 'localhost.example.com', 80, 'unknown'],
  ['$(POD_IP):80', '$(POD_IP)', 80, 'unknown'],
  ['127.0.0.1:99999', '127.0.0.1', undefined, 'unknown'],
  ['127.0.0.1:http', '127.0.0.1', undefined, 'unknown'],
  ['127.0.0.1:9306:mysql', '127.0.0.1', 9306, 'loopback'],
  ['tcp:127.0.0.1:5060', '127.0.0.1', 5060, 'loopback'],
  ['udp:127.0.0.1:5060', 'udp:127.0.0.1:5060', undefined, 'unknown'],
  ['127.0.0.1@53', '127.0.0.1', 53, 'loopback'],
  ['/ip4/127.0.0.1/tcp/5001', '127.0.0.1', 5001, 'loopback'],
  ['/ip6/::/tcp/4001/p2p/x', '::', 4001, 'everywhere'],
  ['unix:///run/a.sock', 'unix:///run/a.sock', undefined, 'socket'],
  ['/run/a.sock', '/run/a.sock', undefined, 'socket'],
])('%s', (value, host, port, reach) => {
  expect(addressesIn(value)).toEqual([{ host, port, reach }]);
});

test('lists hold several addresses, and long texts none', () => {
  expect(addressesIn('127.0.0.1 -::1').map(({ reach }) => reach)).toEqual(['loopback', 'loopback']);
  expect(addressesIn('http://a:1,http://127.0.0.1:2')).toHaveLength(2);
  expect(addressesIn('127.0.0.1,'.repeat(100))).toEqual([]);
});
