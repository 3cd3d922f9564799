import type { Hazard } from '../../../facts/hazards/hazard.ts';
import { latestPatch } from '../../../facts/releases.ts';
import { compareVersions, type IstioVersion, parseIstioVersion } from '../../../facts/versions.ts';

type When = Pick<Hazard, 'from' | 'within'>;

/** Does a step between two releases meet the hazard? An unknown patch is the first before it and the newest after it. */
export function crosses(from: IstioVersion, to: IstioVersion, { from: first, within }: When): boolean {
  const arrival = { ...to, patch: to.patch ?? latestPatch(to) ?? Infinity };
  if (compareVersions(from, arrival) >= 0) return false;
  if (within) return within.some((range) => lies(arrival, range));
  return carries(arrival, first ?? []) && !carries(from, first ?? []);
}

/** Does a release carry the change? `undefined` for one whose version is not known. */
export function carriedBy(version: IstioVersion, { from, within }: When): boolean {
  const release = { ...version, patch: version.patch ?? latestPatch(version) ?? Infinity };
  return within ? within.some((range) => lies(release, range)) : carries(release, from ?? []);
}

function carries(version: IstioVersion, from: readonly string[]): boolean {
  const lines = from.flatMap((text) => parseIstioVersion(text) ?? []);
  const own = lines.find(({ minor }) => minor === version.minor);
  if (own) return (version.patch ?? 0) >= (own.patch ?? 0);
  const [oldest] = lines;
  return oldest !== undefined && version.minor > oldest.minor;
}

function lies(version: IstioVersion, [first, last]: readonly [string, string]): boolean {
  const [low, high] = [parseIstioVersion(first), parseIstioVersion(last)];
  return (
    low !== undefined &&
    high !== undefined &&
    compareVersions(low, version) <= 0 &&
    compareVersions(version, high) <= 0
  );
}

/** `1.22` as a number to compare minors by. */
export function minorOf(text: string): number {
  return parseIstioVersion(text)?.minor ?? 0;
}
