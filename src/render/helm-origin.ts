import type { Location, Path } from '../vocabulary.ts';
import {
  placeInTemplate,
  referencesIn,
  mentions,
  saysLiterally,
  type RenderedObject,
  type TemplatePlace,
} from './helm-template.ts';
import { scalarText, type HelmValues, type PlacedValue } from './helm-values.ts';
import type { Origin } from './resource.ts';
import { existingPart, isSame, valueAt } from '../untyped.ts';

/** A template of the repository, or one inside an archive, which has no lines to point at. */
export interface HelmTemplate {
  /** The template; for an archive, what brings it in. */
  readonly home: Location;
  /** Empty for an archive. */
  readonly lines: readonly string[];
  /** Names or aliases of the subcharts on the way to it. */
  readonly chart: Path;
}

/** Locates fields of a rendered object at the key of the values that gives them, else at the line of the template. */
export class HelmOrigin implements Origin {
  readonly file: string;
  readonly through: readonly string[];
  readonly #body: unknown;
  readonly #object: RenderedObject;
  readonly #template: HelmTemplate;
  readonly #values: HelmValues;

  constructor(
    body: unknown,
    object: RenderedObject,
    template: HelmTemplate,
    values: HelmValues,
    through: readonly string[],
  ) {
    this.file = template.home.file;
    this.through = through;
    this.#body = body;
    this.#object = object;
    this.#template = template;
    this.#values = values;
  }

  at(path: Path): Location {
    const { lines, home } = this.#template;
    const there = existingPart(this.#body, path);
    const place = placeInTemplate(lines, this.#object, there);
    const inValues = this.#placeInValues(there, place);
    if (inValues) return inValues;
    if (lines.length === 0) return home;
    const text = lines[place.line] ?? '';
    const column = text.length - text.trimStart().length + 1;
    return { file: home.file, line: place.line + 1, column, endLine: place.line + 1 };
  }

  #placeInValues(path: Path, { line, found }: TemplatePlace): Location | undefined {
    const { lines, chart } = this.#template;
    const text = lines[line] ?? '';
    const value = valueAt(this.#body, path);
    if (found === path.length && saysLiterally(text, value)) return undefined;
    // `hosts:` and `{{- toYaml .Values.hosts | nindent 4 }}` below it.
    const near = text.trimEnd().endsWith(':') ? `${text} ${lines[line + 1]?.trim() ?? ''}` : text;
    for (const reference of referencesIn(near)) {
      for (const asked of [[...reference, ...path.slice(found)], reference]) {
        const given = this.#values.find(chart, asked);
        if (given && isGivenBy(value, given)) return given.at;
      }
    }
    const scalar = scalarText(value);
    return scalar === undefined
      ? undefined
      : this.#values.giving(chart, scalar, (key) => mentions(text, key));
  }
}

/** Is the value, or a part of its text, what the values say? */
function isGivenBy(value: unknown, given: PlacedValue): boolean {
  const text = scalarText(given.value);
  if (text === undefined) return isSame(value, given.value);
  return text !== '' && (scalarText(value)?.includes(text) ?? false);
}
