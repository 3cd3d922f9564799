import type { Change, Finding, Unchecked } from './vocabulary.ts';
import type { Settings } from './config/settings.ts';
import type { Environment } from './environments/environment.ts';
import type { Mesh } from './mesh/mesh.ts';
import type { EnvironmentReview } from './report/review.ts';
import type { Repository } from './render/repository.ts';
import { dataPlaneOf } from './mesh/data-plane.ts';
import { CHANGE_RULES, FLEET_RULES, RULES } from './rules/registry.ts';
import { readingOf } from './rules/upgrade/hazards/reading.ts';
import type { OtherMember } from './rules/fleet-rule.ts';
import { runChangeRules, runFleetRules, runRules } from './rules/run.ts';
import { underAssumptions } from './compare/assumed-values.ts';
import { headOf, modelled, modelledLater, type EnvironmentPair } from './compare/environment-pairs.ts';
import { byImportance, compareFindings } from './compare/findings.ts';
import { ReviewMemory } from './compare/review-memory.ts';
import { meshChanges } from './compare/mesh-changes.ts';
import { planOf } from './plan/plan.ts';
import { pictureOf } from './report/mermaid.ts';

/**
 * One environment: model both sides, check both, take the difference, and say where it stands in an upgrade.
 * `files` are those of head, for the plan's edits.
 */
export async function reviewEnvironment(
  pair: EnvironmentPair,
  all: readonly EnvironmentPair[],
  settings: Settings,
  files: Pick<Repository, 'has' | 'text'>,
  memory: ReviewMemory = new ReviewMemory(),
): Promise<EnvironmentReview> {
  const [base, headSide] = [pair.base, headOf(pair)];
  const recalled = base ? memory.recall(pair.name, { base, head: headSide }, settings) : {};
  const { name, before, after, changed } = modelled(pair, settings, recalled.mesh);
  if (base === undefined || before === undefined) {
    const { findings, unchecked } = runRules(after, RULES, settings);
    return describe(headSide, after, compareFindings([], findings), [], unchecked);
  }
  const baseResult = runRules(before, RULES, settings, recalled);
  memory.keep(name, { base, head: headSide, mesh: before, results: baseResult }, settings);
  const headResult = runRules(after, RULES, settings, { known: { results: baseResult, changed } });
  const stepResult = runChangeRules(before, after, CHANGE_RULES, settings);
  const others = all.filter((other) => other !== pair).map((other) => modelledLater(other, settings));
  const fleetResult = runFleetRules({ name, before, after }, others, FLEET_RULES, settings);
  const findings = [
    ...compareFindings(baseResult.findings, headResult.findings),
    ...stepResult.findings,
    ...fleetResult.findings,
  ].sort(byImportance);
  const unchecked = [...headResult.unchecked, ...stepResult.unchecked, ...fleetResult.unchecked];
  const textOf = async (file: string) => (files.has(file) ? files.text(file) : undefined);
  const reading = readingOf(before, after);
  const picture = pictureOf(before, after);
  return {
    ...describe(headSide, after, findings, meshChanges(before, after), unchecked),
    ...(await planOf(before, after, settings, textOf)),
    ...(picture !== undefined && { picture }),
    ...(reading.length > 0 && { reading }),
  };
}

/** One environment alone, and beside the others. */
export function analyzeEnvironment(
  environment: Environment,
  mesh: Mesh,
  others: readonly OtherMember[],
  settings: Settings,
): EnvironmentReview {
  const own = runRules(mesh, RULES, settings);
  const { name } = environment;
  const member = { name, before: undefined, after: mesh };
  const beside = runFleetRules(member, others, FLEET_RULES, settings, { comparesNothing: true });
  const findings = [...own.findings, ...beside.findings].sort(byImportance);
  return describe(environment, mesh, findings, [], [...own.unchecked, ...beside.unchecked]);
}

function describe(
  environment: Environment,
  mesh: Mesh,
  findings: readonly Finding[],
  changes: readonly Change[],
  unchecked: readonly Unchecked[],
): EnvironmentReview {
  const { name, roots, because } = environment;
  const dataPlane = dataPlaneOf(mesh);
  return {
    name,
    roots,
    because,
    controlPlanes: mesh.controlPlanes,
    components: mesh.components,
    tags: mesh.tags,
    changes,
    findings: underAssumptions(findings, environment, mesh).sort(byImportance),
    unchecked: [...environment.unchecked, ...unchecked],
    resources: environment.resources.length,
    ...(dataPlane.length > 0 && { dataPlane }),
  };
}
