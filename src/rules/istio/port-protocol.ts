import type { ServiceModel } from '../../mesh/mesh.ts';
import type { ServicePortModel } from '../../mesh/services.ts';

/** Protocols that Istio reads in port names and appProtocol (all releases since 1.14), in lower case. */
const PROTOCOLS: ReadonlySet<string> = new Set([
  'tcp',
  'udp',
  'grpc',
  'grpc-web',
  'http',
  'http_proxy',
  'http2',
  'https',
  'tls',
  'mongo',
  'redis',
  'mysql',
]);

const KUBERNETES_APP_PROTOCOLS = new Set(['kubernetes.io/h2c', 'kubernetes.io/ws', 'kubernetes.io/wss']);

/** Ports of protocols in which the server speaks first: taken for TCP whatever their name. */
const SERVER_FIRST_PORTS = new Set([25, 53, 3306, 27017]);

/** Values of `gateway.istio.io/managed` on Services that Istio makes for Gateway API Gateways. */
const MANAGED = new Set([
  'istio.io-gateway-controller',
  'istio.io-mesh-controller',
  'istio.io-eastwest-controller',
]);

export function isKnownProtocol(protocol: string): boolean {
  return PROTOCOLS.has(protocol.toLowerCase());
}

/** Whether Istio cannot tell the protocol of a Service port from what the manifest says. */
export function isUnsupportedPort(port: ServicePortModel): boolean {
  if (port.protocol === 'UDP' || KUBERNETES_APP_PROTOCOLS.has(port.appProtocol)) return false;
  const said = (port.appProtocol === '' ? port.name : port.appProtocol).toLowerCase();
  if (said.startsWith('grpc-web')) return false;
  const [prefix = ''] = said.split('-');
  return !PROTOCOLS.has(prefix) && !SERVER_FIRST_PORTS.has(port.port);
}

const HTTP = new Set(['http', 'http2', 'grpc', 'http_proxy', 'kubernetes.io/h2c', 'kubernetes.io/ws']);

/** What Istio takes a TCP port for: HTTP in one of its forms, something else that is named, or what it detects by itself. */
export function protocolOf(port: ServicePortModel): 'http' | 'other' | 'detected' {
  if (port.protocol === 'UDP') return 'other';
  const said = (port.appProtocol === '' ? port.name : port.appProtocol).toLowerCase();
  if (said.startsWith('grpc-web') || HTTP.has(said) || HTTP.has(said.split('-')[0] ?? '')) return 'http';
  return isUnsupportedPort(port) ? 'detected' : 'other';
}

export function isGatewayService(service: ServiceModel): boolean {
  return MANAGED.has(service.resource.labels['gateway.istio.io/managed'] ?? '');
}
