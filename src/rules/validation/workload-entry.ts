import type { FieldView } from './field-view.ts';
import { checkPortName, checkPortNumber, domainProblem, isDnsLabel, isIpAddress } from './scalars.ts';
import { checkLabels } from './shared-fields.ts';

interface EndpointRules {
  /** A host name is as good as an IP address. */
  readonly fqdn: boolean;
  /** The names of the ports that the ServiceEntry has; absent for a WorkloadEntry by itself. */
  readonly portNames?: ReadonlySet<string>;
}

/** WorkloadEntry. */
export function validateWorkloadEntry(spec: FieldView): void {
  checkEndpoint(spec, { fqdn: true });
}

/** An address with ports and labels: a WorkloadEntry, or an endpoint of a ServiceEntry. */
export function checkEndpoint(entry: FieldView, rules: EndpointRules): void {
  const address = entry.field('address');
  const ports = entry.field('ports').entries();
  if (!address.isFilled) {
    if (!entry.field('network').isFilled) address.refuse('is missing');
    else address.warn('is missing, so the network gateway is used');
  } else if (address.text.startsWith('unix://')) checkSocket(address, ports.length > 0);
  else if (!isIpAddress(address.text) && !(rules.fqdn && domainProblem(address.text) === undefined)) {
    address.refuse(rules.fqdn ? 'must be an IP address or a host name' : 'must be an IP address');
  }
  for (const [name, port] of ports) {
    if (!isDnsLabel(name)) checkPortName(port);
    checkPortNumber(port);
    if (rules.portNames?.has(name) === false)
      port.refuse('is for a port that the ServiceEntry does not have');
  }
  checkLabels(entry.field('labels'));
}

function checkSocket(address: FieldView, hasPorts: boolean): void {
  const path = address.text.slice('unix://'.length);
  const isFile = path.startsWith('/') && !path.endsWith('/');
  if (!path.startsWith('@') && !isFile) address.refuse('must be the absolute path of a socket file');
  if (hasPorts) address.refuse('cannot have ports');
}
