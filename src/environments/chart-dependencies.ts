import type { Path } from '../vocabulary.ts';
import type { Document } from '../yaml/document.ts';
import { parseText } from '../yaml/parse.ts';
import type { Repository } from '../render/repository.ts';
import type { DeployedChart } from './deployed-chart.ts';
import type { DeclaredChart, OpaqueSource } from './environment.ts';
import { isOfficialIstioChart } from './istio-charts.ts';
import { locationIn } from './kustomization.ts';
import { baseName, joinPath } from './repository-path.ts';
import { mergedValues, placeOfValue, valuesFile, type ValuesLayer } from './values-layers.ts';
import { asList, asMap, asText, fieldAt, scalarText, valueAt, type Fields } from '../untyped.ts';

/** The charts a chart brings in, and whether it is itself one of Istio's, kept in the repository. */
export interface ChartFacts {
  readonly charts: readonly DeclaredChart[];
  readonly dependencies: readonly ChartDependency[];
  readonly official: boolean;
}

/** A chart that takes part in another one. */
export interface ChartDependency {
  readonly name: string;
  /** Its alias, or its name where it has none: what its values stand under. */
  readonly as: string;
  /** One of Istio's own, which its values tell all about. */
  readonly isIstio: boolean;
  /** What it is while nobody renders it. */
  readonly unseen: OpaqueSource;
}

interface SourceText {
  readonly path: string;
  readonly document: Document;
}

/**
 * `dependencies` of Chart.yaml (or Helm 2's requirements.yaml), with the version that Chart.lock resolved and the values that
 * the chart's values.yaml and whoever deploys it give them. A dependency whose condition is off is left out.
 */
export function chartDependencies(
  dir: string,
  repository: Repository,
  locks: ChartLocks,
  namespaces: readonly string[] | undefined,
  deployed?: DeployedChart,
): ChartFacts {
  const chart = documentOf(repository, joinPath(dir, 'Chart.yaml'));
  const layers = valuesLayers(dir, repository, deployed);
  const values = mergedValues(layers);
  const release = deployed?.release;
  const unseen = release?.valuesFiles.some((path) => !repository.files.has(path)) === true;
  const valuesElsewhere = unseen || deployed?.doubt !== undefined;
  const owner = { dir, layers, values, valuesElsewhere, namespaces, release };
  const charts: DeclaredChart[] = [];
  const dependencies: ChartDependency[] = [];
  for (const source of [chart, documentOf(repository, joinPath(dir, 'requirements.yaml'))]) {
    if (!source) continue;
    asList(fieldAt(source.document.value, 'dependencies')).forEach((dependency, index) => {
      if (isOff(dependency, values)) return;
      const declared = declaredDependency(dependency, ['dependencies', index], source, owner);
      const { chart: name, at } = declared;
      charts.push(withLock(declared, dir, locks));
      dependencies.push({
        name,
        as: takingPartAs(dependency),
        isIstio: isOfficialIstioChart({ name, repository: declared.repository }),
        unseen: { what: `chart ${name} in ${source.path}`, namespaces, at },
      });
    });
  }
  const own = chart && vendored(chart, owner);
  return { charts: own ? [...charts, own] : charts, dependencies, official: own !== undefined };
}

interface Owner {
  readonly dir: string;
  /** The chart's own values.yaml, then what it is deployed with. */
  readonly layers: readonly ValuesLayer[];
  /** All of them merged. */
  readonly values: Fields;
  /** Some of what it is deployed with is not here. */
  readonly valuesElsewhere: boolean;
  readonly namespaces: readonly string[] | undefined;
  readonly release: DeployedChart['release'] | undefined;
}

function valuesLayers(
  dir: string,
  repository: Repository,
  deployed: DeployedChart | undefined,
): ValuesLayer[] {
  const release = deployed?.release;
  const own = release?.withoutOwnValues === true ? [] : [joinPath(dir, 'values.yaml')];
  const files = [...own, ...(release?.valuesFiles ?? [])].flatMap((path): ValuesLayer[] =>
    [valuesFile(path, repository)].filter((layer) => layer !== undefined),
  );
  const { values, valuesAt } = release ?? {};
  return values && valuesAt ? [...files, { values, at: valuesAt }] : files;
}

/** A release that nobody names is called after the chart's directory. */
function releaseNameOf({ dir, release }: Owner): string {
  return release && release.isNameGuessed !== true ? release.releaseName : baseName(dir);
}

