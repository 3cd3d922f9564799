import type { FieldView } from './field-view.ts';
import { checkDuration, checkNotNegative } from './scalars.ts';

const HTTP_LIMITS = [
  'http1MaxPendingRequests',
  'http2MaxRequests',
  'maxRequestsPerConnection',
  'maxRetries',
  'maxConcurrentStreams',
] as const;

/** Limits on connections and requests; also of a Sidecar's inbound side. */
export function checkConnectionPool(pool: FieldView): void {
  if (!pool.isSet) return;
  const http = pool.field('http');
  const tcp = pool.field('tcp');
  if (!http.isSet && !tcp.isSet) {
    pool.refuse('must set http or tcp');
    return;
  }
  if (http.isSet) checkHttp(http);
  tcp.each(TCP);
}

const TCP = {
  maxConnections: checkNotNegative,
  connectTimeout: checkDuration,
  maxConnectionDuration: checkDuration,
  tcpKeepalive(keepAlive: FieldView): void {
    for (const name of ['time', 'interval']) checkDuration(keepAlive.field(name));
  },
};

function checkHttp(http: FieldView): void {
  for (const name of HTTP_LIMITS) checkNotNegative(http.field(name));
  checkDuration(http.field('idleTimeout'));
  const upgrade = http.field('h2UpgradePolicy').text === 'UPGRADE';
  if (upgrade && http.field('useClientProtocol').value === true) {
    http.field('useClientProtocol').refuse('cannot be set together with h2UpgradePolicy UPGRADE');
  }
  const keepAlive = http.field('http2KeepAlive');
  for (const name of keepAlive.isSet ? ['interval', 'timeout'] : []) {
    if (!keepAlive.has(name)) keepAlive.field(name).refuse('is missing');
    checkDuration(keepAlive.field(name));
  }
}
