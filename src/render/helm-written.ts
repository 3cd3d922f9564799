import { parseFile } from '../yaml/parse.ts';
import { builtIns } from './helm-built-ins.ts';
import type { Work } from './gotemplate/limits.ts';
import { chartInstances } from './helm-chart-values.ts';
import { chartClosure, type ChartClosure } from './helm-closure.ts';
import { HelmOutput } from './helm-output.ts';
import type { HelmRelease } from './helm-release.ts';
import { TemplateFiles } from './helm-template-files.ts';
import { WrittenDocuments } from './helm-written-documents.ts';
import { relativePath } from './kustomize-path.ts';
import { RENDER_LIMITS } from './render-limits.ts';
import { byText, failure, type Rendered } from './rendered.ts';
import { SourceFiles } from './source-files.ts';
import { gather, type ReadableFiles } from './tree.ts';
import { asMap } from '../untyped.ts';

/** What a chart is read from: its templates, values and descriptions. */
const READ =
  /^(?:charts\/[^/]+\/)*(?:(?:Chart|requirements|values)\.yaml|templates\/.+\.(?:ya?ml|tpl|json))$/;

/**
 * A release as far as its templates can be worked out without Helm: with the values that are written, and without the cluster.
 * Documents of which a part hangs on anything else are left out and counted; values inside the others may be placeholders.
 * Nothing here starts a program.
 * @param review what all charts of a review may cost together
 */
export async function readHelm(release: HelmRelease, files: ReadableFiles, review?: Work): Promise<Rendered> {
  const dir = relativePath('', release.path === '' ? '.' : release.path);
  if (dir === undefined) return failure('its directory is outside the repository', []);
  const chart = withoutTheRest(await chartClosure(dir, files), release);
  const listed = new Set(files.list());
  const missing = release.valuesFiles.find((path) => !listed.has(path));
  const closure = [...new Set([...chart.placed.values(), ...release.valuesFiles])].sort(byText);
  if (missing !== undefined) return failure(`values file ${missing}: it is not in the repository`, closure);
  if (chart.library) return { resources: [], unchecked: [], files: closure };
  const contents = await gather(new Map(closure.map((path) => [path, path])), files, RENDER_LIMITS);
  if ('refused' in contents) return failure(contents.refused, closure);
  const source = new SourceFiles(contents, (path) => files.blob(path));
  return written(dir, release, chart, source, closure, review);
}

function withoutTheRest(chart: ChartClosure, { withoutOwnValues }: HelmRelease): ChartClosure {
  const placed = [...chart.placed].filter(
    ([path]) => READ.test(path) && !(withoutOwnValues === true && path === 'values.yaml'),
  );
  return { ...chart, placed: new Map(placed) };
}

function written(
  dir: string,
  release: HelmRelease,
  chart: ChartClosure,
  source: SourceFiles,
  closure: readonly string[],
  review: Work | undefined,
): Rendered {
  const read = (path: string): unknown => {
    const file = chart.placed.get(path);
    return file === undefined
      ? undefined
      : source.parsed(file).documents.find(({ value }) => asMap(value) !== undefined)?.value;
  };
  const given = release.valuesFiles.map((path) => source.parsed(path).documents[0]?.value);
  const paths = [...chart.placed.keys()].sort(byText);
  const instances = chartInstances(paths, read, [...given, release.values]);
  const templates = new TemplateFiles((path) => source.text(chart.placed.get(path) ?? ''), review);
  for (const { prefix } of instances) templates.define(templatesOf(prefix, paths));
  const documents = new WrittenDocuments();
  for (const instance of instances) {
    for (const path of templatesOf(instance.prefix, paths)) {
      if (isPartial(path)) continue;
      const inside = path.slice(instance.prefix.length);
      const name = `${dir.slice(dir.lastIndexOf('/') + 1) || 'chart'}/${instance.shown}${inside}`;
      documents.add(templates.run(path, builtIns(instance, release, name)), {
        name,
        file: fileOf(chart, path),
      });
    }
  }
  const { text } = documents;
  const parsed = parseFile(new TextEncoder().encode(text), { json: false });
  const output = new HelmOutput(dir, release, chart, source);
  const broken = documents.broken(parsed, (file) => source.text(file));
  const unread = documents.unread(dir);
  const isWhole = text !== '' && !closure.some((path) => documents.isUnread(path));
  return {
    resources: output.resources(parsed, text),
    unchecked: [...unread, ...chart.absent.values()],
    without: new Set(chart.absent.keys()),
    // Values may have a say in what was not worked out, and in what nothing came of.
    files: closure.filter((path) => !documents.isUnread(path) && (isWhole || !isValues(path))),
    silent: documents.silent,
    asWritten: true,
    ...(broken ? { broken } : {}),
  };
}

function templatesOf(prefix: string, paths: readonly string[]): string[] {
  return paths.filter((path) => path.startsWith(`${prefix}templates/`));
}

/** Partials (`_helpers.tpl`) write nothing themselves. */
function isPartial(path: string): boolean {
  return /\/_[^/]*$/.test(path);
}

function isValues(path: string): boolean {
  return /(?:^|\/)[^/]*values[^/]*$/.test(path);
}

function fileOf(chart: ChartClosure, path: string): string {
  return chart.placed.get(path) ?? path;
}
