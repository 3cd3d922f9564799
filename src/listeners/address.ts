/** Where a listener with this address can be reached from. */
export type Reach =
  | 'loopback' // only from inside the pod
  | 'everywhere' // every address of the pod
  | 'socket' // a socket file, or one that is handed over: no port
  | 'unknown'; // another name or address, a value filled in later

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
  '_local_', // Elasticsearch
  'loopback', // Infinispan
  'loopback-only', // Postfix
]);
const EVERYWHERE = new Set(
  // MongoDB and others write words; PostgREST writes `!4` for "no IPv4".
  ['', '*', '+', '0', '0.0.0.0', '::', '::0', '0:0:0:0:0:0:0:0', 'any', 'all', '!4', '*4', '!6', '*6'],
);

/**
 * The addresses in a value: `host`, `host:port`, `scheme://host:port/path`, a port, or a list of them. [] when it is no
 * address.
 * @param portOnly what a port without a host means to the program.
 */
export function addressesIn(value: string, portOnly: Reach = 'everywhere'): Address[] {
  if (value.length > LONGEST) return [];
  return itemsOf(value).map((item) => addressIn(item, portOnly));
}

/** The items of a list. What follows the query of an URL is part of it, up to the next URL. */
function itemsOf(value: string): string[] {
  let inQuery = false;
  return value.split(/[,;\s]/).filter((item) => {
    if (item === '' || (inQuery && !item.includes('://'))) return false;
    inQuery = item.includes('://') && item.includes('?');
    return true;
  });
}

/** Addresses of libp2p and others: `/ip4/127.0.0.1/tcp/5001`. */
const MULTIADDRESS = /^\/(?:ip[46]|dns[46]?)\/([^/]{1,100})\/tcp\/(\d{1,5})(?:\/|$)/;

function addressIn(item: string, portOnly: Reach): Address {
  const [, multiHost = '', multiPort = ''] = MULTIADDRESS.exec(item) ?? [];
  if (multiHost !== '') return addressIn(`[${multiHost}]:${multiPort}`, portOnly);
  if (/^(?:\/|@|(?:unix|fd|systemd|ldapi|abstract)\b)/.test(item)) {
    return { host: item, port: undefined, reach: 'socket' };
  }
  if (/^\d{2,5}$/.test(item)) {
    const port = portNumber(item);
    return { host: '', port: port === 'invalid' ? undefined : port, reach: portOnly };
  }
  const scheme = item.indexOf('://');
  const rest =
    scheme < 0
      ? item.replace(/^(?:ipv[46]@|[A-Za-z]\w*=|(?:tcp|tls):(?=[\d[*l]))/, '')
      : item.slice(scheme + 3);
  const { host, port } = splitPort(rest.split(/[/?]/)[0] ?? '');
  if (port === 'invalid') return { host, port: undefined, reach: 'unknown' };
  return { host, port, reach: reachOf(host) };
}

function splitPort(authority: string): { host: string; port: number | undefined | 'invalid' } {
  // What is spoken there may stand behind the port (`127.0.0.1:9306:mysql`), and the port behind `@` (`127.0.0.1@53`).
  const plain = /^([\d.]{7,15}|localhost)(?::(\d{1,5}):[a-z][\w,]{0,30}|@(\d{1,5}))$/.exec(authority);
  if (plain) return { host: plain[1] ?? '', port: portNumber(plain[2] ?? plain[3] ?? '') };
  if (authority.startsWith('[')) {
    const end = authority.indexOf(']');
    if (end < 0) return { host: authority, port: 'invalid' };
    const rest = authority.slice(end + 1);
    return { host: authority.slice(1, end), port: rest === '' ? undefined : portNumber(rest.slice(1)) };
  }
  const colon = authority.lastIndexOf(':');
  // `:::80` is HAProxy's way to write [::]:80.
  const isIpv6 = authority.indexOf(':') !== colon && !authority.startsWith(':::');
  if (colon < 0 || isIpv6) return { host: authority, port: undefined };
  return { host: authority.slice(0, colon), port: portNumber(authority.slice(colon + 1)) };
}

function portNumber(text: string): number | 'invalid' {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port < 65_536 ? port : 'invalid';
}

function reachOf(host: string): Reach {
  const plain = host.toLowerCase().replace(/^-/, '').split('%')[0] ?? '';
  if (EVERYWHERE.has(plain)) return 'everywhere';
  const isLoopback = LOOPBACK_NAMES.has(plain) || /^(?:::ffff:)?127(?:\.\d{1,3}){1,3}$/.test(plain);
  return isLoopback ? 'loopback' : 'unknown';
}

/** A cheap question before any other: is there anything in this text that could be a loopback address? */
export function mentionsLoopback(text: string): boolean {
  return /localhost|127\.\d|127\s*,\s*0|::1|0:1\b|loopback|_local_/i.test(text);
}
