import { type Fields, isMapping } from '../../untyped.ts';
import type { Resource } from '../../render/resource.ts';
import type { Path } from '../../vocabulary.ts';
import { field, fields, list, text } from '../body.ts';
import { perResource } from '../per-resource.ts';

/** A route or a match of one that is never used, because something before it takes all its requests. */
export interface Covered {
  readonly what: 'route-after-catch-all' | 'second-catch-all' | 'all-matches' | 'match';
  /** Name or position of the route, as people point at it. */
  readonly route: string;
  /** The route that covers it, where one alone does. */
  readonly by: string;
  readonly path: Path;
  /** The match that covers it, where one alone does. */
  readonly byPath?: Path;
}

interface Match {
  readonly fields: Fields;
  readonly route: string;
  readonly path: Path;
}

/** More matches than any VirtualService has that people write; bounds the comparison of each with each. */
const MOST_MATCHES = 2000;

/** The routes and matches of a VirtualService that nothing reaches, for each protocol by itself. */
export const coveredRoutes = perResource((virtualService: Resource): readonly Covered[] =>
  ['http', 'tls', 'tcp'].flatMap((protocol) => {
    const routes = list(fields(virtualService.body, 'spec'), protocol);
    return coveredIn(routes, ['spec', protocol], protocol === 'http');
  }),
);

function coveredIn(routes: readonly unknown[], path: Path, http: boolean): Covered[] {
  const covered: Covered[] = [];
  const seen = new Map<string, string>();
  const prefixes: Match[] = [];
  let catchAll: string | undefined;
  routes.forEach((route, index) => {
    const label = text(route, 'name') || `#${index}`;
    const here = [...path, index];
    const matches = list(route, 'match').slice(0, MOST_MATCHES);
    if (matches.length === 0) {
      if (catchAll !== undefined)
        covered.push({ what: 'second-catch-all', route: catchAll, by: label, path: here });
      catchAll = label;
      return;
    }
    if (catchAll !== undefined) {
      covered.push({ what: 'route-after-catch-all', route: label, by: catchAll, path: here });
      return;
    }
    const repeated = matches.filter((match, position) => {
      const key = canonical(match, http);
      const first = seen.get(key);
      if (first === undefined) {
        seen.set(key, label);
        if (http && isMapping(match))
          prefixes.push({ fields: match, route: label, path: [...here, 'match', position] });
      } else covered.push({ what: 'match', route: label, by: first, path: [...here, 'match', position] });
      return first !== undefined;
    });
    if (repeated.length === matches.length) {
      covered.push({ what: 'all-matches', route: label, by: '', path: here });
    }
  });
  return [...covered, ...coveredPrefixes(prefixes.slice(0, MOST_MATCHES))];
}

/** A match by content: its name, the order of its keys and fields that say nothing do not count. */
function canonical(match: unknown, http: boolean): string {
  if (!isMapping(match)) return '';
  const written = Object.entries(match).filter(([, value]) => !SAYS_NOTHING.has(JSON.stringify(value)));
  return JSON.stringify(sorted(Object.fromEntries(written), http ? 'name' : ''));
}

/** What protobuf leaves out of a message. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(['null', 'false', '0', '""', '[]', '{}']);

function sorted(value: unknown, except: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => sorted(item, ''));
  if (!isMapping(value)) return value;
  return Object.keys(value)
    .filter((key) => key !== except)
    .sort()
    .map((key) => [key, sorted(value[key], '')]);
}

function coveredPrefixes(matches: readonly Match[]): Covered[] {
  const withPrefix = matches.filter((match) => prefixOf(match) !== '');
  return withPrefix.flatMap((later, index) =>
    withPrefix
      .slice(0, index)
      .filter((earlier) => prefixOf(earlier) !== prefixOf(later) && covers(earlier.fields, later.fields))
      .map((earlier) => ({
        what: 'match' as const,
        route: later.route,
        by: earlier.route,
        path: later.path,
        byPath: earlier.path,
      })),
  );
}

function prefixOf({ fields: match }: Match): string {
  return text(fields(match, 'uri'), 'prefix');
}

/** Whether the earlier match takes every request of the later one, as Istio compares them. */
function covers(earlier: Fields, later: Fields): boolean {
  return (
    text(fields(later, 'uri'), 'prefix').startsWith(text(fields(earlier, 'uri'), 'prefix')) &&
    field(earlier, 'port') === field(later, 'port') &&
    condition(field(earlier, 'method'), 'exact:GET').startsWith(
      condition(field(later, 'method'), 'exact:GET'),
    ) &&
    condition(field(earlier, 'authority'), '').startsWith(condition(field(later, 'authority'), '')) &&
    ['headers', 'queryParams', 'withoutHeaders'].every((name) =>
      coversMap(fields(earlier, name), fields(later, name)),
    )
  );
}

function condition(match: unknown, absent: string): string {
  if (!isMapping(match)) return absent;
  if (text(match, 'exact') !== '') return `exact:${text(match, 'exact')}`;
  return text(match, 'prefix') === '' ? '' : `prefix:${text(match, 'prefix')}`;
}

function coversMap(earlier: Fields, later: Fields): boolean {
  const keys = Object.keys(earlier);
  return (
    keys.length === Object.keys(later).length &&
    keys.every(
      (key) => Object.hasOwn(later, key) && condition(earlier[key], '').startsWith(condition(later[key], '')),
    )
  );
}
