/** An Istio release number read out of a version text. */
export interface IstioVersion {
  readonly major: number;
  readonly minor: number;
  /** `undefined` when the text names only a minor (`1.28`, `v1.30-latest`, `~1.28.0`). */
  readonly patch: number | undefined;
}

const SHAPE = /(?:^|[^\d.])v?(1)\.(\d{1,2})(?:\.(\d{1,3}))?(?![\d])/;

/**
 * Reads the release number out of the shapes repositories write: `1.10.0-distroless`, `v1.30.3`, `1.10.4-asm.6`,
 * `104.5.0+up1.23.2`, `1.29.1-jammy-fips`. A range (`>=1.24 <1.25`, `*`), a digest or a placeholder is `undefined`.
 */
export function parseIstioVersion(text: string): IstioVersion | undefined {
  const packaged = /\+up(1\.\d+\.\d+)/.exec(text);
  const source = packaged?.[1] ?? text;
  if (/[<>|*{}$]|\s/.test(source.trim())) return undefined;
  const match = SHAPE.exec(source);
  if (!match || match.index > 1) return undefined;
  return {
    major: Number(match[1]),
    minor: Number(match[2]),
    patch: match[3] === undefined ? undefined : Number(match[3]),
  };
}

export function formatVersion(version: IstioVersion): string {
  const { major, minor, patch } = version;
  return patch === undefined ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}

/** Negative when `a` is older than `b`; a missing patch counts as the first of its minor. */
export function compareVersions(a: IstioVersion, b: IstioVersion): number {
  return a.major - b.major || a.minor - b.minor || (a.patch ?? 0) - (b.patch ?? 0);
}

/** How many minors lie between two releases; negative for a downgrade. */
export function minorDistance(from: IstioVersion, to: IstioVersion): number {
  return (to.major - from.major) * 1000 + to.minor - from.minor;
}
