import type { Confidence, Location } from '../../vocabulary.ts';
import { parseIstioVersion, versionTextOfNumber } from '../../facts/versions.ts';
import type { IstioVersion } from '../../facts/versions.ts';
import { fieldAt } from '../../untyped.ts';
import { parseImage } from './image-reference.ts';
import type { ValuesLayer } from './installation.ts';

/** A version, as far as it can be read, and where it is written. */
export interface VersionFact {
  readonly version: IstioVersion | undefined;
  readonly versionText: string;
  readonly at: Location;
  readonly confidence: Confidence;
}

/** The text of a version field; '' when there is none or its number has lost a digit. */
export function versionTextAt(value: unknown, ...path: readonly string[]): string {
  const found = fieldAt(value, ...path);
  if (typeof found === 'string') return found.trim();
  return typeof found === 'number' ? (versionTextOfNumber(found) ?? '') : '';
}

/**
 * The version of an image that values choose: the first of `paths` that sets a tag (or an image with a tag), else the
 * chart's own version. A tag that is no release number (a commit, a placeholder) leaves only its text, since the chart's
 * number says little about such an image.
 */
export function imageVersion(
  values: ValuesLayer,
  paths: readonly (readonly string[])[],
  chart: VersionFact,
): VersionFact {
  for (const path of paths) {
    const written = versionTextAt(values.values, ...path);
    const text = path.at(-1) === 'image' ? parseImage(written).tag : written;
    if (text === '') continue;
    const fact = { versionText: text, at: values.at(path), confidence: chart.confidence };
    return { ...fact, version: parseIstioVersion(text) };
  }
  return chart;
}
