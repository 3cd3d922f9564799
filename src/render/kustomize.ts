import { createHash } from 'node:crypto';
import type { Location } from '../vocabulary.ts';
import { parseFile } from '../yaml/parse.ts';
import { kustomizeClosure, type KustomizeClosure } from './kustomize-closure.ts';
import { KustomizeOrigin, layerOf, type Layer } from './kustomize-origin.ts';
import { relativePath } from './kustomize-path.ts';
import { toResource } from './plain.ts';
import { failure, notStarted, refusal, type Rendered, type Renderer } from './rendered.ts';
import type { Resource } from './resource.ts';
import { SourceFiles } from './source-files.ts';
import { toolMessage } from './tool-message.ts';
import type { Tool } from './tools.ts';
import { gather, withTree, type ReadableFiles, type TreeContents } from './tree.ts';
import { asList, asMap, asText, fieldAt, type Fields } from '../untyped.ts';

/** In the temporary tree: the repository's files, and beside them a kustomization of ours that includes the root. */
const REPOSITORY = 'repo';
const WRAPPER = 'wrapper';

/** Annotations by which kustomize says where an object comes from (4.5 and later). They are taken off again. */
const ORIGIN = 'config.kubernetes.io/origin';
const TRANSFORMATIONS = 'alpha.config.kubernetes.io/transformations';

/**
 * What the real kustomize makes of the kustomization in the directory `root` ('' for the repository's own). Fetches
 * nothing: what includes remote entries, charts or plugins is refused by name before the tool starts. Names of generated
 * ConfigMaps and Secrets carry the hash of their content, as in the cluster.
 */
export async function renderKustomize(
  root: string,
  files: ReadableFiles,
  renderer: Renderer,
): Promise<Rendered> {
  const dir = relativePath('', root === '' ? '.' : root);
  if (dir === undefined) return failure('its directory is outside the repository', []);
  const closure = await kustomizeClosure(dir, files);
  const [first] = closure.refused;
  if (first) {
    const failed = failure(`${first.what}: ${first.why}`, closure.files, first.examples[0]);
    return { ...failed, unchecked: closure.refused };
  }
  const tool = renderer.tools.kustomize;
  if (!tool) return notStarted(renderer.tools.missing.kustomize ?? 'there is no kustomize', closure.files);
  const key = { tool: tool.name, version: tool.version, args: [dir], files: closure.files };
  return renderer.cache.remember(key, files, () => build(dir, closure, files, renderer, tool));
}

async function build(
  dir: string,
  closure: KustomizeClosure,
  files: ReadableFiles,
  { limits, cache, tools: { sandbox } }: Renderer,
  tool: Tool,
): Promise<Rendered> {
  const contents = await gather(new Map(closure.files.map((path) => [path, path])), files, limits);
  if ('refused' in contents) return failure(contents.refused, closure.files);
  const result = await withTree(treeOf(dir, contents), async ({ root, home }) => {
    const options = { cwd: root, home, limits: limits.tool, sandbox };
    const ran = await cache.run([...tool.command, WRAPPER], options);
    if (ran.outcome === 'stopped') return { refused: `kustomize ${ran.why}` };
    return ran.code === 0
      ? ran.stdout
      : { refused: `kustomize: ${complaint(ran.stderr, root)}`, byTool: true };
  });
  if ('refused' in result) {
    const fail = 'byTool' in result ? refusal : failure;
    return fail(result.refused, closure.files, rootLocation(closure));
  }
  const source = new SourceFiles(contents, (path) => files.blob(path));
  return {
    resources: new Reader(dir, closure, source).resources(result),
    unchecked: [],
    files: closure.files,
  };
}

/** Paths as they are in the repository, which stands beside the kustomization that is built. */
function complaint(stderr: string, root: string): string {
  return toolMessage(stderr.replaceAll(`../${REPOSITORY}/`, ''), `${root}/${REPOSITORY}`);
}

function treeOf(dir: string, contents: TreeContents): TreeContents {
  const wrapper = {
    resources: [`../${REPOSITORY}${dir === '' ? '' : `/${dir}`}`],
    buildMetadata: ['originAnnotations', 'transformerAnnotations'],
  };
  return new Map([
    ...[...contents].map(([path, bytes]) => [`${REPOSITORY}/${path}`, bytes] as const),
    [`${WRAPPER}/kustomization.yaml`, new TextEncoder().encode(JSON.stringify(wrapper))],
  ]);
}

function rootLocation({ kustomizations }: KustomizeClosure): Location | undefined {
  const [root] = kustomizations.values();
  return root?.at([]);
}

