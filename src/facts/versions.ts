/** An Istio release number read out of a version text. */
export interface IstioVersion {
  readonly major: number;
  readonly minor: number;
  /** `undefined` when the text names only a minor (`1.28`, `v1.30-latest`, `~1.28.0`). */
  readonly patch: number | undefined;
}

const RELEASE = /^[v=]?(1)\.(\d{1,2})(?:\.(\d{1,3}|[xX*]))?(?![\d.])/;

/** Rancher packages charts under numbers of its own and says upstream's behind `+up`. */
const PACKAGED = /\+up(1\.\d{1,2}\.\d{1,3})/;

/**
 * Reads the release number out of the shapes repositories write: `1.10.0-distroless`, `v1.30.3`, `1.10.4-asm.6`,
 * `104.5.0+up1.23.2`, `1.29.1-jammy-fips`. A range that stays inside one minor (`~1.28.0`, `1.28.x`, `>=1.24.2 <1.25`)
 * gives that minor; any other range (`*`, `^1.28.0`, `>=1.24`), a digest or a placeholder is `undefined`.
 */
export function parseIstioVersion(text: string): IstioVersion | undefined {
  const written = PACKAGED.exec(text)?.[1] ?? text.trim();
  if (written.length > 128) return undefined;
  if (/^[~<>]/.test(written)) return minorOfRange(written);
  return /[<>|*{}$]|\s/.test(written.replace(/\.[*]$/, '')) ? undefined : release(written);
}

function release(text: string): IstioVersion | undefined {
  const match = RELEASE.exec(text);
  if (!match) return undefined;
  const patch = match[3];
  return {
    major: Number(match[1]),
    minor: Number(match[2]),
    patch: patch === undefined || /\D/.test(patch) ? undefined : Number(patch),
  };
}

/** The one minor that a Helm version range allows, by the rules of Masterminds/semver; `undefined` when it allows several. */
function minorOfRange(range: string): IstioVersion | undefined {
  const tilde = /^~>?\s*(\S+)$/.exec(range)?.[1];
  if (tilde !== undefined) {
    const from = release(tilde);
    return from && { ...from, patch: undefined };
  }
  const bounds = /^>=?\s*([^\s,]+)\s*,?\s*<(=?)\s*(\S+)$/.exec(range);
  const lower = release(bounds?.[1] ?? '');
  const upper = release(bounds?.[3] ?? '');
  if (!lower || !upper) return undefined;
  const reachesUpper = bounds?.[2] === '=' || (upper.patch ?? 0) > 0;
  const highest = reachesUpper ? upper.minor : upper.minor - 1;
  return highest === lower.minor ? { ...lower, patch: undefined } : undefined;
}

/**
 * The version text of a value that YAML read as a number: `tag: 1.28` is 1.28. `1.1`, `1.2` and `1.3` are left out: they
 * may have been written `1.10`, `1.20` or `1.30`, which the float has lost.
 */
export function versionTextOfNumber(value: number): string | undefined {
  const text = String(value);
  return ['1', '1.1', '1.2', '1.3'].includes(text) ? undefined : text;
}

export function formatVersion(version: IstioVersion): string {
  const { major, minor, patch } = version;
  return patch === undefined ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}

/** Negative when `a` is older than `b`; a missing patch counts as the first of its minor. */
export function compareVersions(a: IstioVersion, b: IstioVersion): number {
  return a.major - b.major || a.minor - b.minor || (a.patch ?? 0) - (b.patch ?? 0);
}

/** May both be the same release? So it is where one of them names no more than the minor of the other. */
export function mayBeSame(a: IstioVersion, b: IstioVersion): boolean {
  if (a.major !== b.major || a.minor !== b.minor) return false;
  return a.patch === undefined || b.patch === undefined || a.patch === b.patch;
}

/** Is the version of this minor or a later one? `undefined` when the version is not known. */
export function atLeast(version: IstioVersion | undefined, minor: number): boolean | undefined {
  return version && (version.major > 1 || version.minor >= minor);
}

/** How many minors lie between two releases; negative for a downgrade. */
export function minorDistance(from: IstioVersion, to: IstioVersion): number {
  return (to.major - from.major) * 1000 + to.minor - from.minor;
}
