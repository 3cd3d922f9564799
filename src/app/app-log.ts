import { redacted } from '../github/redact.ts';
import { shortened, visible } from '../report/escape.ts';

/** From most to least talkative. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

type Write = (fields: unknown, message?: string) => void;

/**
 * The one way to the log, also for Probot, which knows it as its pino logger. Probot logs whole payloads and request bodies at
 * some levels; those hold manifests, so of every object only the fields named here are written.
 */
export type AppLog = Readonly<Record<Exclude<LogLevel, 'silent'>, Write>> & {
  readonly level: LogLevel;
  child(fields: unknown): AppLog;
};

/** Fields that hold no text of a repository. */
const FIELDS = [
  'name',
  'id',
  'event',
  'action',
  'repository',
  'pull',
  'sha',
  'task',
  'attempt',
  'milliseconds',
  'status',
  'trouble',
  'port',
  'resource',
  'remaining',
] as const;

const LONGEST_TEXT = 500;

/** Writes one JSON object a line. `sink` gets the line with its end, `now` gives milliseconds since 1970. */
export function createLog(
  level: LogLevel,
  sink: (line: string) => void,
  now: () => number,
  context: Readonly<Record<string, unknown>> = {},
): AppLog {
  const write =
    (of: LogLevel): Write =>
    (fields, message) => {
      if (LOG_LEVELS.indexOf(of) < LOG_LEVELS.indexOf(level)) return;
      const text = typeof fields === 'string' ? fields : (message ?? '');
      const line = {
        level: of,
        time: new Date(now()).toISOString(),
        ...context,
        ...allowed(fields),
        msg: clean(text),
      };
      sink(`${JSON.stringify(line)}\n`);
    };
  const { trace, debug, info, warn, error, fatal } = Object.fromEntries(
    LOG_LEVELS.map((each) => [each, write(each)]),
  ) as Record<LogLevel, Write>;
  const child = (fields: unknown) => createLog(level, sink, now, { ...context, ...allowed(fields) });
  return { level, trace, debug, info, warn, error, fatal, child };
}

function allowed(fields: unknown): Record<string, unknown> {
  if (typeof fields !== 'object' || fields === null) return {};
  const kept: Record<string, unknown> = {};
  for (const name of FIELDS) {
    const value = Object.hasOwn(fields, name) ? (fields as Record<string, unknown>)[name] : undefined;
    if (typeof value === 'number') kept[name] = value;
    if (typeof value === 'string') kept[name] = clean(value);
  }
  const error = fields instanceof Error ? fields : (fields as { err?: unknown }).err;
  return error instanceof Error ? { ...kept, error: errorText(error), at: framesOf(error) } : kept;
}

/** Errors whose words are ours or GitHub's. Those of others may quote what they choked on: of them only the name is told. */
const SPEAKING = ['GitHubError', 'SourceError', 'SettingsError', 'Stopped'];
/** What GitHub says about a body it refuses may quote that body. */
const UNPROCESSABLE = 422;

function errorText(error: Error): string {
  const status = 'status' in error && typeof error.status === 'number' ? error.status : undefined;
  if (SPEAKING.includes(error.name) && status !== UNPROCESSABLE)
    return clean(`${error.name}: ${error.message}`);
  return status === undefined ? error.name : `${error.name} (HTTP ${status})`;
}

/** Where an error comes from, without its message, which a stack repeats. */
function framesOf({ stack = '' }: Error): string {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return clean(frames.map((line) => line.trim()).join(' < '));
}

function clean(text: string): string {
  return shortened(visible(redacted(text)), LONGEST_TEXT);
}
