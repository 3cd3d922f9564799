/**
 * Words by which the names of any program's settings (flags, variables, keys of files) tell whether they are its own address
 * or somebody else's. All in lower case: `nameWords` of listeners/ takes `--http.listenAddr` and `LISTEN_HTTP` apart.
 */

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Say "I listen here", whatever stands before them. */
export const LISTEN_WORDS = wordsOf(
  'listen listens listening listener listeners bind binds bindings laddr inbounds',
);

/** Whom a listener is for, when they stand behind one of those: `--listen-peer-addr`. Elsewhere, who is called. */
export const SERVED_WORDS = wordsOf('peer peers client clients public external');

/** What may stand behind one of them, besides a protocol, and still mean an address. */
export const LISTEN_TAILS = wordsOf(`
  addr addrs address addresses host hosts hostname ip ips ipv4 ipv6 v4 v6 on to interface interfaces socket
  sockets endpoint endpoints uri uris url urls
`);

/** End a name that is an address, of whom the words before it say. */
export const ADDRESS_WORDS = wordsOf('addr address host hostname ip ipaddr ipaddress interface');

/**
 * What stands before an address or a port that is a program's own: the protocol it serves, or its part that serves. The
 * protocols that programs speak as clients as often (SMTP, LDAP, MQTT, SQL, ...) are not among them.
 */
export const OWN_WORDS = wordsOf(`
  http https http2 h2c grpc rpc jsonrpc rest ws wss websocket tcp tls ssl web webui webserver api ui gui
  dashboard console server serve app application metrics telemetry admin management health healthz debug pprof
  status rtsp rtmp hls webrtc bolt json socks socks5 handler control
`);

/** Parts of a program beside the one it is there for: an address of theirs without a port is not that of its only port. */
export const SIDE_WORDS = wordsOf(`
  metrics telemetry admin management health healthz probe debug pprof status stats control monitoring prometheus
  internal cluster peer gossip raft p2p swim discovery jmx
`);

/** Of the variables without a program's name in front, these are as often the address of somebody who is called. */
export const CALLED_WORDS = wordsOf('api rpc rest tcp ws websocket console');

/** Whole flag names that are an own address in servers and now and then a target in clients. */
export const ADDRESS_FLAGS = wordsOf('http https grpc host-port');

/** Sections of a configuration file that are about the program itself, besides those named by a word above. */
export const OWN_SECTIONS = wordsOf(
  'main global general default network net frontend common daemon config conf settings core',
);

/** Words of a file's name that say that a client reads it, or nobody. */
export const OTHER_FILE_WORDS = wordsOf('example sample bak orig old disabled dist client cli test tests');

/** Words in the names of programs (`ND_HOST` of navidrome, `DB_HOST` of db-tools) that are more often somebody else's. */
export const CALLED_NOUNS = wordsOf(`
  db dbs sql pg mq es os zk kv s3 dd sd ad cas dns ntp ldap smtp mail mqtt amqp nats ch ml log logs bus auth
  sso idp cdn lb gw database cache queue broker storage store search agent collector proxy gateway service
  site virtual node pod local tracing sentry session worker cluster
`);

/** Settings beside an address that only a client has: it logs in there. */
export const LOGIN_KEYS = wordsOf('user username password passwd database dbname db schema dialect driver');

/** Node's conventions; also how people name a client's target. */
export const HOST_VARIABLES: readonly string[] = ['HOST', 'HTTP_HOST', 'APP_HOST'];

/** Parts of a flag's or variable's name that make it somebody else's address, whatever it ends with. */
export const TARGET_WORDS = wordsOf(`
  upstream upstreams target targets backend backends remote peer peers seed seeds forward connect dial join
  client clients outputs sinks exporters outbounds advertise advertised announce broadcast publish public
  external canonical
`);
