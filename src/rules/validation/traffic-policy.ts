import { checkConnectionPool } from './connection-pool.ts';
import type { FieldView } from './field-view.ts';
import { checkLoadBalancer } from './load-balancer.ts';
import { checkDuration, checkPercent } from './scalars.ts';

const PORT_FIELDS = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'] as const;
const FIELDS = [...PORT_FIELDS, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget'] as const;

/** What a DestinationRule says about connections to a host or subset. */
export function checkTrafficPolicy(policy: FieldView): void {
  if (!FIELDS.some((name) => policy.field(name).isSet)) {
    policy.refuse('must set at least one of its fields');
    return;
  }
  if (policy.field('tunnel').isSet && policy.field('proxyProtocol').isSet) {
    policy.field('tunnel').refuse('cannot be set together with proxyProtocol');
    return;
  }
  checkCommon(policy);
  checkTunnel(policy.field('tunnel'));
}

/** The same for a single port. */
export function checkPortPolicy(policy: FieldView): void {
  if (!policy.field('port').isSet) policy.field('port').refuse('is missing');
  if (!PORT_FIELDS.some((name) => policy.field(name).isSet))
    policy.refuse('must set at least one of its fields');
  checkCommon(policy);
}

function checkCommon(policy: FieldView): void {
  checkOutlierDetection(policy.field('outlierDetection'));
  checkConnectionPool(policy.field('connectionPool'));
  checkLoadBalancer(policy.field('loadBalancer'));
  checkClientTls(policy.field('tls'));
}

function checkOutlierDetection(detection: FieldView): void {
  checkDuration(detection.field('baseEjectionTime'));
  checkDuration(detection.field('interval'));
  if ((detection.field('consecutiveErrors').number ?? 0) !== 0) {
    detection
      .field('consecutiveErrors')
      .warn('is deprecated: use consecutive5xxErrors or consecutiveGatewayErrors');
  }
  const local = detection.field('consecutiveLocalOriginFailures');
  if ((local.number ?? 0) > 0 && detection.field('splitExternalLocalOriginErrors').value !== true) {
    local.refuse('needs splitExternalLocalOriginErrors');
  }
  checkPercent(detection.field('maxEjectionPercent'));
  checkPercent(detection.field('minHealthPercent'));
}

function checkClientTls(tls: FieldView): void {
  const mode = tls.field('mode').text;
  const set = (name: string) => tls.field(name).isFilled;
  if (tls.field('insecureSkipVerify').value === true && (mode === 'SIMPLE' || mode === 'MUTUAL')) {
    const contradicted = [
      'caCertificates',
      'subjectAltNames',
      ...(mode === 'SIMPLE' ? ['credentialName'] : []),
    ];
    if (contradicted.some(set)) tls.field('insecureSkipVerify').refuse('contradicts what is to be verified');
  }
  if (mode !== 'SIMPLE' && mode !== 'MUTUAL') return;
  if (set('credentialName')) {
    const file = ['clientCertificate', 'caCertificates', 'privateKey', 'caCrl'].find(set);
    if (file !== undefined) tls.field(file).refuse('cannot be set together with credentialName');
    return;
  }
  if (mode !== 'MUTUAL') return;
  for (const name of ['clientCertificate', 'privateKey']) {
    if (!set(name)) tls.field(name).refuse('is missing, and the mode is MUTUAL');
  }
}

function checkTunnel(tunnel: FieldView): void {
  if (!tunnel.isSet) return;
  const protocol = tunnel.field('protocol');
  if (protocol.isFilled && !['CONNECT', 'POST'].includes(protocol.text))
    protocol.refuse('must be CONNECT or POST');
  if (!tunnel.field('targetHost').isFilled) tunnel.field('targetHost').refuse('is missing');
  const port = tunnel.field('targetPort');
  if (port.number === undefined || port.number < 1 || port.number > 65_535) port.refuse('must be a port');
}
