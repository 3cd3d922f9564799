import { parseFile } from '../yaml/parse.ts';
import { chartClosure, type ChartClosure } from './helm-closure.ts';
import { HelmOutput } from './helm-output.ts';
import { argumentsOf, identity, wrongArgument, type HelmRelease } from './helm-release.ts';
import { relativePath } from './kustomize-path.ts';
import { byText, failure, notStarted, refusal, type Rendered, type Renderer } from './rendered.ts';
import { SourceFiles } from './source-files.ts';
import { toolMessage } from './tool-message.ts';
import type { Tool } from './tools.ts';
import { gather, withTree, type ReadableFiles, type TreeContents } from './tree.ts';
import { asList, asMap, asText, fieldAt } from '../untyped.ts';

export { ISTIO_API_VERSIONS, type HelmRelease } from './helm-release.ts';

/** In the temporary tree: the chart under a name of ours, and the values files by number. */
const CHART = 'chart';

/**
 * What the real `helm template` makes of a release, hooks included, without tests and notes. Fetches nothing: a dependency
 * that is neither vendored nor in the repository is left out, and named. Templates that use `randAlphaNum`, `now` or
 * `uuidv4` give other values each time; equal input is rendered once, so they differ only where the input did.
 */
export async function renderHelm(
  release: HelmRelease,
  files: ReadableFiles,
  renderer: Renderer,
): Promise<Rendered> {
  const dir = relativePath('', release.path === '' ? '.' : release.path);
  if (dir === undefined) return failure('its directory is outside the repository', []);
  const wrong = wrongArgument(release);
  if (wrong !== undefined) return failure(wrong, []);
  const listed = new Set(files.list());
  const missing = release.valuesFiles.find((path) => !listed.has(path));
  const chart = withValuesOf(release, await chartClosure(dir, files));
  const closure = [...new Set([...chart.placed.values(), ...release.valuesFiles])].filter((path) =>
    listed.has(path),
  );
  closure.sort(byText);
  if (missing !== undefined) return failure(`values file ${missing}: it is not in the repository`, closure);
  const refused =
    chart.refused.length > 0 || hasTemplates(chart) ? chart.refused : [...chart.absent.values()];
  const [first] = refused;
  if (first) {
    return { ...failure(`${first.what}: ${first.why}`, closure, first.examples[0]), unchecked: refused };
  }
  if (chart.library) return { resources: [], unchecked: [], files: closure };
  const tool = renderer.tools.helm;
  if (!tool) return notStarted(renderer.tools.missing.helm ?? 'there is no helm', closure);
  const key = { tool: tool.name, version: tool.version, args: [dir, ...identity(release)], files: closure };
  return renderer.cache.remember(key, files, () =>
    template(dir, release, chart, closure, files, renderer, tool),
  );
}

async function template(
  dir: string,
  release: HelmRelease,
  chart: ChartClosure,
  closure: readonly string[],
  files: ReadableFiles,
  { limits, cache, tools: { sandbox } }: Renderer,
  tool: Tool,
): Promise<Rendered> {
  const contents = await gather(new Map(closure.map((path) => [path, path])), files, limits);
  if ('refused' in contents) return failure(contents.refused, closure);
  const source = new SourceFiles(contents, (path) => files.blob(path));
  const output = new HelmOutput(dir, release, chart, source);
  const values = valuesIn(release, contents);
  const tree = new Map([...chartIn(chart, contents), ...values]);
  const result = await withTree(tree, async ({ root, home }): Promise<Buffer | Rendered> => {
    const command = [...tool.command, ...argumentsOf(release, CHART, values.keys())];
    const ran = await cache.run(command, { cwd: root, home, limits: limits.tool, sandbox });
    if (ran.outcome === 'stopped') return failure(`helm ${ran.why}`, closure, output.chartFile);
    if (ran.code === 0) return ran.stdout;
    const message = toolMessage(ran.stderr, root);
    return refusal(`helm: ${message}`, closure, output.placeIn(message) ?? output.chartFile);
  });
  if ('refused' in result) return failure(result.refused, closure);
  if (!Buffer.isBuffer(result)) return result;
  const parsed = parseFile(result, { json: false });
  return {
    resources: output.resources(parsed, result.toString()),
    unchecked: [...chart.absent.values()],
    without: new Set(chart.absent.keys()),
    files: closure,
  };
}

function withValuesOf({ withoutOwnValues }: HelmRelease, chart: ChartClosure): ChartClosure {
  if (withoutOwnValues !== true) return chart;
  return { ...chart, placed: new Map([...chart.placed].filter(([path]) => path !== 'values.yaml')) };
}

/** Without any, what is left of a chart whose dependencies are elsewhere is nothing to start Helm for. */
function hasTemplates({ placed }: ChartClosure): boolean {
  return [...placed.keys()].some((path) => /(?:^|\/)(?:templates|crds)\/|\.tgz$/.test(path));
}

function chartIn({ placed, absent }: ChartClosure, contents: TreeContents): [string, Uint8Array][] {
  return [...placed].map(([path, from]) => {
    const bytes = contents.get(from) ?? new Uint8Array();
    const asks = absent.size > 0 && /(?:^|\/)(?:Chart|requirements)\.yaml$/.test(path);
    return [`${CHART}/${path}`, asks ? withoutDependencies(bytes, absent) : bytes];
  });
}

/** Helm refuses a chart while one that it depends on is missing. */
function withoutDependencies(bytes: Uint8Array, absent: ReadonlyMap<string, unknown>): Uint8Array {
  const value = asMap(parseFile(bytes, { json: false }).documents[0]?.value);
  if (!value) return bytes;
  const kept = asList(fieldAt(value, 'dependencies')).filter(
    (entry) => !absent.has(asText(fieldAt(entry, 'name'))),
  );
  return new TextEncoder().encode(JSON.stringify({ ...value, dependencies: kept }));
}

/** Under names of ours: Helm reads a comma in a name as the end of it, and an address as something to fetch. */
function valuesIn({ valuesFiles, values }: HelmRelease, contents: TreeContents): TreeContents {
  const given = valuesFiles.map((path) => contents.get(path) ?? new Uint8Array());
  if (values !== undefined) given.push(new TextEncoder().encode(JSON.stringify(values)));
  return new Map(given.map((bytes, index) => [`values-${index}.yaml`, bytes]));
}
