/** A `fetch` that goes through the proxy which the environment names (`https_proxy`, `no_proxy`); loaded only then. */
export async function proxyFetch(): Promise<typeof globalThis.fetch> {
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent();
  const proxied = (url: string, options: object) => fetch(url, { ...options, dispatcher });
  return proxied as unknown as typeof globalThis.fetch;
}
