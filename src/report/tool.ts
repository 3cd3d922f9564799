/** The name and version that reports carry; a test holds the version to package.json's. */
export const TOOL = { name: 'istio-upgrade-guard', version: '0.1.0' } as const;
