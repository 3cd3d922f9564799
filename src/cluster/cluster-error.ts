/**
 * The cluster cannot be used. `usage`: the kubeconfig or what was asked of it is wrong (exit code 2); `unreachable`: no answer,
 * or one that says nothing may be read (exit code 3). Messages hold no credential, and of an address only host and port.
 */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  readonly code: 'usage' | 'unreachable';
  /** What the user can do about it; one sentence. */
  readonly advice: string;

  constructor(code: ClusterError['code'], message: string, advice = '') {
    super(message);
    this.code = code;
    this.advice = advice;
  }
}
