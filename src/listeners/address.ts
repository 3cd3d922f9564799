/** Where a listener with this address can be reached from. */
export type Reach =
  | 'loopback' // only from inside the pod
  | 'everywhere' // every address of the pod
  | 'unknown'; // another name or address, a socket file, a value filled in later

export interface Address {
  readonly host: string;
  /** `undefined` when the value carries none. */
  readonly port: number | undefined;
  readonly reach: Reach;
}

/** Longest value that is read as an address; a longer one is not an address. */
const LONGEST = 300;

const LOOPBACK_NAMES = new Set([
  'localhost',
  'localhost.localdomain',
  'ip6-localhost',
  'ip6-loopback',
  '::1',
  '0:0:0:0:0:0:0:1',
]);
const EVERYWHERE = new Set(['', '*', '+', '0.0.0.0', '::', '::0']);

/** The addresses in a value: `host`, `host:port`, `scheme://host:port/path`, or a list of them. [] when it is no address. */
export function addressesIn(value: string): Address[] {
  if (value.length > LONGEST) return [];
  return value
    .split(/[,;\s]/)
    .filter((item) => item !== '')
    .map(addressIn);
}

function addressIn(item: string): Address {
  if (item.startsWith('/') || item.startsWith('unix:') || item.startsWith('fd:') || item.startsWith('@')) {
    return { host: item, port: undefined, reach: 'unknown' };
  }
  const scheme = item.indexOf('://');
  const authority = (scheme < 0 ? item : item.slice(scheme + 3)).split('/')[0] ?? '';
  const { host, port } = splitPort(authority);
  if (port === 'invalid') return { host, port: undefined, reach: 'unknown' };
  return { host, port, reach: reachOf(host) };
}

function splitPort(authority: string): { host: string; port: number | undefined | 'invalid' } {
  if (authority.startsWith('[')) {
    const end = authority.indexOf(']');
    if (end < 0) return { host: authority, port: 'invalid' };
    const rest = authority.slice(end + 1);
    return { host: authority.slice(1, end), port: rest === '' ? undefined : portNumber(rest.slice(1)) };
  }
  const colon = authority.lastIndexOf(':');
  // More than one colon without brackets is an IPv6 address without a port.
  if (colon < 0 || authority.indexOf(':') !== colon) return { host: authority, port: undefined };
  return { host: authority.slice(0, colon), port: portNumber(authority.slice(colon + 1)) };
}

function portNumber(text: string): number | 'invalid' {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port < 65_536 ? port : 'invalid';
}

function reachOf(host: string): Reach {
  const plain = host.toLowerCase().replace(/^-/, '').split('%')[0] ?? '';
  if (EVERYWHERE.has(plain)) return 'everywhere';
  const isLoopback = LOOPBACK_NAMES.has(plain) || /^(?:::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plain);
  return isLoopback ? 'loopback' : 'unknown';
}
