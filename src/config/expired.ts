import type { Settings } from './settings.ts';

/** A sentence for each suppression whose day has passed: it is not applied, and somebody should know why findings are back. */
export function expiredSentences({
  suppressions,
  today,
}: Pick<Settings, 'suppressions' | 'today'>): readonly string[] {
  return suppressions
    .filter(({ until }) => until !== undefined && until < today)
    .map(({ rule, resource, until = '', reason }) => {
      const because = reason === undefined ? '' : ` Its reason was: ${reason}`;
      return `The suppression of ${rule} for ${resource} ended on ${until} and is not applied.${because}`;
    });
}
