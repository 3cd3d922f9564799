import { compareVersions, type IstioVersion, parseIstioVersion } from './versions.ts';

/**
 * The oldest minor of Kubernetes that istioctl accepts, by the first release that asks for it
 * (istioctl/pkg/install/k8sversion/version.go at each tag).
 */
const OLDEST: readonly (readonly [from: string, minor: number])[] = [
  ['1.6.0', 13],
  ['1.7.0', 16],
  ['1.9.0', 17],
  ['1.13.0', 19],
  ['1.16.3', 22],
  ['1.17.0', 23],
  ['1.18.1', 24],
  ['1.19.0', 25],
  ['1.21.0', 26],
  ['1.24.0', 28],
  ['1.25.1', 29],
  ['1.28.2', 30],
  ['1.30.0', 32],
];

/** The oldest minor of Kubernetes an Istio release runs on; `undefined` when it is not known. */
export function oldestKubernetes(version: IstioVersion): number | undefined {
  const asked = OLDEST.filter(([from]) => {
    const first = parseIstioVersion(from);
    return (
      first !== undefined && compareVersions(first, { ...version, patch: version.patch ?? Infinity }) <= 0
    );
  });
  return asked.at(-1)?.[1];
}
