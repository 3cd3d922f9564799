import { createHmac, timingSafeEqual } from 'node:crypto';

/** `sha256=...` over the bytes of a delivery, as GitHub signs it. */
export function signatureOf(body: Uint8Array, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Whether one of the secrets signed it. Compares in constant time. */
export function isSigned(
  body: Uint8Array,
  signature: string,
  secrets: readonly (string | undefined)[],
): boolean {
  const said = Buffer.from(signature);
  return secrets.some((secret) => {
    if (secret === undefined) return false;
    const right = Buffer.from(signatureOf(body, secret));
    return said.length === right.length && timingSafeEqual(said, right);
  });
}
