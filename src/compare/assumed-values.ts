import type { Environment } from '../environments/environment.ts';
import type { Finding } from '../vocabulary.ts';

/**
 * Findings in charts that were rendered with their own default values, as nothing says how they are deployed: what they
 * say is likely and never an error, since other values may be in force.
 */
export function underAssumptions(
  findings: readonly Finding[],
  { assumed }: Pick<Environment, 'assumed'>,
): Finding[] {
  return findings.map((finding) => {
    if (!assumed?.has(finding.at.file)) return finding;
    const level = finding.level === 'error' ? 'warning' : finding.level;
    const evidence = [...finding.evidence, { says: 'the chart, with its own default values' }];
    return { ...finding, level, confidence: 'likely', evidence };
  });
}
