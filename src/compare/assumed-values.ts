import type { Environment } from '../environments/environment.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { Input } from '../rules/rule.ts';
import { ruleHeadById } from '../rules/registry.ts';
import type { Finding } from '../vocabulary.ts';

/** What a control plane decides for everything else. */
const OF_CONTROL_PLANES: ReadonlySet<Input> = new Set([
  'controlPlanes',
  'tags',
  'revisions',
  'injection',
  'meshConfig',
]);

/**
 * Findings in charts that were rendered with their own default values, as nothing says how they are deployed, or that were read
 * without Helm: what they say is likely and never an error, since something else may be deployed. So are findings anywhere that
 * hang on a control plane which such a chart installs.
 */
export function underAssumptions(
  findings: readonly Finding[],
  { assumed }: Pick<Environment, 'assumed'>,
  { controlPlanes }: Pick<Mesh, 'controlPlanes'>,
): Finding[] {
  if (!assumed) return [...findings];
  const plane = controlPlanes.find(({ at }) => assumed.has(at.file));
  return findings.map((finding) => {
    const inputs = ruleHeadById(finding.rule)?.inputs ?? [];
    const hangsOnIt = plane !== undefined && inputs.some((input) => OF_CONTROL_PLANES.has(input));
    const taken = assumed.get(finding.at.file);
    if (taken === undefined && !hangsOnIt) return finding;
    const level = finding.level === 'error' ? 'warning' : finding.level;
    const says =
      hangsOnIt && plane
        ? `the control plane of a chart: ${assumed.get(plane.at.file) ?? ''}`
        : (taken ?? '');
    const at = hangsOnIt && plane ? { at: plane.at } : {};
    return { ...finding, level, confidence: 'likely', evidence: [...finding.evidence, { says, ...at }] };
  });
}
