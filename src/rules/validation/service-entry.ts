import type { Resource } from '../../render/resource.ts';
import type { FieldView } from './field-view.ts';
import { checkPortName, checkPortNumber, checkProtocol, domainProblem, isSubnet } from './scalars.ts';
import { checkExportTo, checkWildcardHost, checkWorkloadSelector } from './shared-fields.ts';
import { checkEndpoint } from './workload-entry.ts';

/** Hosts, addresses or ports of one ServiceEntry. */
const MOST = 256;
/** Resolutions that ask DNS for the addresses of the hosts. */
const BY_DNS = new Set(['DNS', 'DNS_ROUND_ROBIN']);
const DYNAMIC_PROTOCOLS = new Set(['HTTP', 'TLS', 'GRPC', 'HTTP2']);
const HOST_PROTOCOLS = new Set(['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-WEB', 'HTTPS', 'TLS']);

/** ServiceEntry. */
export function validateServiceEntry(spec: FieldView, resource: Resource): void {
  const selector = spec.field('workloadSelector');
  if (!checkWorkloadSelector(selector)) return;
  const endpoints = spec.field('endpoints');
  if (selector.isSet && endpoints.isFilled) endpoints.refuse('cannot be set together with workloadSelector');
  const hosts = spec.field('hosts');
  if (!hosts.isFilled) hosts.refuse('must hold at least one host');
  const resolution = spec.field('resolution');
  const mode = resolution.text || 'NONE';
  for (const host of hosts.items()) checkHost(host, mode);
  for (const name of ['hosts', 'addresses', 'ports']) {
    if (spec.field(name).items().length > MOST) spec.field(name).refuse(`must hold at most ${MOST} entries`);
  }
  checkAddresses(spec.field('addresses'), resolution, mode);
  checkPorts(spec.field('ports'));
  if (!resolution.isOpen) checkResolution(spec, mode);
  checkExportTo(spec.field('exportTo'), resource);
}

function checkHost(host: FieldView, mode: string): void {
  if (host.text === '*') host.refuse('cannot be *');
  else checkWildcardHost(host);
  const partial = host.text.includes('*') && !host.text.startsWith('*.') && host.text !== '*';
  if (partial && mode !== 'DYNAMIC_DNS') host.warn('has a wildcard that is not a whole first part');
}

function checkAddresses(addresses: FieldView, resolution: FieldView, mode: string): void {
  for (const address of addresses.items()) {
    if (address.isOpen || typeof address.value !== 'string') continue;
    if (!isSubnet(address.text)) address.refuse('must be an IP address or a CIDR range');
    else if (address.text.includes('/') && !['NONE', 'STATIC'].includes(mode) && !resolution.isOpen) {
      address.refuse(`cannot be a CIDR range with the resolution ${mode}`);
    }
  }
}

function checkPorts(ports: FieldView): void {
  const names = new Set<string>();
  const numbers = new Set<number>();
  for (const port of ports.items()) {
    const name = port.field('name');
    const number = port.field('number');
    checkPortName(name);
    checkPortNumber(number);
    if (port.field('targetPort').isSet && port.field('targetPort').value !== 0)
      checkPortNumber(port.field('targetPort'));
    checkProtocol(port.field('protocol'));
    if (name.isFilled && !name.isOpen && names.has(name.text))
      name.refuse('is the name of another port, too');
    if (number.number !== undefined && numbers.has(number.number))
      number.refuse('is the number of another port, too');
    names.add(name.text);
    if (number.number !== undefined) numbers.add(number.number);
  }
}

function checkResolution(spec: FieldView, mode: string): void {
  const endpoints = spec.field('endpoints');
  const hosts = spec.field('hosts').items();
  if (mode === 'NONE') {
    if (endpoints.isFilled) endpoints.refuse('cannot be set without a resolution');
    if (spec.field('workloadSelector').isSet)
      spec.field('workloadSelector').warn('has no effect without a resolution');
    return;
  }
  if (mode === 'DYNAMIC_DNS') checkDynamic(spec, hosts);
  const portNames = new Set(
    spec
      .field('ports')
      .items()
      .map((port) => port.field('name').text),
  );
  for (const endpoint of endpoints.items()) checkEndpoint(endpoint, { fqdn: mode !== 'STATIC', portNames });
  if (BY_DNS.has(mode) && !endpoints.isFilled && !spec.field('workloadSelector').isSet) {
    const wrong = hosts.find((host) => !host.isOpen && domainProblem(host.text) !== undefined);
    wrong?.refuse(`must be a complete name for the resolution ${mode} without endpoints`);
  }
  if (mode === 'DNS_ROUND_ROBIN' && endpoints.items().length > 1) {
    endpoints.refuse('must hold one endpoint at most for the resolution DNS_ROUND_ROBIN');
  }
  const opaque = spec
    .field('ports')
    .items()
    .find((port) => {
      const protocol = port.field('protocol');
      return !protocol.isOpen && !HOST_PROTOCOLS.has(protocol.text.toUpperCase());
    });
  if (hosts.length > 1 && opaque)
    opaque.refuse('carries no host name, and the ServiceEntry has several hosts');
}

function checkDynamic(spec: FieldView, hosts: readonly FieldView[]): void {
  for (const host of hosts) {
    if (!host.isOpen && !host.text.startsWith('*.'))
      host.refuse('must have a wildcard for the resolution DYNAMIC_DNS');
  }
  for (const name of ['addresses', 'endpoints']) {
    if (spec.field(name).isFilled) spec.field(name).refuse('cannot be set for the resolution DYNAMIC_DNS');
  }
  for (const port of spec.field('ports').items()) {
    const protocol = port.field('protocol');
    if (!DYNAMIC_PROTOCOLS.has(protocol.text.toUpperCase())) {
      protocol.refuse('must be HTTP, TLS, GRPC or HTTP2 for the resolution DYNAMIC_DNS');
    }
  }
}
