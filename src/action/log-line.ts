import { redacted } from '../github/redact.ts';
import { terminalText } from '../report/escape.ts';

/**
 * A line of the log: no credential, no control character, and nothing the runner would take for a command. It obeys lines that
 * begin with `::`, and `##[` anywhere.
 */
export function logLine(text: string): string {
  return terminalText(redacted(text))
    .replaceAll('##[', '# #[')
    .replace(/^\s*::/, ': :');
}
