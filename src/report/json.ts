import { formatVersion } from '../facts/versions.ts';
import type { ControlPlane, MeshComponent, RevisionTag } from '../mesh/mesh.ts';
import type {
  BlastRadius,
  Change,
  Evidence,
  Finding,
  Fix,
  Location,
  Plan,
  PlanStep,
  Reading,
  Unchecked,
} from '../vocabulary.ts';
import type { VersionBump } from '../compare/version-bump.ts';
import { jsonText } from './escape.ts';
import type { EnvironmentReview, Review } from './review.ts';

/**
 * The whole review for machines, described by `schema/review.schema.json`. Keys come in a fixed order and nothing is
 * left out, so equal reviews give equal bytes.
 */
export function toJson(review: Review): string {
  return jsonText(reviewValue(review));
}

/** What `toJson` writes, as plain data. */
export function reviewValue(review: Review): Record<string, unknown> {
  const { version, tool, facts, mode, base, head, verdict, untouched, changedFiles, notJudged } = review;
  return {
    version,
    tool: { name: tool.name, version: tool.version },
    facts: { asOf: facts.asOf, oldest: facts.oldest, newest: facts.newest },
    mode,
    base,
    head,
    verdict,
    environments: review.environments.map(environmentValue),
    ...(review.bumps && { bumps: review.bumps.map(bumpValue) }),
    untouched: [...untouched],
    changedFiles: { total: changedFiles.total, read: changedFiles.read },
    notJudged: [...notJudged],
    unchecked: review.unchecked.map(uncheckedValue),
  };
}

function environmentValue(environment: EnvironmentReview): Record<string, unknown> {
  const { name, roots, because, resources } = environment;
  return {
    name,
    roots: [...roots],
    because,
    resources,
    controlPlanes: environment.controlPlanes.map(controlPlaneValue),
    components: environment.components.map(componentValue),
    tags: environment.tags.map(tagValue),
    changes: environment.changes.map(changeValue),
    findings: environment.findings.map(findingValue),
    unchecked: environment.unchecked.map(uncheckedValue),
    ...planningValue(environment),
    ...(environment.dataPlane && { dataPlane: environment.dataPlane.map((entry) => ({ ...entry })) }),
    ...(environment.reading && { reading: environment.reading.map(readingValue) }),
  };
}

/** What `plan --format json` writes: stage, plan and picture of each environment. */
export function planToJson(review: Review): string {
  const { version, tool, base, head, environments } = review;
  return jsonText({
    version,
    tool: { name: tool.name, version: tool.version },
    mode: 'plan',
    base,
    head,
    environments: environments.map((environment) => ({
      name: environment.name,
      ...planningValue(environment),
    })),
  });
}

function planningValue({ stage, plan, picture }: EnvironmentReview): Record<string, unknown> {
  return {
    ...(stage && { stage: { base: stage.base, head: stage.head, because: stage.because } }),
    ...(plan && { plan: planValue(plan) }),
    ...(picture !== undefined && { picture }),
  };
}

function planValue(plan: Plan): Record<string, unknown> {
  const { goal, installer, from, to, thisChange, beforeMerging, steps } = plan;
  return {
    goal,
    installer,
    from,
    to,
    thisChange,
    beforeMerging: [...beforeMerging],
    steps: steps.map(stepValue),
  };
}

function stepValue(step: PlanStep): Record<string, unknown> {
  const { title, state, pointOfNoReturn, preconditions, run, edits, verify, rollback } = step;
  return {
    title,
    state,
    pointOfNoReturn,
    preconditions: [...preconditions],
    run: [...run],
    edits: edits.map(fixValue),
    verify: [...verify],
    rollback: [...rollback],
  };
}

function bumpValue({ subject, from, to, at, undeployed }: VersionBump): Record<string, unknown> {
  return { subject, from, to, ...(at && { at: locationValue(at) }), ...(undeployed && { undeployed }) };
}

function readingValue({ id, version, title, advice }: Reading): Record<string, unknown> {
  return { id, version, title, advice };
}

function controlPlaneValue(plane: ControlPlane): Record<string, unknown> {
  const { revision, version, versionText, installer, namespace, confidence, at } = plane;
  return {
    revision,
    version: version ? formatVersion(version) : null,
    versionText,
    installer,
    namespace,
    confidence,
    at: locationValue(at),
  };
}

function componentValue(part: MeshComponent): Record<string, unknown> {
  const { component, name, namespace, revision, version, versionText, installer, confidence, at } = part;
  return {
    component,
    name,
    namespace,
    ...(revision !== undefined && { revision }),
    version: version ? formatVersion(version) : null,
    versionText,
    installer,
    confidence,
    at: locationValue(at),
  };
}

function tagValue({ name, revision, at }: RevisionTag): Record<string, unknown> {
  return { name, revision, at: locationValue(at) };
}

function changeValue(change: Change): Record<string, unknown> {
  const { kind, subject, from, to, message, at, evidence, blastRadius } = change;
  return {
    kind,
    subject,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    message,
    ...(at && { at: locationValue(at) }),
    evidence: evidence.map(evidenceValue),
    blastRadius: blastRadiusValue(blastRadius),
  };
}

function findingValue(finding: Finding): Record<string, unknown> {
  const { rule, level, status, confidence, resource, at, message, evidence, advice } = finding;
  const { fix, blastRadius, fingerprint } = finding;
  return {
    rule,
    level,
    ...(status && { status }),
    confidence,
    resource: { kind: resource.kind, namespace: resource.namespace, name: resource.name },
    at: locationValue(at),
    message,
    evidence: evidence.map(evidenceValue),
    advice,
    ...(fix && { fix: fixValue(fix) }),
    ...(blastRadius && { blastRadius: blastRadiusValue(blastRadius) }),
    fingerprint,
  };
}

function fixValue({ title, file, startLine, endLine, text }: Fix): Record<string, unknown> {
  return { title, file, startLine, endLine, text };
}

function evidenceValue({ says, at }: Evidence): Record<string, unknown> {
  return { says, ...(at && { at: locationValue(at) }) };
}

function blastRadiusValue({ namespaces, workloads, services }: BlastRadius): Record<string, unknown> {
  return { namespaces: [...namespaces], workloads: [...workloads], services: [...services] };
}

function uncheckedValue({ what, why, count, examples }: Unchecked): Record<string, unknown> {
  return { what, why, count, examples: examples.map(locationValue) };
}

function locationValue({ file, line, column, endLine }: Location): Record<string, unknown> {
  return { file, line, column, endLine };
}
