import { checkConnectionPool } from './connection-pool.ts';
import type { FieldView } from './field-view.ts';
import { checkLoadBalancer } from './load-balancer.ts';
import { checkDuration, checkPercent } from './scalars.ts';

const PORT_FIELDS = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'] as const;
const FIELDS = [...PORT_FIELDS, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget'] as const;

/** What a DestinationRule says about connections to a host or subset. */
export function checkTrafficPolicy(policy: FieldView): void {
  if (!FIELDS.some((name) => policy.has(name))) {
    policy.refuse('must set at least one of its fields');
    return;
  }
  if (policy.has('tunnel') && policy.has('proxyProtocol')) {
    policy.field('tunnel').refuse('cannot be set together with proxyProtocol');
    return;
  }
  policy.each(PARTS);
  warnOfFailover(policy);
  if (policy.has('tunnel')) checkTunnel(policy.field('tunnel'));
}

/** The same for a single port. */
export function checkPortPolicy(policy: FieldView): void {
  if (!policy.has('port')) policy.field('port').refuse('is missing');
  if (!PORT_FIELDS.some((name) => policy.has(name))) policy.refuse('must set at least one of its fields');
  policy.each(PARTS);
  warnOfFailover(policy);
}

const PARTS = {
  outlierDetection: checkOutlierDetection,
  connectionPool: checkConnectionPool,
  loadBalancer: checkLoadBalancer,
  tls: checkClientTls,
};

/** Without outlier detection no endpoint is ever taken for failed. */
function warnOfFailover(policy: FieldView): void {
  if (policy.has('outlierDetection') || !policy.has('loadBalancer')) return;
  const setting = policy.field('loadBalancer').field('localityLbSetting');
  const failover = ['failover', 'failoverPriority'].map((name) => setting.field(name));
  failover
    .find(({ isFilled }) => isFilled)
    ?.warn('has no effect without outlierDetection in the same policy');
}

function checkOutlierDetection(detection: FieldView): void {
  detection.each(DETECTION);
  const local = detection.has('consecutiveLocalOriginFailures')
    ? detection.field('consecutiveLocalOriginFailures')
    : undefined;
  if ((local?.number ?? 0) > 0 && detection.field('splitExternalLocalOriginErrors').value !== true) {
    local?.refuse('needs splitExternalLocalOriginErrors');
  }
}

const DETECTION = {
  baseEjectionTime: checkDuration,
  interval: checkDuration,
  consecutiveErrors(errors: FieldView): void {
    if ((errors.number ?? 0) === 0) return;
    errors.warn('is deprecated: use consecutive5xxErrors or consecutiveGatewayErrors');
  },
  maxEjectionPercent: checkPercent,
  minHealthPercent: checkPercent,
};

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
  const protocol = tunnel.field('protocol');
  if (protocol.isFilled && !['CONNECT', 'POST'].includes(protocol.text))
    protocol.refuse('must be CONNECT or POST');
  if (!tunnel.field('targetHost').isFilled) tunnel.field('targetHost').refuse('is missing');
  const port = tunnel.field('targetPort');
  if (port.number === undefined || port.number < 1 || port.number > 65_535) port.refuse('must be a port');
}
