import fc from 'fast-check';
import {
  minorOf,
  type Ask,
  type GatewaySort,
  type InstallerName,
  type PodAsk,
  type Situation,
  type Space,
} from './situation.ts';

/** Releases that follow each other, of both sides of what changed in tags, CRDs and tools. */
const STEPS = [
  ['1.9.5', '1.10.0'],
  ['1.10.6', '1.11.8'],
  ['1.11.8', '1.12.9'],
  ['1.14.6', '1.15.7'],
  ['1.16.2', '1.17.8'],
  ['1.20.8', '1.21.6'],
  ['1.23.6', '1.24.6'],
  ['1.27.9', '1.28.6'],
  ['1.30.3', '1.31.0'],
] as const;
/** By revision one minor may be skipped. */
const LEAPS = [
  ['1.12.9', '1.14.6'],
  ['1.20.8', '1.22.8'],
  ['1.28.6', '1.30.3'],
] as const;

const CHARTS: ReadonlySet<InstallerName> = new Set(['helmfile', 'helm', 'umbrella', 'argocd', 'flux']);

/** Situations of an installer that may really be: what is asked for exists. */
export function situations(installer: InstallerName, way: Situation['way']): fc.Arbitrary<Situation> {
  const pairs = way === 'canary' ? [...STEPS, ...LEAPS] : STEPS;
  const usable = pairs.filter(([from]) => minorOf(from) >= oldest(installer));
  return fc
    .record({
      pair: fc.constantFrom(...usable),
      unnamed: fc.boolean(),
      tags: fc.constantFrom<(readonly string[])[]>(
        [],
        ['prod'],
        ['prod', 'canary'],
        ['default'],
        ['prod', 'default'],
      ),
      tagsIn: fc.constantFrom<Situation['tagsIn'][]>('objects', 'release'),
      spaces: fc.array(space(), { minLength: 1, maxLength: 5 }),
      gateways: fc.uniqueArray(
        fc.constantFrom<GatewaySort[]>('labelled', 'own-label', 'chart', 'api', 'api-named', 'waypoint'),
        { maxLength: 2 },
      ),
      waved: fc.boolean(),
    })
    .map(({ pair: [from, to], waved, spaces, ...rest }) =>
      sensible({
        ...rest,
        installer,
        way,
        from,
        to,
        spaces: spaces.map((one, index) => ({ ...one, name: `app-${index}` })),
        waves: waved ? [{ name: 'early', namespaces: ['app-1', 'app-3'] }, { namespaces: ['app-*'] }] : [],
      }),
    );
}

function oldest(installer: InstallerName): number {
  if (installer === 'sail') return 23;
  return CHARTS.has(installer) ? 12 : 9;
}

function space(): fc.Arbitrary<Omit<Space, 'name'>> {
  const pod = fc.record({
    kind: fc.constantFrom<Space['pods'][number]['kind'][]>('Deployment', 'StatefulSet', 'DaemonSet'),
    ask: fc.constantFrom<PodAsk[]>('none', 'none', 'none', 'out', 'in', 'revision', 'tag'),
  });
  return fc.record({
    ask: fc.constantFrom<Ask[]>('injection', 'injection', 'revision', 'tag', 'default', 'disabled', 'none'),
    pods: fc.array(pod, { maxLength: 3 }),
  });
}

/** Takes out of a situation what cannot be in its version or with its installer. */
function sensible(wish: Situation): Situation {
  const { installer, way, from, to } = wish;
  const minor = minorOf(from);
  const operated = installer === 'sail';
  // The Sail Operator names revisions after the version where it works by revision, and not where it works in place.
  const unnamed = operated ? way === 'in-place' : wish.unnamed;
  const tagsIn = operated || installer === 'manifests' ? 'objects' : wish.tagsIn;
  const tags = minor < 10 ? [] : wish.tags.filter((name) => mayTag(name, unnamed, installer, minor, tagsIn));
  const runTogether = tagsIn === 'release' && CHARTS.has(installer) && minorOf(from) < 17;
  const situation: Situation = { ...wish, unnamed, tagsIn, tags: runTogether ? tags.slice(-1) : tags };
  const spaces = situation.spaces.map((one) => ({
    ...one,
    ask: askIn(situation, one.ask),
    pods: one.pods.map((pod) => ({ ...pod, ask: podAskIn(situation, pod.ask) })),
  }));
  const gateways = situation.gateways.filter((sort) => mayHave(situation, sort));
  const skips = minorOf(to) - minor > 1 && way === 'in-place';
  if (skips) throw new Error('in place one minor at a time');
  return { ...situation, spaces, gateways };
}

function mayTag(
  name: string,
  unnamed: boolean,
  installer: InstallerName,
  minor: number,
  tagsIn: Situation['tagsIn'],
): boolean {
  if (name !== 'default') return true;
  // An unnamed control plane is the default already, and since 1.12 istioctl sets the tag by itself.
  return !unnamed && !(installer === 'istioctl' && minor >= 12) && tagsIn === 'objects';
}

/** Does anything answer to those that name nothing? */
function hasDefault({ unnamed, tags, installer, from }: Situation): boolean {
  return unnamed || tags.includes('default') || (installer === 'istioctl' && minorOf(from) >= 12);
}

function askIn(situation: Situation, ask: Ask): Ask {
  const named = situation.unnamed ? 'injection' : 'revision';
  switch (ask) {
    case 'injection':
      return hasDefault(situation) && isDefaultWritten(situation) ? 'injection' : named;
    case 'default':
      return hasDefault(situation) && isDefaultWritten(situation) && minorOf(situation.from) >= 10
        ? 'default'
        : named;
    case 'revision':
      return named;
    case 'tag':
      return hasOwnTag(situation) ? 'tag' : named;
    default:
      return ask;
  }
}

function podAskIn(situation: Situation, ask: PodAsk): PodAsk {
  switch (ask) {
    case 'in':
      return hasDefault(situation) && isDefaultWritten(situation) ? 'in' : 'none';
    case 'revision':
      return situation.unnamed ? 'none' : 'revision';
    case 'tag':
      return hasOwnTag(situation) ? 'tag' : 'none';
    default:
      return ask;
  }
}

/** A default tag that istioctl set is in no file, and what asks for it moves by name. */
function isDefaultWritten({ unnamed, tags }: Situation): boolean {
  return unnamed || tags.includes('default');
}

function hasOwnTag({ tags }: Situation): boolean {
  return tags[0] !== undefined && tags[0] !== 'default';
}

function mayHave(situation: Situation, sort: GatewaySort): boolean {
  const { installer, from } = situation;
  switch (sort) {
    case 'chart':
      return CHARTS.has(installer) && installer !== 'umbrella';
    case 'api':
      return minorOf(from) >= 23 && isDefaultWritten(situation);
    case 'api-named':
    case 'waypoint':
      return minorOf(from) >= 23 && (isDefaultWritten(situation) || !situation.unnamed);
    case 'own-label':
      return !situation.unnamed || isDefaultWritten(situation);
    case 'labelled':
      return true;
  }
}
