import type { Absence, HostAnswer, Mesh } from '../mesh/mesh.ts';
import type { Resource } from '../render/resource.ts';
import type { Path, ResourceId } from '../vocabulary.ts';
import type { MessageData, ReportOptions, RuleContext } from './rule.ts';

/** What an absence or a host lookup adds to a finding: how sure it is, and who says so. */
function supportedBy(mesh: Mesh, answer: Pick<Absence, 'confidence' | 'because' | 'at'>): ReportOptions {
  // In a closed world every absence has the same reason, which the user has given: it would only repeat itself.
  if (mesh.world === 'closed') return { confidence: answer.confidence };
  return {
    confidence: answer.confidence,
    evidence: [{ says: answer.because, ...(answer.at && { at: answer.at }) }],
  };
}

/**
 * Reports that `target`, named by `resource` at `path`, does not exist, but only where its absence can be known;
 * otherwise notes that the reference could not be checked.
 */
export function reportAbsent<M extends string>(
  context: RuleContext<M>,
  target: ResourceId,
  resource: Resource,
  path: Path,
  message: M,
  data: MessageData,
  options: ReportOptions = {},
): void {
  const absence = context.mesh.absenceOf(target);
  if (absence.absent === 'yes') {
    context.report(resource, path, message, data, { ...supportedBy(context.mesh, absence), ...options });
  } else {
    context.unchecked(`references to a ${target.kind}`, absence.because, resource, path);
  }
}

/** Reports a host that is known not to be served; an answer that is not known is noted. */
export function reportUnknownHost<M extends string>(
  context: RuleContext<M>,
  answer: HostAnswer,
  resource: Resource,
  path: Path,
  message: M,
  data: MessageData,
): void {
  if (answer.known === 'no') {
    context.report(resource, path, message, data, supportedBy(context.mesh, answer));
  } else if (answer.known === 'unknown') {
    context.unchecked('references to a host', answer.because, resource, path);
  }
}