function declaredDependency(
  dependency: unknown,
  path: Path,
  source: SourceText,
  owner: Owner,
): DeclaredChart {
  const text = (key: string): string => scalarText(fieldAt(dependency, key)) ?? '';
  const key = takingPartAs(dependency);
  return {
    chart: text('name'),
    repository: text('repository'),
    version: text('version'),
    releaseName: releaseNameOf(owner) || text('name'),
    namespace: owner.namespaces?.[0] ?? '',
    values: dependencyValues(owner.values, key),
    installer: 'helm',
    ...(owner.valuesElsewhere ? { valuesElsewhere: true } : {}),
    at: locationIn(source.path, source.document, [...path, text('version') === '' ? 'name' : 'version']),
    valueAt(asked) {
      const { layers } = owner;
      const place =
        placeOfValue(layers, [key, ...asked]) ??
        (asked[0] === 'global' ? placeOfValue(layers, asked) : undefined);
      // What nobody writes would stand with the rest of the dependency's values.
      const near = layers.findLast(({ values }) => fieldAt(values, key) !== undefined) ?? layers[0];
      return place ?? near?.at([key, ...asked]) ?? locationIn(source.path, source.document, path);
    },
  };
}

function takingPartAs(dependency: unknown): string {
  return scalarText(fieldAt(dependency, 'alias')) ?? scalarText(fieldAt(dependency, 'name')) ?? '';
}

/** A subchart sees what stands under its name or alias, and the parent's `global`. */
function dependencyValues(values: unknown, key: string): Fields {
  const own = asMap(fieldAt(values, key)) ?? {};
  const global = asMap(fieldAt(values, 'global'));
  return global ? { ...own, global: { ...global, ...asMap(fieldAt(own, 'global')) } } : own;
}

/** `condition` is a comma-separated list of values paths; the first that exists decides. */
function isOff(dependency: unknown, values: Fields): boolean {
  for (const path of asText(fieldAt(dependency, 'condition')).split(',')) {
    const value = path.trim() === '' ? undefined : valueAt(values, path.trim().split('.'));
    if (typeof value === 'boolean') return !value;
  }
  return false;
}

/** Chart.lock files, parsed, by path. */
export type ChartLocks = ReadonlyMap<string, Document>;

/** Helm 3's and Helm 2's names. */
const LOCK_NAMES = ['Chart.lock', 'requirements.lock'];

/** Reads the lock files of these chart directories; they are YAML under another name. */
export async function readLocks(repository: Repository, dirs: Iterable<string>): Promise<ChartLocks> {
  const locks = new Map<string, Document>();
  for (const dir of dirs) {
    for (const path of LOCK_NAMES.map((name) => joinPath(dir, name))) {
      const text = repository.has(path) ? await repository.text(path) : undefined;
      const document = text === undefined ? undefined : parseText(text).documents[0];
      if (document) locks.set(path, document);
    }
  }
  return locks;
}

/** The version a range was resolved to. An exact version needs no lock. */
function withLock(chart: DeclaredChart, dir: string, locks: ChartLocks): DeclaredChart {
  if (/^v?\d+\.\d+\.\d+[\w.+-]*$/.test(chart.version)) return chart;
  for (const path of LOCK_NAMES.map((name) => joinPath(dir, name))) {
    const lock = locks.get(path);
    const entries = asList(fieldAt(lock?.value, 'dependencies'));
    const index = entries.findIndex((entry) => fieldAt(entry, 'name') === chart.chart);
    const version = scalarText(fieldAt(entries[index], 'version'));
    if (lock && version !== undefined) {
      return { ...chart, version, at: locationIn(path, lock, ['dependencies', index, 'version']) };
    }
  }
  return chart;
}

const OWN_REPOSITORY = /istio/i;

/** One of Istio's charts copied into the repository: named like one, and its sources or keywords say Istio. */
function vendored(chart: SourceText, owner: Owner): DeclaredChart | undefined {
  const { value } = chart.document;
  const name = asText(fieldAt(value, 'name'));
  const hints = [
    ...asList(fieldAt(value, 'sources')),
    ...asList(fieldAt(value, 'keywords')),
    fieldAt(value, 'description'),
  ];
  const saysIstio = hints.some((hint) => OWN_REPOSITORY.test(asText(hint)));
  if (!isOfficialIstioChart({ name, repository: saysIstio ? 'istio' : '' }) || !saysIstio) return undefined;
  const app = scalarText(fieldAt(value, 'appVersion'));
  return {
    chart: name,
    repository: owner.dir,
    version: app ?? scalarText(fieldAt(value, 'version')) ?? '',
    releaseName: name,
    namespace: owner.namespaces?.[0] ?? '',
    values: owner.values,
    installer: 'helm',
    ...(owner.valuesElsewhere ? { valuesElsewhere: true } : {}),
    at: locationIn(chart.path, chart.document, [app === undefined ? 'version' : 'appVersion']),
    valueAt(asked) {
      const { layers } = owner;
      const place = placeOfValue(layers, asked) ?? layers[0]?.at(asked);
      return place ?? locationIn(chart.path, chart.document, []);
    },
  };
}

function documentOf(repository: Repository, path: string): SourceText | undefined {
  const document = repository.files
    .get(path)
    ?.parsed.documents.find(({ value }) => asMap(value) !== undefined);
  return document && { path, document };
}
