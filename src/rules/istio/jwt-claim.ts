/** Whether a header of a match stands for a claim of the token: `@request.auth.claims.name` or `@request.auth.claims[name]`. */
export function isClaim(header: string): boolean {
  return /^@request\.auth\.claims(?:\..|\[.+\])/i.test(header);
}
