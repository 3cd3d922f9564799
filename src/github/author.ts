/**
 * Who we are when we write: a login, of an App `<slug>[bot]`, which no person can register. Nobody can comment in another's
 * name, so a mark of ours under this login is ours.
 */
export interface Author {
  readonly login: string;
}

/** What GitHub says about who wrote a comment; null for an account that is gone. */
export interface Authored {
  readonly user?: { readonly login: string } | null;
}

export function wroteIt({ login }: Author, { user }: Authored): boolean {
  return user?.login === login;
}
