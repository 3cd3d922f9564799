import { EnvHttpProxyAgent, fetch } from 'undici';

/** A `fetch` that goes through the proxy which the environment names (`https_proxy`, `no_proxy`). */
export function proxyFetch(): typeof globalThis.fetch {
  const dispatcher = new EnvHttpProxyAgent();
  const proxied = (url: string, options: object) => fetch(url, { ...options, dispatcher });
  return proxied as unknown as typeof globalThis.fetch;
}
