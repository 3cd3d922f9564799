import { embeddedYaml } from '../../mesh/installations/embedded-yaml.ts';
import type { Location } from '../../vocabulary.ts';
import { isSubnet } from '../validation/scalars.ts';

type Check = (value: string) => boolean;

/** Longer proxy settings are not read. */
const LONGEST_CONFIG = 10_000;

const QUANTITY = /^[+-]?[0-9.]+(?:[eEinumkKMGTP]*[-+]?[0-9]*)$/;
const INTERFACE = /^[A-Za-z][A-Za-z0-9_.-]{0,14}$/;

const isPort: Check = (value) => /^\d{1,5}$/.test(value.trim()) && Number(value) <= 65_535;
const isPortList: Check = (value) => value === '' || value.split(',').every(isPort);
const isUnsigned32: Check = (value) => /^\d{1,10}$/.test(value) && Number(value) < 2 ** 32;
const isQuantity: Check = (value) => value.length < 64 && QUANTITY.test(value);
const isInterfaceList: Check = (value) => value.split(',').every((item) => INTERFACE.test(item.trim()));

const isCidrList: Check = (value) =>
  value === '' || value.split(',').every((item) => item.includes('/') && isSubnet(item));

const NOWHERE: Location = { file: '', line: 1, column: 1, endLine: 1 };
const isProxyConfig: Check = (value) =>
  value.trim() === '' || value.length > LONGEST_CONFIG || embeddedYaml(value, NOWHERE) !== undefined;

function orStar(check: Check): Check {
  return (value) => value === '*' || check(value);
}

const PORTS = { check: isPortList, expected: 'a list of ports, separated by commas' };
const COUNT = { check: isUnsigned32, expected: 'a whole number' };
const INTERFACES = { check: isInterfaceList, expected: 'a list of interface names, separated by commas' };
const AMOUNT = { check: isQuantity, expected: 'a Kubernetes quantity such as 100m or 128Mi' };

/** The annotations whose values Istio's analyzers read (1.31), and what they have to be. */
const VALUES: Readonly<Record<string, { readonly check: Check; readonly expected: string }>> = {
  'sidecar.istio.io/interceptionMode': {
    check: (value) => ['REDIRECT', 'TPROXY', 'NONE'].includes(value),
    expected: 'REDIRECT, TPROXY or NONE',
  },
  'status.sidecar.istio.io/port': { check: isPort, expected: 'a port' },
  'readiness.status.sidecar.istio.io/initialDelaySeconds': COUNT,
  'readiness.status.sidecar.istio.io/periodSeconds': COUNT,
  'readiness.status.sidecar.istio.io/failureThreshold': COUNT,
  'traffic.sidecar.istio.io/includeOutboundIPRanges': {
    check: orStar(isCidrList),
    expected: '* or a list of CIDRs, separated by commas',
  },
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': {
    check: isCidrList,
    expected: 'a list of CIDRs, separated by commas',
  },
  'traffic.sidecar.istio.io/includeInboundPorts': {
    check: orStar(isPortList),
    expected: '* or a list of ports, separated by commas',
  },
  'traffic.sidecar.istio.io/excludeInboundPorts': PORTS,
  'traffic.sidecar.istio.io/excludeOutboundPorts': PORTS,
  'traffic.sidecar.istio.io/excludeInterfaces': INTERFACES,
  'traffic.sidecar.istio.io/kubevirtInterfaces': INTERFACES,
  'istio.io/reroute-virtual-interfaces': INTERFACES,
  'prometheus.istio.io/merge-metrics': {
    check: (value) =>
      ['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value),
    expected: 'true or false',
  },
  'proxy.istio.io/config': { check: isProxyConfig, expected: 'a YAML mapping of proxy settings' },
  'sidecar.istio.io/proxyCPU': AMOUNT,
  'sidecar.istio.io/proxyMemory': AMOUNT,
  'sidecar.istio.io/proxyCPULimit': AMOUNT,
  'sidecar.istio.io/proxyMemoryLimit': AMOUNT,
};

/** What the value of an annotation should have been; `undefined` when it is fine or not checked. */
export function problemOf(annotation: string, value: string): string | undefined {
  const rule = Object.hasOwn(VALUES, annotation) ? VALUES[annotation] : undefined;
  return rule && !rule.check(value) ? rule.expected : undefined;
}
