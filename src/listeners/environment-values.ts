import type { ContainerVariables } from './variables.ts';

/**
 * How configuration files and the languages they are written in read an environment variable, with what stands in for one
 * that is not set. Groups `name` and `fallback`; linear, as every part is bounded.
 */
const SHAPES: readonly RegExp[] = [
  // Spring, Log4j, Kestrel and Compose: ${NAME}, ${NAME:80}, ${NAME:-80}; the collectors' ${env:NAME:-80}.
  /\$\{(?:env:)?(?<name>[A-Za-z_][\w.-]{0,80})(?::?[-:](?<fallback>[^{}]{0,200})|:(?<short>[^{}]{0,200}))?\}/,
  // Caddy: {$NAME:80}
  /\{\$(?<name>\w{1,80})(?::(?<fallback>[^{}]{0,200}))?\}/,
  // Python: os.environ.get('NAME', '80'), os.getenv('NAME', 80), os.environ['NAME']
  /\{?\bos\.(?:environ(?:\.get)?|getenv)\s?[[(]\s?["'](?<name>\w{1,80})["']\s?(?:,\s?["']?(?<fallback>[^"'()]{0,200})["']?)?\s?[\])]?\}?/,
  // Ruby: ENV.fetch('NAME', 80), ENV['NAME'] || 80, #{...} around them
  /(?:#\{\s?)?\bENV(?:\.fetch)?\s?[[(]\s?["'](?<name>\w{1,80})["']\s?(?:,\s?["']?(?<fallback>[^"'()]{0,200})["']?)?\s?[\])]?(?:\s?\|\|\s?["']?(?<other>[^"'{}]{0,200})["']?)?(?:\s?\})?/,
  // JavaScript: process.env.NAME || 80, process.env['NAME'] ?? '80'
  /\bprocess\.env(?:\.|\[["'])(?<name>\w{1,80})(?:["']\])?(?:\s?(?:\|\||\?\?)\s?["']?(?<fallback>[^"',]{0,200})["']?)?/,
];

/** A longer value is no address, and a value with more references no setting that a person has written. */
const LONGEST = 500;
const MOST_REFERENCES = 4;

/** The value with references to the environment filled in. One that may be set out of sight stays, and is no known address. */
export function withEnvironment(value: string, { known, hidden, open }: ContainerVariables): string {
  if (value.length > LONGEST || !/\$|env/i.test(value)) return value;
  let text = value;
  let from = 0;
  for (let count = 0; count < MOST_REFERENCES; count += 1) {
    const match = firstReference(text, from);
    if (!match) break;
    const { name = '', fallback, short, other } = match.groups ?? {};
    const mayBeSet = open || hidden.has(name);
    const set = known.get(name)?.value ?? (mayBeSet ? undefined : (fallback ?? short ?? other)?.trim());
    if (set === undefined) from = match.index + match[0].length;
    else {
      text = text.slice(0, match.index) + set + text.slice(match.index + match[0].length);
      from = match.index + set.length;
    }
  }
  return text;
}

function firstReference(text: string, from: number): RegExpExecArray | undefined {
  let first: RegExpExecArray | undefined;
  for (const shape of SHAPES) {
    const match = shape.exec(text.slice(from));
    if (match && (!first || match.index < first.index)) first = match;
  }
  if (first) first.index += from;
  return first;
}
