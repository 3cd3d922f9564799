import type { Resource } from '../../render/resource.ts';
import { field, fields, text } from '../body.ts';
import { isOriginating } from '../traffic/tls-origination.ts';

/**
 * Whether TLS settings originate TLS without naming the CA that signs the server's certificate. `credentialName` brings one,
 * but only in rules with a workload selector.
 */
export function verifiesNothing(tls: unknown, rule: Resource): boolean {
  if (!isOriginating(tls) || text(tls, 'caCertificates') !== '') return false;
  const selects = field(fields(rule.body, 'spec'), 'workloadSelector') !== undefined;
  return !(selects && text(tls, 'credentialName') !== '');
}
