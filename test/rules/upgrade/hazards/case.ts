import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dump, load } from 'js-yaml';
import type { Hazard } from '../../../../src/facts/hazards/hazard.ts';
import { DEFAULT_SETTINGS } from '../../../../src/config/settings.ts';
import { parseIstioVersion } from '../../../../src/facts/versions.ts';
import type { Environment } from '../../../../src/environments/environment.ts';
import { buildMesh } from '../../../../src/mesh/build.ts';
import type { Mesh } from '../../../../src/mesh/mesh.ts';
import { exposureOf } from '../../../../src/rules/upgrade/hazards/exposure.ts';
import { stepsBetween } from '../../../../src/rules/upgrade/hazards/steps.ts';
import { HAZARD_CHANGE_RULES, HAZARD_RULES } from '../../../../src/rules/upgrade/hazards/rules.ts';
import { runChangeRules, runRules } from '../../../../src/rules/run.ts';
import type { Input } from '../../../../src/rules/rule.ts';
import type { Finding } from '../../../../src/vocabulary.ts';
import { environmentOf } from '../../fixture.ts';
import { trackedMesh } from '../../tracked-mesh.ts';
import { objectsOf, type Written } from './objects.ts';

/** A small repository around one hazard: what is installed with which values, and the objects beside it. */
export interface Case {
  /** Values of the istiod chart. `env`, `proxyMetadata` and `meshConfig` are short for their places in them. */
  readonly values?: Record<string, unknown>;
  readonly env?: Record<string, string>;
  readonly proxyMetadata?: Record<string, string>;
  readonly meshConfig?: Record<string, unknown>;
  /** Values of further charts, installed at the same version: `cni`, `ztunnel`, `base`, `gateway`. */
  readonly charts?: Record<string, Record<string, unknown>>;
  /** The spec of an IstioOperator, instead of charts. */
  readonly operator?: Record<string, unknown>;
  readonly objects?: readonly Written[];
  /** Lines of a script. */
  readonly scripts?: readonly string[];
  /** The releases, when they are not those around the hazard. */
  readonly from?: string;
  readonly to?: string;
}

/** What the fixtures say of one hazard. */
export interface HazardCases {
  /** Each fires. */
  readonly hit?: Case | readonly Case[];
  /** Each is a near miss: silent. */
  readonly miss?: Case | readonly Case[];
  /** A hit with the way back on top: silent. */
  readonly spared?: Case | readonly Case[];
  /** A hit with the advice followed: silent. */
  readonly mended?: Case | readonly Case[];
}

const SETTINGS = { ...DEFAULT_SETTINGS, today: '2026-11-01' };

const FOLDER = dirname(fileURLToPath(import.meta.url));

/** The cases of every file of this folder, by hazard. */
export function allCases(): ReadonlyMap<string, HazardCases> {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));
  const byHazard = new Map<string, HazardCases>();
  for (const name of files.sort()) {
    const content = load(readFileSync(join(FOLDER, name), 'utf8')) as Record<string, HazardCases>;
    for (const [id, more] of Object.entries(content)) {
      const known = byHazard.get(id);
      byHazard.set(id, known ? both(known, more) : more);
    }
  }
  return byHazard;
}

/** `spellings.yaml` has more cases of hazards that have theirs in the file of their minor. */
function both(one: HazardCases, other: HazardCases): HazardCases {
  const parts = ['hit', 'miss', 'spared', 'mended'] as const;
  const joined = parts.map((part) => [part, [...listOf(one[part]), ...listOf(other[part])]] as const);
  return Object.fromEntries(joined.filter(([, list]) => list.length > 0));
}

export function listOf(cases: Case | readonly Case[] | undefined): readonly Case[] {
  if (cases === undefined) return [];
  return Array.isArray(cases) ? (cases as readonly Case[]) : [cases as Case];
}

/** The releases around a hazard: the minor before the first that carries it, and the last line that does. */
export function versionsAround({ from = [], within = [], version }: Hazard): { from: string; to: string } {
  const first = from[0] ?? within[0]?.[0] ?? `${version}.0`;
  const minor = parseIstioVersion(first)?.minor ?? 0;
  return { from: `1.${minor - 1}.0`, to: from.at(-1) ?? first };
}

