import { X509Certificate } from 'node:crypto';

/** Larger ones are no certificates. */
const LONGEST = 200_000;
const DAY = 86_400_000;

/**
 * Whether the first certificate of a PEM text can be read and is valid on a day (`YYYY-MM-DD`).
 * @param encoded the PEM text in base64, as a Secret holds it.
 */
export function isInDate(encoded: string, today: string): boolean {
  if (encoded.length > LONGEST) return false;
  const pem = Buffer.from(encoded, 'base64').toString('latin1');
  const block = /-----BEGIN ([A-Z ]+)-----[^-]*-----END \1-----/.exec(pem)?.[0];
  if (block === undefined) return false;
  try {
    const { validFrom, validTo } = new X509Certificate(block);
    const day = Date.parse(today);
    return Date.parse(validFrom) < day + DAY && Date.parse(validTo) >= day;
  } catch {
    return false;
  }
}
