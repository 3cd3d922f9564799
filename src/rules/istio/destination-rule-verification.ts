import type { Resource } from '../../render/resource.ts';
import { field, fields, text } from '../body.ts';

/** A client TLS mode that checks the server's certificate only against CA certificates given here. */
const VERIFYING_MODES = new Set(['SIMPLE', 'MUTUAL']);

/**
 * Whether TLS settings originate TLS without naming the CA that signs the server's certificate. `credentialName` brings one,
 * but only in rules with a workload selector.
 */
export function verifiesNothing(tls: unknown, rule: Resource): boolean {
  if (!VERIFYING_MODES.has(text(tls, 'mode')) || text(tls, 'caCertificates') !== '') return false;
  const selects = field(fields(rule.body, 'spec'), 'workloadSelector') !== undefined;
  return !(selects && text(tls, 'credentialName') !== '');
}
