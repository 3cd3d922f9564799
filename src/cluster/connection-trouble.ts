import { ClusterError } from './cluster-error.ts';

/** What went wrong by its code alone: messages of the network layer may repeat addresses with credentials. */
const TROUBLE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection is refused',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name cannot be looked up now',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ECONNRESET: 'it ends the connection',
  EPROTO: 'it does not speak TLS as we do',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by nobody the kubeconfig trusts',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by nobody the kubeconfig trusts',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by nobody the kubeconfig trusts',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** The code of a system error; '' for none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** There is no connection to the API server at `host`. */
export function unreachable(host: string, error: unknown): ClusterError {
  const code = codeOf(error);
  const known = Object.hasOwn(TROUBLE, code) ? TROUBLE[code] : undefined;
  const why =
    known ?? (/^[A-Z_]{3,60}$/.test(code) ? `the connection fails (${code})` : 'the connection fails');
  return new ClusterError('unreachable', `The API server ${host} cannot be reached: ${why}.`);
}
