import { PLAIN_HTTP } from '../../mesh/gateways.ts';
import type { Resource } from '../../render/resource.ts';
import { hasPlaceholder } from '../body.ts';
import type { FieldView } from './field-view.ts';
import { checkPortNumber, isDnsLabel, isIpAddress } from './scalars.ts';
import { checkServerTls } from './server-tls.ts';
import { checkNamespacedHost } from './shared-fields.ts';

const PROTOCOLS = new Set([
  'HTTP',
  'HTTPS',
  'HTTP2',
  'GRPC',
  'GRPC-WEB',
  'MONGO',
  'REDIS',
  'MYSQL',
  'TCP',
  'TLS',
  'HTTP_PROXY',
  'UDP',
]);
const WITH_TLS = new Set(['HTTPS', 'TLS']);

/** Gateway (analyzers of 1.31; the rules are stable since 1.6). */
export function validateGateway(spec: FieldView, resource: Resource, body: FieldView): void {
  if (!isDnsLabel(resource.name) && !hasPlaceholder(resource.name)) {
    body.field('metadata').field('name').refuse('must be a name of letters, digits and dashes');
  }
  const servers = spec.field('servers');
  if (!servers.isFilled) servers.refuse('must hold at least one server');
  const names = new Set<string>();
  for (const server of servers.items()) {
    checkServer(server);
    const name = server.field('port').field('name');
    if (name.text !== '' && !name.isOpen && names.has(name.text))
      name.refuse('is the name of another port, too');
    names.add(name.text);
  }
}

function checkServer(server: FieldView): void {
  const hosts = server.field('hosts');
  if (!hosts.isFilled) hosts.refuse('must hold at least one host');
  for (const host of hosts.items()) checkNamespacedHost(host, 'Gateway');
  const port = server.field('port');
  if (!port.isSet) {
    port.refuse('is missing');
    return;
  }
  const bind = server.field('bind').text;
  checkPort(port, bind);
  if (bind !== '' && !bind.startsWith('unix://') && !isIpAddress(bind)) {
    server.field('bind').refuse('must be an IP address or a unix:// path');
  }
  checkTlsAgainstProtocol(server, port.field('protocol'));
}

function checkPort(port: FieldView, bind: string): void {
  const number = port.field('number');
  if (bind.startsWith('unix://')) {
    if ((number.number ?? 0) !== 0) number.refuse('must be 0 for a unix domain socket');
  } else checkPortNumber(number);
  const protocol = port.field('protocol');
  if (!PROTOCOLS.has(protocol.text.toUpperCase())) protocol.refuse('must be a protocol that Gateways know');
  if ((port.field('targetPort').number ?? 0) > 0)
    port.field('targetPort').refuse('has no effect on a Gateway');
  if (!port.field('name').isFilled) port.field('name').refuse('is missing');
}

function checkTlsAgainstProtocol(server: FieldView, protocol: FieldView): void {
  const tls = server.field('tls');
  const name = protocol.text.toUpperCase();
  if (protocol.isOpen || !PROTOCOLS.has(name)) return;
  if (!tls.isSet) {
    if (WITH_TLS.has(name)) tls.refuse(`is missing, and the protocol is ${name}`);
    return;
  }
  if (tls.isOpen) return;
  if (PLAIN_HTTP.has(name)) {
    if (hasCertificates(tls)) tls.refuse(`holds certificates, and the protocol is ${name}`);
  } else if (!WITH_TLS.has(name)) tls.refuse(`cannot be set for the protocol ${name}`);
  if (tls.field('httpsRedirect').value === true && !PLAIN_HTTP.has(name)) {
    tls.field('httpsRedirect').warn('is for HTTP servers only');
  }
  if (WITH_TLS.has(name)) checkServerTls(tls);
}

/** PASSTHROUGH is the default, so a bare httpsRedirect on an HTTP port is fine. */
function hasCertificates(tls: FieldView): boolean {
  const mode = tls.field('mode');
  const passes = !mode.isSet || mode.isOpen || ['PASSTHROUGH', 'AUTO_PASSTHROUGH'].includes(mode.text);
  const files = ['caCertificates', 'privateKey', 'serverCertificate'];
  return !passes || files.some((name) => tls.field(name).isFilled);
}
