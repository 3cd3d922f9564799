import { checkConnectionPool } from './connection-pool.ts';
import type { FieldView } from './field-view.ts';
import { checkPortNumber, checkProtocol, isIpAddress } from './scalars.ts';
import { checkNamespacedHost, checkWorkloadSelector } from './shared-fields.ts';

const ENDPOINT = /^(?:127\.0\.0\.1|0\.0\.0\.0|\[::1\]|\[::\]|):\d{1,5}$/;

/** Sidecar. */
export function validateSidecar(spec: FieldView): void {
  if (!checkWorkloadSelector(spec.field('workloadSelector'))) return;
  const parts = ['egress', 'ingress'].map((name) => spec.field(name));
  const others = ['outboundTrafficPolicy', 'inboundConnectionPool'].map((name) => spec.field(name));
  if (!parts.some(({ isFilled }) => isFilled) && !others.some(({ isSet }) => isSet)) {
    spec.refuse('must say something: egress, ingress or outboundTrafficPolicy');
    return;
  }
  for (const listener of spec.field('ingress').items()) checkIngress(listener);
  checkPortsDiffer(spec.field('ingress'));
  checkEgress(spec.field('egress'));
  checkPortsDiffer(spec.field('egress'));
  checkConnectionPool(spec.field('inboundConnectionPool'));
  const policy = spec.field('outboundTrafficPolicy');
  const proxy = policy.field('egressProxy');
  if (proxy.isSet && policy.field('mode').text !== 'ALLOW_ANY') proxy.refuse('needs the mode ALLOW_ANY');
}

/** A socket by its path may share the port number of another listener. */
function checkPortsDiffer(listeners: FieldView): void {
  const ports = new Set<number>();
  for (const listener of listeners.items()) {
    const number = listener.field('port').field('number');
    if (listener.field('bind').text.startsWith('unix://') || number.number === undefined) continue;
    if (ports.has(number.number)) number.refuse('is the port of another listener, too');
    ports.add(number.number);
  }
}

function checkIngress(listener: FieldView): void {
  const port = listener.field('port');
  if (!port.isSet) {
    port.refuse('is missing');
    return;
  }
  checkPortNumber(port.field('number'));
  checkProtocol(port.field('protocol'));
  if ((port.field('targetPort').number ?? 0) > 0)
    port.field('targetPort').refuse('has no effect on a Sidecar');
  const bind = listener.field('bind');
  if (bind.isFilled && !isIpAddress(bind.text)) bind.refuse('must be an IP address');
  const endpoint = listener.field('defaultEndpoint');
  if (endpoint.isFilled && !endpoint.text.startsWith('unix://') && !ENDPOINT.test(endpoint.text)) {
    endpoint.refuse('must be 127.0.0.1:port, 0.0.0.0:port, [::1]:port, [::]:port or a unix:// path');
  }
  checkConnectionPool(listener.field('connectionPool'));
}

function checkEgress(egress: FieldView): void {
  const listeners = egress.items();
  listeners.forEach((listener, index) => {
    const port = listener.field('port');
    const last = index === listeners.length - 1;
    if (!port.isSet && !last) listener.refuse('has no port and so must be the last one');
    const socket = listener.field('bind').text.startsWith('unix://');
    if (port.isSet) {
      const zero = (port.field('number').number ?? 0) === 0;
      if (zero && !socket) checkPortNumber(port.field('number'));
      else if (!zero) checkPortNumber(port.field('number'));
      checkProtocol(port.field('protocol'));
    }
    checkEgressHosts(listener.field('hosts'));
  });
}

function checkEgressHosts(hosts: FieldView): void {
  if (!hosts.isFilled) hosts.refuse('must hold at least one host');
  const items = hosts.items();
  const seen = new Set<string>();
  for (const host of items) {
    checkNamespacedHost(host, 'Sidecar');
    if (seen.has(host.text)) host.warn('is repeated');
    seen.add(host.text);
  }
  const all = items.find(({ text }) => text === '*/*');
  if (all && items.length > 1) all.warn('selects everything, so the other hosts add nothing');
}
