/**
 * Who we are when we write: a login, of an App `<slug>[bot]`, which no person can register. Nobody can comment in another's
 * name, so a mark of ours under this login is ours. Where GitHub has not said it, a mark counts when a bot wrote it.
 */
export interface Author {
  readonly login: string | undefined;
}

/** What GitHub says about who wrote a comment; null for an account that is gone. */
export interface Authored {
  readonly user?: { readonly login: string; readonly type?: string } | null;
}

export function wroteIt({ login }: Author, { user }: Authored): boolean {
  return login === undefined ? user?.type === 'Bot' : user?.login === login;
}

/** Who we are, asked when it matters. */
export type WhoWeAre = () => Promise<Author>;
