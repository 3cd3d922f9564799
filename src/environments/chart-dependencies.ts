import type { Path } from '../vocabulary.ts';
import type { Document } from '../yaml/document.ts';
import { parseText } from '../yaml/parse.ts';
import type { Repository } from '../render/repository.ts';
import type { DeclaredChart, OpaqueSource } from './environment.ts';
import { isOfficialIstioChart } from './istio-charts.ts';
import { locationIn } from './kustomization.ts';
import { baseName, joinPath } from './repository-path.ts';
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
 * `dependencies` of Chart.yaml (or Helm 2's requirements.yaml), with the version that Chart.lock resolved and the values
 * the chart's values.yaml gives them. A dependency whose condition is off by default is left out.
 */
export function chartDependencies(
  dir: string,
  repository: Repository,
  locks: ChartLocks,
  namespaces: readonly string[] | undefined,
): ChartFacts {
  const chart = documentOf(repository, joinPath(dir, 'Chart.yaml'));
  const values = documentOf(repository, joinPath(dir, 'values.yaml'));
  const owner = { dir, values, namespaces };
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
  readonly values: SourceText | undefined;
  readonly namespaces: readonly string[] | undefined;
}

function declaredDependency(
  dependency: unknown,
  path: Path,
  source: SourceText,
  owner: Owner,
): DeclaredChart {
  const text = (key: string): string => scalarText(fieldAt(dependency, key)) ?? '';
  const key = takingPartAs(dependency);
  const { values } = owner;
  return {
    chart: text('name'),
    repository: text('repository'),
    version: text('version'),
    releaseName: baseName(owner.dir) || text('name'),
    namespace: owner.namespaces?.[0] ?? '',
    values: dependencyValues(values?.document.value, key),
    installer: 'helm',
    at: locationIn(source.path, source.document, [...path, text('version') === '' ? 'name' : 'version']),
    valueAt(asked) {
      if (!values) return locationIn(source.path, source.document, path);
      const global = asked[0] === 'global' && valueAt(values.document.value, [key, ...asked]) === undefined;
      return locationIn(values.path, values.document, global ? asked : [key, ...asked]);
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
function isOff(dependency: unknown, values: SourceText | undefined): boolean {
  for (const path of asText(fieldAt(dependency, 'condition')).split(',')) {
    const value = path.trim() === '' ? undefined : valueAt(values?.document.value, path.trim().split('.'));
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
    values: asMap(owner.values?.document.value) ?? {},
    installer: 'helm',
    at: locationIn(chart.path, chart.document, [app === undefined ? 'version' : 'appVersion']),
    valueAt(asked) {
      const { values } = owner;
      return values
        ? locationIn(values.path, values.document, asked)
        : locationIn(chart.path, chart.document, []);
    },
  };
}

function documentOf(repository: Repository, path: string): SourceText | undefined {
  const document = repository.files
    .get(path)
    ?.parsed.documents.find(({ value }) => asMap(value) !== undefined);
  return document && { path, document };
}
