/**
 * Every form of credential that can stand in a request, an answer or an error of GitHub: tokens by their prefix, whatever
 * their length (installation tokens grow), JSON web tokens by their three parts, and whatever follows `Bearer` or `token`.
 */
const SECRETS = [
  /\bgh[a-z]_[A-Za-z0-9_]+(?:\.[A-Za-z0-9_-]+)*/g,
  /\bgithub_pat_[A-Za-z0-9_]+/g,
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g,
  /(?<=\b(?:bearer|token) )[A-Za-z0-9._~+/=-]{16,}/gi,
];

/** The text without anything that could be a credential. Linear in the length of the text. */
export function redacted(text: string): string {
  return SECRETS.reduce((clean, secret) => clean.replace(secret, '[redacted]'), text);
}
