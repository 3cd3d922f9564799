import { createHash } from 'node:crypto';
import type { Location, Path } from '../vocabulary.ts';
import type { ParsedFile } from '../yaml/document.ts';
import type { HelmRelease } from './helm-release.ts';
import type { ChartClosure } from './helm-closure.ts';
import { HelmOrigin, type HelmTemplate } from './helm-origin.ts';
import { templateLines } from './helm-template.ts';
import { HelmValues, type ValuesLayer } from './helm-values.ts';
import { resourcesOf, toResource } from './plain.ts';
import type { Resource } from './resource.ts';
import type { SourceFiles } from './source-files.ts';

/** Helm begins every object with this, and the name of its template: `# Source: shop/charts/cart/templates/service.yaml`. */
const SOURCE = '# Source: ';

/** Turns Helm's output into resources that know where they were written. */
export class HelmOutput {
  /** Chart.yaml of the chart. */
  readonly chartFile: Location;
  readonly #chart: ChartClosure;
  readonly #source: SourceFiles;
  readonly #values: HelmValues;
  readonly #through: readonly string[];
  readonly #digest: string;
  readonly #templates = new Map<string, HelmTemplate>();

  constructor(dir: string, release: HelmRelease, chart: ChartClosure, source: SourceFiles) {
    this.chartFile = firstLine(dir === '' ? 'Chart.yaml' : `${dir}/Chart.yaml`);
    this.#chart = chart;
    this.#source = source;
    this.#values = new HelmValues(this.#layers(release));
    this.#through = [`helm ${dir || '.'}`];
    // Lines may come from any values file.
    const values = [...chart.placed.values(), ...release.valuesFiles].filter((path) =>
      /values[^/]*$/.test(path),
    );
    this.#digest = [...values, ...release.valuesFiles]
      .map((path) => `${path}=${source.blob(path)}`)
      .join(',');
  }

  resources(parsed: ParsedFile, text: string): Resource[] {
    const lines = text.split('\n');
    const seen = new Map<string, number>();
    return resourcesOf(parsed, '').flatMap((rendered) => {
      const name = sourceAbove(lines, rendered.origin.at([]).line - 1);
      const template = this.#template(name);
      const count = `${name} ${rendered.kind}`;
      const ordinal = seen.get(count) ?? 0;
      seen.set(count, ordinal + 1);
      const object = { kind: rendered.kind, name: rendered.name, ordinal };
      const through = [...this.#through, ...template.chart.map((chart) => subchart(String(chart)))];
      const origin = new HelmOrigin(rendered.body, object, template, this.#values, through);
      const written = `${template.home.file}=${this.#source.blob(template.home.file)}`;
      const digest = createHash('sha256')
        .update(JSON.stringify([rendered.body, written, this.#digest]))
        .digest('hex');
      const resource = toResource(rendered.body, origin, digest);
      return resource ? [resource] : [];
    });
  }

  /** The place that an error message of Helm names. */
  placeIn(message: string): Location | undefined {
    const [, name = '', line] = /([\w.-]{1,100}\/[\w./-]{1,500})(?::(\d{1,7}))?/.exec(message) ?? [];
    const file = this.#chart.placed.get(inChart(name));
    return file === undefined
      ? undefined
      : { ...firstLine(file), ...(line ? { line: Number(line), endLine: Number(line) } : {}) };
  }

  #template(name: string): HelmTemplate {
    const known = this.#templates.get(name);
    if (known) return known;
    const path = inChart(name);
    const chart = chartsIn(path);
    const file = this.#chart.placed.get(path) ?? this.#chart.placed.get(this.#unaliased(path));
    const template: HelmTemplate =
      file === undefined
        ? { home: this.#chart.dependencies.get(chart[0] ?? '')?.at ?? this.chartFile, lines: [], chart }
        : { home: firstLine(file), lines: templateLines(this.#source.text(file)), chart };
    this.#templates.set(name, template);
    return template;
  }

  /** Helm calls a subchart by its alias; its directory has its name. */
  #unaliased(path: string): string {
    const [, alias = '', inside = ''] = /^charts\/([^/]+)\/(.*)$/s.exec(path) ?? [];
    return `charts/${this.#chart.dependencies.get(alias)?.name ?? alias}/${inside}`;
  }

  /** From the weakest: values.yaml of the subcharts, of the chart, the values files, the values given in place. */
  #layers({ valuesFiles, values, valuesAt }: HelmRelease): ValuesLayer[] {
    const own = [...this.#chart.placed].flatMap(([placed, file]) => {
      const inside = /^((?:charts\/[^/]+\/)*)values\.yaml$/.exec(placed)?.[1];
      if (inside === undefined) return [];
      return this.#namesOf(chartsIn(inside)).map((chart) => this.#layer(file, chart));
    });
    own.sort((a, b) => b.chart.length - a.chart.length);
    const inPlace = { chart: [], value: values, at: valuesAt ?? (() => this.chartFile) };
    return [...own, ...valuesFiles.map((file) => this.#layer(file, [])), inPlace];
  }

  /** A chart takes part under its name, or once under each of its aliases. */
  #namesOf([first, ...rest]: readonly string[]): Path[] {
    if (first === undefined) return [[]];
    const aliases = [...this.#chart.dependencies].flatMap(([alias, { name }]) =>
      name === first ? [alias] : [],
    );
    return (aliases.length > 0 ? aliases : [first]).map((alias) => [alias, ...rest]);
  }

  #layer(file: string, chart: Path): ValuesLayer {
    const [document] = this.#source.parsed(file).documents;
    return {
      chart,
      value: document?.value,
      at: (path) => (document ? { file, ...document.locate(path) } : firstLine(file)),
    };
  }
}

/** What the origin of an object says of the subchart it comes from: its name, or its alias where it has one. */
export function subchart(name: string): string {
  return `subchart ${name}`;
}

function firstLine(file: string): Location {
  return { file, line: 1, column: 1, endLine: 1 };
}

function sourceAbove(lines: readonly string[], line: number): string {
  for (let at = line; at >= 0; at--) {
    const text = lines[at] ?? '';
    if (text.startsWith(SOURCE)) return text.slice(SOURCE.length).trim();
  }
  return '';
}

/** `cart`, `db` for `charts/cart/charts/db/templates/service.yaml`. */
function chartsIn(path: string): string[] {
  return [...path.matchAll(/(?:^|\/)charts\/([^/]+)(?=\/)/g)].map((match) => match[1] ?? '');
}

/** Without the name of the chart. */
function inChart(name: string): string {
  return name.slice(name.indexOf('/') + 1);
}