/** What the rule of the hazard says about a case, and what of the meshes it read. */
export function runOf(
  hazard: Hazard,
  one: Case,
): { readonly findings: readonly Finding[]; readonly read: ReadonlySet<Input> } {
  const id = `upgrade/${hazard.id}`;
  const around = versionsAround(hazard);
  const standing = HAZARD_RULES.filter((rule) => rule.id === id);
  const needed = hazard.needed === true ? around.from : around.to;
  const to = one.to ?? (standing.length > 0 ? needed : around.to);
  if (standing.length > 0) {
    const { mesh, read } = trackedMesh(buildMesh(repositoryOf(one, to), SETTINGS));
    return { findings: runRules(mesh, standing, SETTINGS, { strict: true }).findings, read };
  }
  const [before, after] = meshesOf(hazard, one).map(trackedMesh);
  if (!before || !after) throw new Error('two meshes');
  const rules = HAZARD_CHANGE_RULES.filter((rule) => rule.id === id);
  const { findings } = runChangeRules(before.mesh, after.mesh, rules, SETTINGS, { strict: true });
  return { findings, read: new Set([...before.read, ...after.read]) };
}

/** What keeps the hazard from hitting a case that it would hit. */
export function sparingOf(hazard: Hazard, one: Case): readonly string[] {
  const [before, after] = meshesOf(hazard, one);
  return exposureOf(hazard, after, stepsBetween(before, after))?.sparedBy ?? [];
}

function meshesOf(hazard: Hazard, one: Case): readonly [before: Mesh, after: Mesh] {
  const around = versionsAround(hazard);
  const before = repositoryOf(one, one.from ?? around.from);
  const after = repositoryOf(one, one.to ?? around.to);
  return [buildMesh(before, SETTINGS, after, 'base'), buildMesh(after, SETTINGS, before)];
}

function repositoryOf(one: Case, version: string): Environment {
  const lines = one.scripts ?? [];
  const scripts = lines.map((text, index) => {
    const line = index + 1;
    return { text, at: { file: 'ci.sh', line, column: 1, endLine: line } };
  });
  return { ...environmentOf(textOf(one, version), 'fixture.yaml'), scripts };
}

function textOf(one: Case, version: string): string {
  const installed = one.operator ? [operatorOf(one, version)] : chartsOf(one, version);
  return [...installed, ...objectsOf(one.objects ?? [])].map((object) => dump(object)).join('---\n');
}

function operatorOf({ operator }: Case, tag: string): Record<string, unknown> {
  const metadata = { name: 'istio', namespace: 'istio-system' };
  return {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    metadata,
    spec: { tag, ...operator },
  };
}

function chartsOf(one: Case, version: string): Record<string, unknown>[] {
  const { values = {}, env, proxyMetadata, meshConfig, charts = {} } = one;
  const config = {
    ...(values['meshConfig'] as Record<string, unknown> | undefined),
    ...meshConfig,
    ...(proxyMetadata && {
      defaultConfig: { ...(meshConfig?.['defaultConfig'] as object | undefined), proxyMetadata },
    }),
  };
  const istiod = {
    ...values,
    ...(env && { pilot: { ...(values['pilot'] as object | undefined), env } }),
    ...(Object.keys(config).length > 0 && { meshConfig: config }),
  };
  const releases = Object.entries({ istiod, ...charts });
  return [REPOSITORY, ...releases.map(([chart, own]) => releaseOf(chart, version, own))];
}

/** Where Istio publishes its charts: from there every version counts as one of Istio's. */
const REPOSITORY = {
  apiVersion: 'source.toolkit.fluxcd.io/v1',
  kind: 'HelmRepository',
  metadata: { name: 'istio', namespace: 'flux-system' },
  spec: { url: 'https://blob.istio.io/istio-release/charts' },
};

function releaseOf(chart: string, version: string, values: Record<string, unknown>): Record<string, unknown> {
  const { namespace = 'istio-system', release = chart, ...rest } = values;
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: release, namespace },
    spec: {
      chart: {
        spec: {
          ...{ chart, version },
          sourceRef: { kind: 'HelmRepository', name: 'istio', namespace: 'flux-system' },
        },
      },
      values: rest,
    },
  };
}
