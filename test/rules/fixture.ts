import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { DEFAULT_SETTINGS, type Settings } from '../../src/config/settings.ts';
import type { DeclaredChart, Environment } from '../../src/environments/environment.ts';
import { itemOf } from '../../src/environments/kustomize-item.ts';
import { TwinFinder } from '../../src/environments/twins.ts';
import { buildMesh } from '../../src/mesh/build.ts';
import type { Mesh } from '../../src/mesh/mesh.ts';
import { resourcesOf } from '../../src/render/plain.ts';
import type { Resource } from '../../src/render/resource.ts';
import { CHANGE_RULES, FLEET_RULES, ruleById } from '../../src/rules/registry.ts';
import type { OtherMember } from '../../src/rules/fleet-rule.ts';
import type { Input } from '../../src/rules/rule.ts';
import { runChangeRules, runFleetRules, runRules, type RuleResults } from '../../src/rules/run.ts';
import { parseFile } from '../../src/yaml/parse.ts';
import { trackedMesh } from './tracked-mesh.ts';

/** A YAML file that says in comments what is expected of it. */
export interface Fixture {
  /** The rule it is about: the name of its folder, with `/` for `__`. */
  readonly rule: string;
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

const FOLDER = dirname(fileURLToPath(import.meta.url));

export function allFixtures(): Fixture[] {
  return readdirSync(FOLDER, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((folder) =>
      readdirSync(join(FOLDER, folder.name))
        .filter((name) => name.endsWith('.yaml') && !name.startsWith('base-'))
        .map((name) => fixture(folder.name, name)),
    );
}

function fixture(folder: string, name: string): Fixture {
  const path = join(FOLDER, folder, name);
  return { rule: folder.replace('__', '/'), name, path, text: readFileSync(path, 'utf8') };
}

/** A header option: `# world: closed` among the leading comments. */
function option(text: string, name: string): string | undefined {
  const header = /^(?:#.*\n)*/.exec(text)?.[0] ?? '';
  return new RegExp(`^# ${name}: (.*)$`, 'm').exec(header)?.[1]?.trim();
}

/** Options: `world`, `namespace`, `today`, `externals` (comma list), `mesh-config` (YAML in flow style). */
export function settingsOf(text: string): Settings {
  const meshConfig = option(text, 'mesh-config');
  return {
    ...DEFAULT_SETTINGS,
    world: option(text, 'world') === 'closed' ? 'closed' : 'open',
    namespace: option(text, 'namespace') ?? '',
    externals: option(text, 'externals')?.split(',') ?? [],
    today: option(text, 'today') ?? DEFAULT_SETTINGS.today,
    meshConfig: meshConfig === undefined ? undefined : (load(meshConfig) as Record<string, unknown>),
  };
}

export function environmentOf(text: string, file: string): Environment {
  const parsed = parseFile(new TextEncoder().encode(text), { json: false });
  const resources = [...resourcesOf(parsed, file)];
  return {
    name: option(text, 'environment') ?? 'default',
    roots: ['.'],
    because: 'a test',
    resources,
    files: new Set([file]),
    problems: parsed.problems.map((problem) => ({ path: file, problem })),
    charts: chartsOf(text, file),
    opaque: [],
    unchecked: [],
    // `# live: true`: every object of every kind that a cluster holds.
    ...(option(text, 'live') === 'true' && { holdsAll: () => true }),
    ...kustomized(text, resources),
    ...buildsOf(text, file),
  };
}

/** `# builds: chart charts/shop`, or `# refused: chart charts/shop`: what a tool was started for, told on the first line below. */
function buildsOf(text: string, file: string): Pick<Environment, 'builds'> {
  const built = option(text, 'builds');
  if (built !== undefined) return { builds: [{ what: built }] };
  const what = option(text, 'refused');
  if (what === undefined) return {};
  const line = (/^(?:#.*\n)*/.exec(text)?.[0] ?? '').split('\n').length;
  const at = { file, line, column: 1, endLine: line };
  return { builds: [{ what, refused: { why: 'the tool says no', at } }] };
}

/** `# kustomize: DIR`: the documents are what one kustomization gathers. */
function kustomized(text: string, resources: readonly Resource[]): Pick<Environment, 'twins'> {
  const dir = option(text, 'kustomize');
  if (dir === undefined) return {};
  const finder = new TwinFinder(`kustomize ${dir}`, []);
  finder.add(resources.map(itemOf));
  return { twins: finder.found };
}

/** `# chart: gateway istio-gateway 1.30.0`: a Helm release of one of Istio's charts, by name, release and version. */
function chartsOf(text: string, file: string): DeclaredChart[] {
  const [chart, releaseName, version] = (option(text, 'chart') ?? '').split(' ');
  if (!chart || !releaseName || !version) return [];
  const at = { file, line: 1, column: 1, endLine: 1 };
  const repository = 'https://istio-release.storage.googleapis.com/charts';
  const frame = { namespace: 'istio-system', values: {}, installer: 'helm', at, valueAt: () => at } as const;
  return [{ chart, releaseName, version, repository, ...frame }];
}

/** The meshes of a fixture; `# base: base-x.yaml`, or `before`, is the state before the change. Without either it is the same. */
export function meshOf(
  { path, text }: Pick<Fixture, 'path' | 'text'>,
  before?: string,
): { mesh: Mesh; base: Mesh; settings: Settings } {
  const settings = settingsOf(text);
  const baseName = option(text, 'base');
  const baseText = baseName === undefined ? before : readFileSync(join(dirname(path), baseName), 'utf8');
  const base = baseText === undefined ? undefined : environmentOf(baseText, basename(path));
  const head = environmentOf(text, basename(path));
  return {
    mesh: buildMesh(head, settings, base),
    base: buildMesh(base ?? head, settings, head, 'base'),
    settings,
  };
}

/** What a rule of any sort finds, and what it read to find it. `# beside: base-x.yaml`, or `beside`, is another environment. */
export function runRuleOf(
  id: string,
  fixture: Pick<Fixture, 'path' | 'text'>,
  before?: string,
  beside?: string,
): RuleRun {
  const { mesh, base, settings } = meshOf(fixture, before);
  const [after, earlier] = [trackedMesh(mesh), trackedMesh(base)];
  const rule = ruleById(id);
  const changeRules = CHANGE_RULES.filter((one) => one.id === id);
  const fleetRules = FLEET_RULES.filter((one) => one.id === id);
  if (!rule && changeRules.length + fleetRules.length === 0) throw new Error(`no rule ${id}`);
  const member = { name: mesh.environment, before: earlier.mesh, after: after.mesh };
  const results = rule
    ? runRules(after.mesh, [rule], settings, { strict: true })
    : fleetRules.length > 0
      ? runFleetRules(member, othersOf(fixture, beside), fleetRules, settings, { strict: true })
      : runChangeRules(earlier.mesh, after.mesh, changeRules, settings, { strict: true });
  return { ...results, read: new Set([...after.read, ...earlier.read]) };
}

function othersOf({ path, text }: Pick<Fixture, 'path' | 'text'>, beside: string | undefined): OtherMember[] {
  const name = option(text, 'beside');
  const other = name === undefined ? beside : readFileSync(join(dirname(path), name), 'utf8');
  if (other === undefined) return [];
  const { mesh, base } = meshOf({ path: join(dirname(path), name ?? 'beside.yaml'), text: other });
  return [{ name: mesh.environment, member: () => ({ name: mesh.environment, before: base, after: mesh }) }];
}

export interface RuleRun extends RuleResults {
  readonly read: ReadonlySet<Input>;
}

/** The lines (from 1) that a mark says a finding is on, once per finding: at the end of the line, or on the line above. */
export function expectedLines(text: string, rule: string): number[] {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const mark = /#\s*expect\s+(.*)$/.exec(line);
    const count = (mark?.[1] ?? '').split(/[\s,]+/).filter((word) => word === rule).length;
    const own = /^\s*#/.test(line);
    const at = own ? lines.findIndex((next, below) => below > index && !/^\s*#/.test(next)) + 1 : index + 1;
    return Array.from({ length: count }, () => at);
  });
}