/** Turns the tool's output into resources that know where they were written. */
class Reader {
  readonly #through: readonly string[];
  readonly #closure: KustomizeClosure;
  readonly #source: SourceFiles;
  readonly #layers = new Map<string, Layer>();

  constructor(dir: string, closure: KustomizeClosure, source: SourceFiles) {
    this.#through = [`kustomize ${dir || '.'}`];
    this.#closure = closure;
    this.#source = source;
  }

  resources(output: Uint8Array): Resource[] {
    return parseFile(output, { json: false }).documents.flatMap(({ value }) => {
      const resource = this.#resource(asMap(value) ?? {});
      return resource ? [resource] : [];
    });
  }

  #resource(annotated: Fields): Resource | undefined {
    const annotations = fieldAt(fieldAt(annotated, 'metadata'), 'annotations');
    const body = withoutOwnAnnotations(annotated);
    const origin = yamlOf(fieldAt(annotations, ORIGIN));
    const layers = this.#applied(yamlOf(fieldAt(annotations, TRANSFORMATIONS)));
    const base = this.#base(pathInRepository(fieldAt(origin, 'path')), body, layers);
    const home = base?.origin.at([]) ?? this.#generator(origin, body);
    const made = { body, base, home, layers, through: this.#through };
    const digest = createHash('sha256')
      .update(JSON.stringify([body, base?.digest ?? home, layers.map((layer) => layer.digest)]))
      .digest('hex');
    return toResource(body, new KustomizeOrigin(made), digest);
  }

  /** The object of the manifest that became `body`, perhaps under a name with prefixes and suffixes. */
  #base(file: string, body: Fields, layers: readonly Layer[]): Resource | undefined {
    if (!this.#source.has(file)) return undefined;
    const alike = this.#source
      .resources(file)
      .filter(({ kind, apiVersion }) => kind === body['kind'] && apiVersion === body['apiVersion']);
    const { name, namespace } = asMap(body['metadata']) ?? {};
    const sameName = alike.filter((resource) => withAffixes(resource.name, layers) === name);
    return sameName.find((resource) => resource.namespace === namespace) ?? sameName[0] ?? alike[0];
  }

  /** The entry of the kustomization that generated an object. */
  #generator(origin: unknown, body: Fields): Location {
    const file =
      pathInRepository(fieldAt(origin, 'configuredIn')) || pathInRepository(fieldAt(origin, 'path'));
    const kustomization = this.#closure.kustomizations.get(file);
    if (!kustomization) return { file, line: 1, column: 1, endLine: 1 };
    const key = body['kind'] === 'Secret' ? 'secretGenerator' : 'configMapGenerator';
    const name = asText(fieldAt(fieldAt(body, 'metadata'), 'name'));
    const entries = asList(fieldAt(kustomization.value, key));
    const index = entries.findIndex((entry) => name.includes(asText(fieldAt(entry, 'name')) || '\0'));
    return kustomization.at(index < 0 ? [] : [key, index]);
  }

  /** Each kustomization once, where it was last at work. */
  #applied(transformations: unknown): Layer[] {
    const files = asList(transformations).map((item) => pathInRepository(fieldAt(item, 'configuredIn')));
    return [...new Set(files.toReversed())].toReversed().flatMap((file) => {
      const kustomization = this.#closure.kustomizations.get(file);
      if (!kustomization) return [];
      const layer = this.#layers.get(file) ?? layerOf(kustomization, this.#source);
      this.#layers.set(file, layer);
      return [layer];
    });
  }
}

/** The name that the layers, innermost first, make of `name`. */
function withAffixes(name: string, layers: readonly Layer[]): string {
  return layers.reduce((inner, { kustomization: { value } }) => {
    return `${asText(fieldAt(value, 'namePrefix'))}${inner}${asText(fieldAt(value, 'nameSuffix'))}`;
  }, name);
}

function pathInRepository(text: unknown): string {
  return relativePath(WRAPPER, asText(text))?.replace(new RegExp(`^${REPOSITORY}/`), '') ?? '';
}

function yamlOf(text: unknown): unknown {
  return parseFile(new TextEncoder().encode(asText(text)), { json: false }).documents[0]?.value;
}

function withoutOwnAnnotations(body: Fields): Fields {
  const metadata = { ...asMap(fieldAt(body, 'metadata')) };
  const annotations = { ...asMap(metadata['annotations']) };
  Reflect.deleteProperty(annotations, ORIGIN);
  Reflect.deleteProperty(annotations, TRANSFORMATIONS);
  if (Object.keys(annotations).length > 0) metadata['annotations'] = annotations;
  else Reflect.deleteProperty(metadata, 'annotations');
  return { ...body, metadata };
}
