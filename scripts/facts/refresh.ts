import { DATA_VERSION } from '../../src/facts/data-version.ts';
import { parseIstioVersion } from '../../src/facts/versions.ts';
import { latestPatches, withDay, withPatches } from './releases-table.ts';

const TIMEOUT_MS = 30_000;

/** What a refresh works on. */
export interface Workplace {
  /** The Go module proxy: `https://proxy.golang.org`. */
  readonly proxy: string;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly read: (path: string) => string;
  readonly write: (path: string, text: string) => void;
  readonly say: (text: string) => void;
}

/**
 * Brings the table of releases up to date, and with it the day of the facts, as long as the data of hazards covers the newest
 * minor: a minor that nobody has looked at is said to be so instead.
 * @throws Error when the proxy does not answer, or a file is not as expected; nothing is written then.
 */
export async function refresh(place: Workplace): Promise<void> {
  const latest = latestPatches(await releases(place.proxy));
  if (latest.size === 0) throw new Error('the list of releases is empty');
  rewrite(place, 'src/facts/releases.ts', (source) => withPatches(source, latest));
  const newest = Math.max(...latest.keys());
  const covered = parseIstioVersion(DATA_VERSION.newest)?.minor ?? 0;
  if (newest > covered) {
    place.say(
      `1.${newest} has come out, and hazards end with ${DATA_VERSION.newest}: write src/facts/hazards/v1.${newest}.ts, then move data-version.ts on.`,
    );
  } else rewrite(place, 'src/facts/data-version.ts', (source) => withDay(source, place.today));
}

/** The first proxy of `GOPROXY` that is an address, else Go's own. */
export function proxyOf(goproxy = ''): string {
  const [proxy = 'https://proxy.golang.org'] = goproxy
    .split(/[,|]/)
    .filter((entry) => entry.startsWith('http'));
  return proxy.replace(/\/$/, '');
}

/** istio.io/client-go is tagged with every release of Istio. */
async function releases(proxy: string): Promise<string[]> {
  const url = `${proxy}/istio.io/client-go/@v/list`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return (await response.text()).split('\n');
}

function rewrite({ read, write, say }: Workplace, path: string, change: (source: string) => string): void {
  const before = read(path);
  const after = change(before);
  if (after === before) return;
  write(path, after);
  say(`written: ${path}`);
}
