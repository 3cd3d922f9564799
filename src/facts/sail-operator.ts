import type { IstioVersion } from './versions.ts';

/** The patches of one minor of Istio that a release of the operator installs, bounds included, without some. */
type Patches = readonly [first: number, last: number, ...gaps: number[]];

/** pkg/istioversion/versions.yaml of istio-ecosystem/sail-operator at each release, by minor of Istio. */
const RELEASES: Readonly<Record<string, Readonly<Record<number, Patches>>>> = {
  '1.0.0': { 23: [0, 5, 1, 2], 24: [1, 3] },
  '1.25.1': { 21: [6, 6], 22: [5, 8], 23: [2, 5], 24: [0, 4], 25: [1, 1] },
  '1.25.2': { 21: [6, 6], 22: [5, 8], 23: [2, 5], 24: [0, 4], 25: [1, 2] },
  '1.26.0': { 24: [0, 6], 25: [1, 3], 26: [0, 0] },
  '1.26.1': { 24: [0, 6], 25: [1, 3], 26: [0, 1] },
  '1.26.2': { 24: [0, 6], 25: [1, 3], 26: [0, 2] },
  '1.26.3': { 24: [0, 6], 25: [1, 3], 26: [0, 3] },
  '1.27.0': { 24: [0, 6], 25: [1, 4], 26: [0, 3, 1], 27: [0, 0] },
  '1.27.1': { 24: [0, 6], 25: [1, 5], 26: [0, 4, 1], 27: [0, 1] },
  '1.27.2': { 24: [0, 6], 25: [1, 5], 26: [0, 5], 27: [0, 2] },
  '1.27.3': { 24: [0, 6], 25: [1, 5], 26: [0, 6], 27: [0, 3] },
  '1.28.0': { 26: [0, 6], 27: [0, 3], 28: [0, 0] },
  '1.28.1': { 26: [0, 7], 27: [0, 4], 28: [0, 1] },
  '1.28.2': { 26: [0, 8], 27: [0, 5], 28: [0, 2] },
  '1.28.3': { 26: [0, 8], 27: [0, 5], 28: [0, 3] },
  '1.29.0': { 27: [0, 7], 28: [0, 4], 29: [0, 0] },
  '1.29.1': { 27: [0, 8], 28: [0, 5], 29: [0, 1] },
  '1.29.2': { 27: [0, 9], 28: [0, 6], 29: [0, 2] },
  '1.30.0': { 28: [0, 7], 29: [0, 3], 30: [0, 0] },
  '1.30.3': { 28: [0, 10], 29: [0, 6], 30: [0, 3] },
};

/** Does a release of the operator install this version? `undefined` for a release that is not known. */
export function installs(release: string, { minor, patch }: IstioVersion): boolean | undefined {
  const known = Object.hasOwn(RELEASES, release) ? RELEASES[release] : undefined;
  const patches = known?.[minor];
  if (!known || !patches) return known && false;
  const [first, last, ...gaps] = patches;
  return patch === undefined || (first <= patch && patch <= last && !gaps.includes(patch));
}

/** What a release of the operator installs, in words: `1.28.0 to 1.28.10`, the newest minor first. */
export function installable(release: string): readonly string[] {
  const known = Object.hasOwn(RELEASES, release) ? RELEASES[release] : undefined;
  return Object.entries(known ?? {})
    .sort(([a], [b]) => Number(b) - Number(a))
    .map(([minor, [first, last]]) =>
      first === last ? `1.${minor}.${first}` : `1.${minor}.${first} to 1.${minor}.${last}`,
    );
}
