import { subsetOf } from '../../mesh/host-names.ts';
import { fields, hasPlaceholder, text } from '../body.ts';
import { defineRule } from '../rule.ts';
import { externalPorts, type ExternalPort } from './entry-ports.ts';
import { originatesTls } from './tls-origination.ts';

const PLAIN_PROTOCOLS = new Set(['HTTP', 'HTTP2', 'GRPC']);
const HTTPS_PORT = 443;

/** All releases: a proxy that expects HTTP on a port refuses the TLS that clients send to 443. */
export default defineRule({
  id: 'http-protocol-on-443',
  name: 'http-protocol-on-443',
  level: 'warning',
  inputs: ['ServiceEntry', 'DestinationRule'],
  summary: 'A ServiceEntry declares port 443 as plain HTTP, and nothing originates TLS for it.',
  messages: {
    plain: 'Port 443 of {host} is declared {protocol}: proxies expect plain HTTP there, and refuse TLS.',
  },
  advice:
    'Declare it HTTPS (or TLS) when clients speak TLS. When they speak plain HTTP, originate TLS for this port with a DestinationRule.',
  check({ mesh, report }) {
    const rules = mesh.resources('DestinationRule');
    const originated = ({ hosts, port }: ExternalPort) =>
      rules.some((rule) => {
        const host = text(fields(rule.body, 'spec'), 'host');
        if (hasPlaceholder(host)) return true;
        return hosts.some((one) => subsetOf(one, host)) && originatesTls(rule, port) !== undefined;
      });
    for (const external of mesh.resources('ServiceEntry').flatMap(externalPorts)) {
      const { entry, hosts, port, protocol, index } = external;
      if (port !== HTTPS_PORT || !PLAIN_PROTOCOLS.has(protocol) || originated(external)) continue;
      const path = ['spec', 'ports', index, 'protocol'];
      report(entry, path, 'plain', { host: hosts, protocol }, { confidence: 'likely' });
    }
  },
});
